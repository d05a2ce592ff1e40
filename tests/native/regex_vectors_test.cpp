// What Python's re finds, replaces and refuses, tests/vectors/regexes.json, is what the core does; and what
// its search says of patterns that JavaScript reads otherwise, tests/vectors/python-regex.json.

#include "regex/regex.hpp"
#include "regex_support.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;

namespace {

// Spans in code points, as Python counts: "0-3 none 1-2".
std::string recorded_groups(const Value& groups) {
  if (groups.is_null()) return "no match";
  std::string out;
  for (const Value& span : json::array_of(groups)) {
    if (!out.empty()) out += " ";
    if (span.is_null()) {
      out += "none";
    } else {
      const auto& ends = json::array_of(span);
      out += std::to_string(ends[0].get<std::size_t>()) + "-" + std::to_string(ends[1].get<std::size_t>());
    }
  }
  return out;
}

std::string recorded_error(const Value& error) {
  return text_at(error, "type") + ": " + text_at(error, "message");
}

std::string recorded_substitution(const Value& sub) {
  const Value* error = json::member(&sub, "error");
  return error == nullptr ? text_at(sub, "text") : recorded_error(*error);
}

}  // namespace

TEST_CASE("regexes: groups, replacements and errors are Python's") {
  const Value vectors = read_vectors("regexes.json");
  const auto& cases = json::array_of(at(vectors, "cases"));
  REQUIRE(cases.size() >= 1000);
  for (const Value& recorded : cases) {
    const std::string& pattern = text_at(recorded, "pattern");
    const std::string& text = text_at(recorded, "text");
    INFO("case: ", text_at(recorded, "name"), "\npattern: ", pattern, "\ntext: ", text);
    const Value* error = json::member(&recorded, "error");
    CHECK(groups_in(pattern, text) ==
          (error == nullptr ? recorded_groups(at(recorded, "groups")) : recorded_error(*error)));
    if (const Value* replacement = json::member(&recorded, "replacement")) {
      INFO("replacement: ", json::string_of(*replacement));
      CHECK(replaced(pattern, json::string_of(*replacement), text) ==
            recorded_substitution(at(recorded, "sub")));
    }
  }
}

TEST_CASE("regexes: patterns that JavaScript reads otherwise") {
  const Value vectors = read_vectors("python-regex.json");
  const auto& cases = json::array_of(vectors);
  REQUIRE(cases.size() >= 50);
  for (const Value& recorded : cases) {
    const std::string& pattern = text_at(recorded, "pattern");
    INFO("pattern: ", pattern, "\ntext: ", text_at(recorded, "value"));
    const Value& search = at(recorded, "python_search");
    const std::string groups = groups_in(pattern, text_at(recorded, "value"));
    if (pattern.find("\\N{") != std::string::npos) {
      CHECK(groups.find("unsupported character name") != std::string::npos);
    } else if (search.is_string()) {
      CHECK("re." + groups == json::string_of(search));
    } else {
      CHECK((groups != "no match") == search.get<bool>());
      CHECK(groups.find("error") == std::string::npos);
    }
  }
}

}  // namespace stactask::testing

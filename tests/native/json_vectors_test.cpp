// What Python's json.loads says of each recorded text, tests/vectors/json-text.json: the error with its
// position, or the value.

#include "json/python_text.hpp"
#include "payload/check.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;

namespace {

std::string bytes_of_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

// The first issue of a report as "Type: message", or an empty string.
std::string first_error(const std::string& report) {
  if (report.empty()) return {};
  const Value value = parse(report);
  const Value* issues = json::member(&value, "issues");
  if (issues == nullptr || issues->empty()) return {};
  const Value* python = json::member(&json::array_of(*issues)[0], "python");
  if (python == nullptr) return text_at(json::array_of(*issues)[0], "code");
  return text_at(*python, "type") + ": " + text_at(*python, "message");
}

// Docs: docs/differences.md. Python guesses UTF-16 and UTF-32 from zeros; here they are an error.
bool is_other_encoding(const std::string& said) { return said == "json-encoding"; }

}  // namespace

TEST_CASE("JSON texts: accepted or refused as Python does, with its message and position") {
  const Value vectors = read_vectors("json-text.json");
  const auto& cases = json::array_of(at(vectors, "cases"));
  REQUIRE(cases.size() >= 500);
  std::size_t other_encodings = 0;
  for (const Value& recorded : cases) {
    const Value* hex = json::member(&recorded, "hex");
    const std::string text = hex != nullptr ? bytes_of_hex(json::string_of(*hex)) : text_at(recorded, "text");
    INFO("case: ", text_at(recorded, "name"), "\ntext: ", text);
    const Padded padded(text);
    const std::string said = first_error(payload::check_syntax(padded.view(), hex != nullptr));
    if (is_other_encoding(said)) {
      ++other_encodings;
      CHECK(hex != nullptr);
      continue;
    }
    const Value& error = at(recorded, "error");
    if (error.is_null()) {
      CHECK(said == "");
      const Value* repr = json::member(&recorded, "repr");
      if (repr == nullptr || hex != nullptr || json::member(&recorded, "split_surrogate_pair") != nullptr)
        continue;
      CHECK(json::python_repr(parse(text)) == json::string_of(*repr));
    } else {
      CHECK(said == text_at(error, "type") + ": " + text_at(error, "message"));
    }
  }
  CHECK(other_encodings < 100);
}

}  // namespace stactask::testing

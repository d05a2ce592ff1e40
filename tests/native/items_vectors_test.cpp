// What the official JSON Schemas say of each recorded item, tests/vectors/items.json, is what the core says.

#include <algorithm>

#include "report_text.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;

namespace {

// Where the two differ on purpose (docs/differences.md).
constexpr std::string_view stricter[] = {
    "1.0.0 geometry Polygon that is open",
    "1.1.0 geometry Polygon that is open",
    "text: ring open in height",
    "text: license with a letter beyond ASCII",
    "text: license with a line feed at its end",
    "text: method with a line feed at its end",
    "text: date with a line feed at its end",
};
constexpr std::string_view milder[] = {"text: bands inside bands, a flaw in the twelfth"};

bool is_in(std::span<const std::string_view> names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("items: the verdict on each is that of the official schema of its version") {
  const Value vectors = read_vectors("items.json");
  const auto& cases = json::array_of(at(vectors, "cases"));
  REQUIRE(cases.size() >= 1500);
  std::size_t differences = 0;
  for (const Value& recorded : cases) {
    const std::string& name = text_at(recorded, "name");
    const std::string text = R"({"features": [)" + text_at(recorded, "text") + "]}";
    INFO("case: ", name, "\nitem: ", text_at(recorded, "text"));
    const std::string report = report_of(text, {.lint = false, .items = true});
    const bool is_valid = report.empty() || at(parse(report), "valid").get<bool>();
    const bool is_stricter = is_in(stricter, name);
    const bool is_milder = is_in(milder, name);
    differences += is_stricter || is_milder ? 1 : 0;
    const bool expected = at(recorded, "dates").get<bool>();
    if (is_stricter)
      CHECK((expected && !is_valid));
    else if (is_milder)
      CHECK((!expected && is_valid));
    else
      CHECK(is_valid == expected);
  }
  CHECK(differences == std::size(stricter) + std::size(milder));
}

}  // namespace stactask::testing

// What pystac makes of each recorded template and item, tests/vectors/layout-*.json, is what the core makes.

#include "filling.hpp"
#include "json/python_text.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;

TEST_CASE("layout vectors: what pystac makes of templates and items") {
  for (const char* name : {"layout-template.json", "layout-found.json"}) {
    const Value vectors = read_vectors(name);
    const auto& cases = json::array_of(at(vectors, "cases"));
    REQUIRE(cases.size() > 100);
    for (const Value& recorded : cases) {
      CAPTURE(text_at(recorded, "name"));
      const std::string& text = text_at(recorded, "template");
      const Value* defaults = json::member(&recorded, "defaults");
      const Value given = defaults == nullptr ? Value() : parse(json::string_of(*defaults));
      const Value* result = json::member(&recorded, "result");
      const std::string& expected = result != nullptr ? json::string_of(*result) : text_at(recorded, "error");
      CHECK(fill(text, parse(text_at(recorded, "item")), {.defaults = &given}) == expected);
    }
  }
}

TEST_CASE("layout vectors: variables") {
  const Value vectors = read_vectors("layout-template.json");
  for (const Value& recorded : json::array_of(at(vectors, "cases"))) {
    const Value* variables = json::member(&recorded, "vars");
    if (variables == nullptr) continue;
    std::vector<std::string> keys;
    for (const layout::Variable& variable : layout::parse_template(text_at(recorded, "template")).variables) {
      keys.emplace_back(variable.key);
    }
    CHECK(json::python_repr(Value(keys)) == json::python_repr(*variables));
  }
}

}  // namespace stactask::testing

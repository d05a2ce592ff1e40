// What stac-asset decides, tests/vectors/assets-*.json, is what the chunk decides.

#include "assets_calls.hpp"
#include "json/dump.hpp"
#include "json/python_text.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;

TEST_CASE("assets vectors: clients, plans and media types") {
  for (const std::string name : {"clients", "plans", "types"}) {
    const Value vectors = read_vectors("assets-" + name + ".json");
    const auto& cases = json::array_of(at(vectors, "cases"));
    REQUIRE(cases.size() > 20);
    for (const Value& recorded : cases) {
      CAPTURE(name);
      CAPTURE(text_at(recorded, "name"));
      const Value& expected = at(recorded, "answer");
      std::string input;
      json::append_json(input, at(recorded, "input"));
      const Value answer = ask_assets(text_at(recorded, "call"), input);
      CHECK_MESSAGE(has_at_least(answer, expected), json::python_repr(answer), "\nis not\n",
                    json::python_repr(expected));
    }
  }
}

}  // namespace stactask::testing

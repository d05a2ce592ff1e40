// Calls about collections: what they answer, and what is remembered from one to the next.

#include <string>
#include <vector>

#include "doctest.hpp"
#include "json/join.hpp"
#include "jsonpath/cache.hpp"
#include "padded.hpp"
#include "task/calls.hpp"
#include "task/rules_cache.hpp"

namespace stactask::testing {

namespace {

using Call = std::string (*)(std::string_view text, bool is_bytes);

// As the host calls: what does not outlive a call is gone before the next.
std::string answer(Call call, std::string_view text, bool is_bytes = false) {
  const Padded padded(text);
  std::string said = call(padded.view(), is_bytes);
  jsonpath::shared_cache.end_call();
  task::shared_rules.end_call();
  return said;
}

std::string reads_of(std::string_view text, task::QuestionKind kind) {
  const Padded padded(text);
  return task::reads(padded.view(), kind);
}

std::string payload_with(std::string_view matchers, std::string_view features) {
  return json::join(
      {R"({"process": [{"collection_matchers": [)", matchers, R"(]}], "features": [)", features, "]}"});
}

constexpr std::string_view s2 =
    R"({"type": "jsonpath", "collection_name": "s2", "pattern": "$[?(@.id =~ '^S2')]"})";

}  // namespace

TEST_CASE("a question stands before what it is asked of") {
  CHECK(answer(task::jsonpath_match, R"("$[?(@.id == 'a')]"{"id": "a"})") == "true");
  CHECK(answer(task::jsonpath_match, R"("$[?(@.id == 'a')]"  {"id": "b"} )") == "false");
  CHECK(answer(task::jsonpath_find, R"("$.a[*]"{"a": [1, {"b": 2}]})") ==
        R"({"pointers":["/a/0","/a/1"],"computed":"[]"})");
  CHECK(answer(task::jsonpath_find, R"("$.a.`len`"{"a": [1, 2.0]})") ==
        R"({"pointers":[null],"computed":"[2]"})");
  CHECK(answer(task::find_collection, R"({"x": "$"}{"id": "b"})") == R"({"collection":"x"})");
}

TEST_CASE("what is no JSON is answered with its findings") {
  CHECK(answer(task::jsonpath_match, R"("$"{"id": )").starts_with(R"({"valid":false)"));
  CHECK(answer(task::jsonpath_match, R"("$"{}{})").starts_with(R"({"valid":false)"));
  CHECK(answer(task::find_collection, "[{]{}").starts_with(R"({"valid":false)"));
  CHECK(answer(task::assign_collections, "{\"features\": [}").starts_with(R"({"valid":false)"));
  CHECK(answer(task::explain, R"({"item":null,"maxItems":9}{"features")").starts_with(R"({"valid":false)"));
  const std::string marked = "\"$\"\xEF\xBB\xBF{}";
  CHECK(answer(task::jsonpath_match, marked, false).starts_with(R"({"valid":false)"));
  CHECK(answer(task::jsonpath_match, marked, true) == "true");
}

TEST_CASE("an error has its place in UTF-16 units") {
  CHECK(
      answer(task::jsonpath_match, "\"$[?(@.a == '\xF0\x9F\x98\x80' && 1)]\"{}") ==
      R"~({"error":{"type":"JsonPathParserError","message":"Parse error at 1:16 near token & (&)","offset":17}})~");
}

TEST_CASE("all items of a payload get their collections, and no more is read of them than is looked at") {
  CHECK(answer(task::assign_collections,
               payload_with(s2, R"({"id": "S2A"}, {"id": "L8"}, {"x": {"id": "S2"}})")) ==
        R"({"collections":["s2",null,null]})");
  CHECK(answer(task::assign_collections, R"({"process": [{}]})") ==
        R"({"error":{"type":"KeyError","message":"'features'"}})");
  // Of equal keys the last one counts.
  CHECK(answer(task::assign_collections,
               payload_with(s2, R"({"id": "L8", "id": "S2A"}, {"id": "S2A", "id": {"a": 1}})")) ==
        R"({"collections":["s2",null]})");
}

TEST_CASE("reads") {
  CHECK(reads_of(R"("$[?(@.id =~ 'x' & @.a.b > 1)]")", task::QuestionKind::expression) ==
        R"({"id":{},"a":{"b":{}}})");
  CHECK(reads_of(R"("$..id")", task::QuestionKind::expression) == "true");
  CHECK(reads_of(R"("$[?(")", task::QuestionKind::expression) == "{}");
  CHECK(reads_of(json::join({"[", s2, R"(, {"type": "catch_all", "collection_name": "x"}])"}),
                 task::QuestionKind::config) == R"({"id":{}})");
  CHECK(reads_of(payload_with(s2, ""), task::QuestionKind::payload) ==
        R"({"process":true,"features":[{"id":{}}]})");
  CHECK(reads_of("{}", task::QuestionKind::payload) == R"({"process":true,"features":[{}]})");
}

TEST_CASE("expressions and configs are remembered, more of them than there is room for") {
  jsonpath::shared_cache.clear();
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < jsonpath::Cache::capacity + 20; ++i) {
      const std::string n = std::to_string(i);
      const std::string match =
          json::join({R"("$[?(@.n == )", n, R"( & @.id =~ '^x$')]"{"n": 7, "id": "x"})"});
      CHECK(answer(task::jsonpath_match, match) == (i == 7 ? "true" : "false"));
      const std::string find = json::join({R"({"c)", n, R"(": "$[?(@.n == )", n, R"()]"}{"n": 7})"});
      CHECK(answer(task::find_collection, find) ==
            (i == 7 ? R"({"collection":"c7"})" : R"({"collection":null})"));
    }
  }
  CHECK(jsonpath::shared_cache.is_full());
  task::shared_rules.clear();
  jsonpath::shared_cache.clear();
  CHECK_FALSE(jsonpath::shared_cache.has_grown());
}

TEST_CASE("explanations stop at a size") {
  // Each item is explained in some 250 bytes, and with a long id in more.
  const std::string item = json::join({R"({"id": ")", std::string(1 << 20, 'x'), R"("})"});
  std::string items = item;
  for (int i = 0; i < 40; ++i) items += "," + item;
  const std::string said =
      answer(task::explain, R"({"item":null,"maxItems":1000})" + payload_with("", items));
  CHECK(said.size() < (34U << 20));
  CHECK(said.find(R"("omitted":)") != std::string::npos);
}

}  // namespace stactask::testing

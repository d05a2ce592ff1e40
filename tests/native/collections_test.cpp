// Calls about collections: what they answer, and what is remembered from one to the next.

#include <optional>
#include <string>
#include <vector>

#include "calls.hpp"
#include "doctest.hpp"
#include "json/dump.hpp"
#include "json/join.hpp"
#include "jsonpath/cache.hpp"
#include "task/calls.hpp"
#include "task/collections.hpp"
#include "task/failure.hpp"
#include "task/rules_cache.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;

namespace {

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

// `["s2",null]`: the collection of each item; or the answer, if it says what is wrong.
std::string assigned(std::string_view payload) {
  std::string said = answer(task::assign_collections, payload);
  const Value found = parse(said);
  const Value* rules = json::member(&found, "rules");
  if (rules == nullptr) return said;
  const Value& names = *json::member(&found, "names");
  Value collections = json::empty_container(false);
  for (const Value& rule : json::array_of(*rules)) {
    collections.push_back(rule.is_null() ? Value() : names[rule.get<std::size_t>()]);
  }
  std::string out;
  json::append_json(out, collections);
  return out;
}

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
  CHECK(assigned(payload_with(s2, R"({"id": "S2A"}, {"id": "L8"}, {"x": {"id": "S2"}})")) ==
        R"(["s2",null,null])");
  CHECK(assigned(R"({"process": [{}]})") == R"({"error":{"type":"KeyError","message":"'features'"}})");
  // Of equal keys the last one counts.
  CHECK(assigned(payload_with(s2, R"({"id": "L8", "id": "S2A"}, {"id": "S2A", "id": {"a": 1}})")) ==
        R"(["s2",null])");
}

namespace {

// What `find_collection` answers, of the item's value.
std::string found_in_value(const std::string& config, const std::string& item) {
  const Value matchers = parse(config);
  const task::Rules rules = task::read_rules(matchers, {});
  std::optional<task::Failure> failure;
  const task::Rule* rule = task::find_rule(rules, parse(item), failure);
  std::string said;
  if (failure) {
    said = task::failed(*failure);
  } else {
    json::Writer writer;
    writer.begin_object().key("collection");
    task::write_name(writer, rule == nullptr ? Value() : rule->collection);
    said = writer.end_object().take();
  }
  jsonpath::shared_cache.end_call();
  return said;
}

// What a list of matchers makes of items that stand in a text is what it makes of each item's value.
void check_in_text(const std::string& matchers, const std::string& item) {
  INFO(matchers, "\n", item);
  const std::string features = json::join({R"({"id":"first"},)", item, ",", item});
  const std::string all = assigned(payload_with(matchers, features));
  const std::string first = answer(task::find_collection, json::join({"[", matchers, R"(]{"id":"first"})"}));
  const std::string config = json::join({"[", matchers, "]"});
  const std::string one = answer(task::find_collection, config + item);
  CHECK(one == found_in_value(config, item));
  const auto name_in = [](const std::string& found) {
    constexpr std::string_view start = R"({"collection":)";
    return found.starts_with(start) ? found.substr(start.size(), found.size() - start.size() - 1) : "";
  };
  const std::string name = name_in(one);
  // `item["collection"] = …` fails.
  const bool is_assigned = !name.empty() && name != "null";
  if (is_assigned && !item.starts_with('{')) {
    CHECK(all.find("TypeError") != std::string::npos);
    return;
  }
  if (!name_in(first).empty() && !name.empty()) {
    CHECK(all == json::join({"[", name_in(first), ",", name, ",", name, "]"}));
  } else {
    const std::string& failed = name_in(first).empty() ? first : one;
    const auto message = [](const std::string& error) {
      return error.substr(0, error.find(R"(,"pointer")"));
    };
    CHECK(message(all) == message(failed));
  }
}

}  // namespace

TEST_CASE("items in a text are assigned as their values are: the recorded expressions and items") {
  std::size_t compared = 0;
  const Value vectors = read_vectors("jsonpath-match.json");
  for (const Value& recorded : json::array_of(vectors)) {
    const Value* item = json::member(&recorded, "item");
    if (item == nullptr) continue;
    const std::string pattern = json::join(
        {R"({"type":"jsonpath","collection_name":"c","pattern":)", as_json(text_at(recorded, "expr")), "}"});
    std::string text;
    json::append_json(text, *item);
    check_in_text(pattern, text);
    // With others before and behind it.
    check_in_text(json::join({s2, ",", pattern, R"(,{"type":"catch_all","collection_name":"rest"})"}), text);
    ++compared;
  }
  CHECK(compared > 300);
}

TEST_CASE("items in a text are assigned as their values are: odd ones") {
  const char* patterns[] = {
      "$[?(@.id == 'S2')]",
      "$[?(@.id =~ '^S2' & @.properties.a > 1)]",
      "$[?(@.properties & @.properties.a)]",
      "$[?(@.properties.a.b == 'x')]",
      "$[?(@.properties.a == 1)]",
      "$[?(@.properties.a == 2.0)]",
      "$[?(@.properties.a == 0)]",
      "$[?(@.properties.a < 26)]",
      "$[?(@.properties.a >= -1)]",
      "$[?(@.properties.a != 999999999999999)]",
      "$[?(@.properties.a > 9223372036854775806)]",
      "$[?(@.properties.a =~ 5)]",
      "$[?(@.properties.a < 'b')]",
      "$[?(@.properties.a =~ '(a+)+$')]",
      "$[?(@.properties.a =~ '(')]",
      "$[?(@ == 'x')]",
      "$[?(@.id)]",
  };
  const char* items[] = {
      R"({"id":"S2","properties":{"a":"b"}})",
      R"({"id":"S\u0032","properties":{"a":"\u0061"}})",
      R"({"\u0069d":"S2","properties":{"\u0061":2}})",
      R"({"id":"L8","id":"S2","properties":{"a":{"b":"x"}},"properties":{}})",
      R"({"properties":{"a":{"b":"y","b":"x"}}})",
      R"({"properties":{"a":25.9999999999999}})",
      R"({"properties":{"a":25.99999999999999}})",
      R"({"properties":{"a":25.999999999999999}})",
      R"({"properties":{"a":25.9999999999999999}})",
      R"({"properties":{"a":-0.9}})",
      R"({"properties":{"a":-0}})",
      R"({"properties":{"a":0e5}})",
      R"({"properties":{"a":-1.00000000000001}})",
      R"({"properties":{"a":999999999999999.4}})",
      R"({"properties":{"a":9223372036854775807}})",
      R"({"properties":{"a":9223372036854775808}})",
      R"({"properties":{"a":1E2}})",
      R"({"properties":{"a":-Infinity}})",
      R"({"properties":{"a":NaN}})",
      R"({"properties":{"a":true}})",
      R"({"properties":{"a":"25"}})",
      R"({"properties":{"a":"x"},"properties":{"b":1}})",
      R"({"properties":7,"id":null})",
      R"({"properties":{"a":123456789012345678901234567890}})",
      R"({"properties":{"a":1e400}})",
      R"({"properties":{"a":1.9}})",
      R"({"properties":{"a":"12"}})",
      R"({"properties":{"a":[1]}})",
      R"({"properties":{"a":true}})",
      R"({"properties":{"a":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"}})",
      R"({ "id" : "S2" , "properties" : { "a" : 2 } })",
      "{}",
      "[]",
      "null",
      R"("S2")",
      "7",
      R"([{"id":"S2"}])",
  };
  for (const char* pattern : patterns) {
    const std::string matcher =
        json::join({R"({"type":"jsonpath","collection_name":"c","pattern":)", as_json(pattern), "}"});
    for (const char* item : items) check_in_text(matcher, item);
  }
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

TEST_CASE("a pattern that is too much for one item does not take as long for each of many") {
  constexpr std::string_view slow =
      R"({"type": "jsonpath", "collection_name": "c", "pattern": "$[?(@.id =~ '(a+)+$')]"})";
  std::string items;
  for (int i = 0; i < 2000; ++i) items += R"({"id": "aaaaaaaaaaaaaaab"},)";
  // Each search alone stays within its budget; two thousand take half a minute here.
  const std::string all = assigned(payload_with(slow, items + "{}"));
  CHECK(all.starts_with(R"({"error":{"type":"BudgetError")"));
  // The next call has its own.
  CHECK(assigned(payload_with(slow, R"({"id": "aaaaaaaaaaaaaaab"})")) == "[null]");
  // Ordinary patterns never come to the end of it.
  items.clear();
  for (int i = 0; i < 50'000; ++i) items += R"({"id": "S2A_31UFS_20200101_0_L2A"},)";
  const std::string ordinary = assigned(payload_with(s2, items + "{}"));
  CHECK(ordinary.starts_with(R"(["s2","s2",)"));
}

}  // namespace stactask::testing

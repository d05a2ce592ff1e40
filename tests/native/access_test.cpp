// What the accessors of JavaScript's Payload get from the core; their values are compared with Python's in
// payload_vectors_test.cpp.

#include "payload/access.hpp"

#include "json/writer.hpp"
#include "support.hpp"

namespace stactask::testing {

namespace {

std::string access_text(std::string_view text) {
  const Padded padded(text);
  return payload::access(padded.view());
}

std::string access(std::string_view accessor, std::string_view payload, std::string_view argument = "") {
  json::Writer writer;
  writer.begin_object().key("accessor").string(accessor).key("argument").string(argument).key("payload");
  return access_text(writer.take() + std::string(payload) + "}");
}

std::string access_root(std::string_view text) {
  const Padded padded(text);
  return payload::access_root(padded.view());
}

constexpr std::string_view all_accessors[] = {"processDefinition",
                                              "workflowOptions",
                                              "taskOptions",
                                              "uploadOptions",
                                              "collectionMapping",
                                              "collectionMatchers",
                                              "collectionOptions",
                                              "getCollectionOptions",
                                              "getCollectionUploadOptions",
                                              "items"};

}  // namespace

TEST_CASE("access: an accessor answers with the place of its part of the payload") {
  constexpr std::string_view payload = R"({"features": [1], "process": [{
    "workflow_options": {}, "tasks": {"t": {}}, "upload_options": {"collections": {}}, "collection_matchers": [],
    "collection_options": {"c/d": {"upload_options": null}, "e": {}}}]})";
  struct Case {
    std::string_view accessor;
    std::string_view argument;
    std::string pointer;
  };
  const Case cases[] = {
      {"processDefinition", "", "/process/0"},
      {"workflowOptions", "", "/process/0/workflow_options"},
      {"taskOptions", "", "/process/0/tasks"},
      {"uploadOptions", "", "/process/0/upload_options"},
      {"collectionMapping", "", "/process/0/upload_options/collections"},
      {"collectionMatchers", "", "/process/0/collection_matchers"},
      {"collectionOptions", "", "/process/0/collection_options"},
      {"getCollectionOptions", "c/d", "/process/0/collection_options/c~1d"},
      {"getCollectionUploadOptions", "c/d", "/process/0/collection_options/c~1d/upload_options"},
      {"getCollectionUploadOptions", "e", "/process/0/upload_options"},
      {"getCollectionUploadOptions", "absent", "/process/0/upload_options"},
      {"items", "", "/features"},
  };
  for (const Case& recorded : cases) {
    INFO("accessor: ", std::string(recorded.accessor));
    CHECK(access(recorded.accessor, payload, recorded.argument) ==
          R"({"pointer":")" + recorded.pointer + "\"}");
  }
  CHECK(access("processDefinition", R"({"process": {"tasks": {}}})") == R"({"pointer":"/process"})");
  CHECK(access("taskOptions", R"({"process": {"tasks": {}}})") == R"({"pointer":"/process/tasks"})");
}

TEST_CASE("access: what is absent is an empty object or array") {
  for (const std::string_view payload : {"{}", R"({"process": []})", R"({"process": [{}]})"}) {
    for (const std::string_view accessor : all_accessors) {
      const bool is_list = accessor == "items" || accessor == "collectionMatchers";
      const bool is_there = accessor == "processDefinition" && payload == R"({"process": [{}]})";
      INFO(std::string(accessor), " of ", std::string(payload));
      CHECK(access(accessor, payload, "c") == (is_there  ? R"({"pointer":"/process/0"})"
                                               : is_list ? R"({"empty":"array"})"
                                                         : R"({"empty":"object"})"));
    }
  }
}

TEST_CASE("access: a list of tasks becomes entries; an equal name keeps its place and takes the last value") {
  CHECK(access("taskOptions", R"({"process": [{"tasks": [{"name": "a", "parameters": {}}, {"name": "b"},
    {"name": "a", "parameters": {"x": 1}}]}]})") ==
        R"({"entries":[["a","/process/0/tasks/2/parameters"],["b",null]]})");
  CHECK(access("taskOptions", R"({"process": [{"tasks": []}]})") == R"({"entries":[]})");
  CHECK(
      access("taskOptions",
             R"({"process": [{"tasks": [{"name": null}, {"name": 1}, {"name": 1.0, "parameters": {}},
    {"name": true}, {"name": 1.5}, {"name": NaN}, {"name": 123456789012345678901234567890}]}]})") ==
      R"({"entries":[["null",null],["1",null],["1.5",null],["NaN",null],["123456789012345678901234567890",null]]})");
}

TEST_CASE("access: what Python raises is an issue without a place") {
  const std::string answer = access("workflowOptions", R"({"process": [{"workflow_options": 5}]})");
  const json::Value value = parse(answer);
  const json::Value& error = at(value, "error");
  CHECK(text_at(error, "code") == "workflow-options-type");
  CHECK(text_at(error, "pointer") == "/process/0/workflow_options");
  CHECK(text_at(at(error, "python"), "type") == "TypeError");
  CHECK(text_at(at(error, "python"), "message") == "unable to parse 'workflow_options': must be type dict");
  CHECK(json::member(&error, "range") == nullptr);
}

TEST_CASE("access: every accessor but items needs a process definition") {
  for (const std::string_view accessor : all_accessors) {
    if (accessor == "items") continue;
    INFO("accessor: ", std::string(accessor));
    const json::Value answer = parse(access(accessor, R"({"process": 5, "features": []})"));
    CHECK(text_at(at(answer, "error"), "code") == "process-type");
  }
  CHECK(access("items", R"({"process": 5, "features": []})") == R"({"pointer":"/features"})");
}

TEST_CASE("access: nothing for an accessor that there is not, whatever the payload") {
  for (const std::string_view name : {"", "no such accessor", "toString", "Items", "process_definition"}) {
    INFO("accessor: ", std::string(name));
    CHECK(access(name, "{}").empty());
    CHECK(access(name, R"({"process": [{}]})").empty());
    CHECK(access(name, R"({"process": 5})").empty());
  }
  CHECK(access_text("{}").empty());
  CHECK(access_text("[]").empty());
  CHECK(access_text(R"({"accessor": 5, "payload": {}})").empty());
}

TEST_CASE("access: nothing for malformed text") {
  constexpr std::string_view whole = R"({"accessor":"items","argument":"","payload":{"features":[]}})";
  CHECK(access_text(whole) == R"({"pointer":"/features"})");
  for (std::size_t length = 0; length < whole.size(); ++length)
    CHECK(access_text(whole.substr(0, length)).empty());
  CHECK(access_text(std::string(whole) + "}").empty());
}

TEST_CASE("access: a call without a payload, or with one that is no object, is one without members") {
  CHECK(access_text(R"({"accessor": "items"})") == R"({"empty":"array"})");
  CHECK(access("processDefinition", "[1]") == R"({"empty":"object"})");
}

TEST_CASE("access_root: lists of pairs as Python's dict() takes them") {
  struct Case {
    std::string_view text;
    std::string answer;
  };
  const Case cases[] = {
      {"[]", R"({"entries":[]})"},
      {R"("")", R"({"entries":[]})"},
      {R"([["a", 1], ["b", 2], ["a", 3]])", R"({"entries":[["a","/2/1"],["b","/1/1"]]})"},
      {R"([[1, "x"], [1.0, "y"], [true, "z"]])", R"({"entries":[["1","/2/1"]]})"},
      {R"([[null, 1], [false, 2], [0, 3], [-0.0, 4], [NaN, 5], [NaN, 6], [-Infinity, 7], [1e22, 8]])",
       R"({"entries":[["null","/0/1"],["false","/3/1"],["NaN","/5/1"],["-Infinity","/6/1"],["1e+22","/7/1"]]})"},
      {R"([[9007199254740993, 1], [9007199254740992.0, 2], [18446744073709551616, 3], [18446744073709551616.0, 4]])",
       R"({"entries":[["9007199254740993","/0/1"],["9007199254740992.0","/1/1"],["18446744073709551616","/3/1"]]})"},
      {R"(["ab", "\u00e9\ud83d\ude00"])", R"({"entries":[["a",null,"b"],["\u00e9",null,"\ud83d\ude00"]]})"},
      {R"([{"k": 1, "v": 2}])", R"({"entries":[["k",null,"v"]]})"},
      {R"([["process", {}], "pq", {"process": 0, "x": 0}])",
       R"({"entries":[["process",null,"x"],["p",null,"q"]]})"},
  };
  for (const Case& recorded : cases) {
    INFO("text: ", std::string(recorded.text));
    CHECK(access_root(recorded.text) == recorded.answer);
  }
}

TEST_CASE("access_root: what is no list of pairs is Python's error") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"5", "'int' object is not iterable"},
      {"1.5", "'float' object is not iterable"},
      {"null", "'NoneType' object is not iterable"},
      {"true", "'bool' object is not iterable"},
      {R"("ab")", "dictionary update sequence element #0 has length 1; 2 is required"},
      {"[5]", "cannot convert dictionary update sequence element #0 to a sequence"},
      {R"(["ab", "abc"])", "dictionary update sequence element #1 has length 3; 2 is required"},
      {"[[[], 1]]", "unhashable type: 'list'"},
      {"[[{}, 1]]", "unhashable type: 'dict'"},
  };
  for (const auto& recorded : cases) {
    INFO("text: ", std::string(recorded.first));
    const json::Value answer = parse(access_root(recorded.first));
    CHECK(text_at(at(at(answer, "error"), "python"), "message") == recorded.second);
  }
  for (const std::string_view text : {"", "[", "[] x"}) CHECK(access_root(text).empty());
}

}  // namespace stactask::testing

// What a check reports, in which order, and where: what the recorded vectors do not say, since Python stops
// at its first error and knows no places.

#include "payload/check.hpp"

#include "json/python_text.hpp"
#include "report_text.hpp"

namespace stactask::testing {

using payload::CheckOptions;

namespace {

constexpr CheckOptions as_python = {.lint = false};

}  // namespace

TEST_CASE("check: a payload without a flaw has an empty report") {
  CHECK(report_of(R"({"type": "FeatureCollection", "process": [{}]})").empty());
  CHECK(report_of(R"({"type": "FeatureCollection", "process": [{}], "features": []})").empty());
  CHECK(report_of(R"({"type": "FeatureCollection", "features": [{}, 1], "more": null,
            "process": [{"tasks": {"a": {}}, "upload_options": {}}]})")
            .empty());
}

TEST_CASE("check: all errors at once, in the order in which Python would meet them") {
  constexpr std::string_view text = R"({
  "features": {},
  "process": [{
    "collection_options": [],
    "collection_matchers": [{}, 1, {}, "x"],
    "upload_options": {"collections": 5},
    "tasks": {"b": null, "c": {}, "a": 1},
    "workflow_options": "w"
  }]
})";
  CHECK(check_places(text, as_python) ==
        Lines{"error workflow-options-type at /process/0/workflow_options 8:25 to 8:28",
              "error task-options-type at /process/0/tasks/b 7:20 to 7:24",
              "error task-options-type at /process/0/tasks/a 7:40 to 7:41",
              "error upload-collections-type at /process/0/upload_options/collections 6:39 to 6:40",
              "error features-type at /features 2:15 to 2:17",
              "error matcher-type at /process/0/collection_matchers/1 5:33 to 5:34",
              "error matcher-type at /process/0/collection_matchers/3 5:40 to 5:43",
              "error collection-options-type at /process/0/collection_options 4:27 to 4:29"});
}

TEST_CASE("check: the types of the process definition's members") {
  struct Case {
    std::string_view text;
    Lines lines;
  };
  const Case cases[] = {
      {R"({"process": null})", {"error process-type at /process"}},
      {R"({"process": "x"})", {"error process-type at /process"}},
      {R"({"process": [null]})", {"error process-element-type at /process/0"}},
      {R"({"process": [{}, null]})",
       {"warning process-entry-type at /process/1", "info process-chain at /process/1"}},
      {R"({"process": {}})", {"warning process-dict at /process"}},
      {R"({"process": {"tasks": 1}})",
       {"warning process-dict at /process", "error tasks-type at /process/tasks"}},
      {R"({"process": [{"tasks": "x"}]})", {"error tasks-type at /process/0/tasks"}},
      {R"({"process": [{"tasks": [{"name": "a"}, 1, {}, {"name": [], "parameters": 1}]}]})",
       {"warning tasks-list at /process/0/tasks", "error task-type at /process/0/tasks/1",
        "error task-name-missing at /process/0/tasks/2",
        "error task-parameters-type at /process/0/tasks/3/parameters",
        "error task-name-type at /process/0/tasks/3/name"}},
      {R"({"process": [{"upload_options": []}]})",
       {"error upload-options-type at /process/0/upload_options"}},
      {R"({"process": [{"upload_options": {"collections": {}}}]})",
       {"warning upload-collections at /process/0/upload_options/collections"}},
      {R"({"process": [{"collection_matchers": {}}]})",
       {"error collection-matchers-type at /process/0/collection_matchers"}},
      {R"({"process": [{"collection_matchers": [{}], "upload_options": {"collections": {"a": "$"}}}]})",
       {"warning upload-collections at /process/0/upload_options/collections",
        "error matchers-and-collections at /process/0/upload_options/collections",
        "error matcher-key-missing at /process/0/collection_matchers/0",
        "error matcher-key-missing at /process/0/collection_matchers/0"}},
      {R"({"process": [{"collection_matchers": [], "upload_options": {"collections": {"a": "$"}}}]})",
       {"warning upload-collections at /process/0/upload_options/collections"}},
      {R"({"features": null})", {"error features-type at /features"}},
  };
  for (const Case& recorded : cases) {
    INFO("payload: ", std::string(recorded.text));
    CHECK(check_lines(recorded.text) == recorded.lines);
  }
}

TEST_CASE("check: without lint the warnings end where Python stops, at the first error") {
  CHECK(check_lines("{}", as_python) == Lines{"warning upload-collections at "});
  CHECK(check_lines(R"({"process": {"tasks": 1}})", as_python) ==
        Lines{"warning process-dict at /process", "error tasks-type at /process/tasks"});
  CHECK(check_lines(R"({"process": [{"workflow_options": 1, "tasks": []}]})", as_python) ==
        Lines{"error workflow-options-type at /process/0/workflow_options"});
  CHECK(check_lines(R"({"process": [{"workflow_options": 1, "tasks": []}]})") ==
        Lines{"error workflow-options-type at /process/0/workflow_options",
              "warning tasks-list at /process/0/tasks"});
}

TEST_CASE("check: without lint nothing is said of what Python accepts in silence") {
  for (const std::string_view text :
       {R"({"a": NaN, "a": 1})", R"({"process": [{"x": "\ud800", "x": -Infinity}]})",
        R"({"features": [{"id": 1, "id": 2}]})", "{\"a\": \"\xED\xA0\x80\"}"}) {
    CHECK(check_lines(text, as_python) == Lines{"warning upload-collections at "});
  }
}

TEST_CASE("check: lint comes after what Python says, in the order of the text") {
  constexpr std::string_view text =
      R"({"z": [1, NaN], "process": [{"tasks": {"t": 5, "t": {"\udc00": 1}}, "a": 1, "a": 2}],
"features": [{"id": 1, "id": 2, "deep": {"x": 1, "x": 2}}, {"id": "\ud800"}], "z": Infinity, "features": 5})";
  CHECK(check_places(text) == Lines{"error features-type at /features 2:106 to 2:107",
                                    "warning non-finite-number at /z/1 1:11 to 1:14",
                                    "warning duplicate-key at /process/0/tasks/t 1:48 to 1:51",
                                    "warning lone-surrogate at /process/0/tasks/t/\xED\xB0\x80 1:55 to 1:61",
                                    "warning duplicate-key at /process/0/a 1:77 to 1:80",
                                    "warning duplicate-key at /features/0/id 2:24 to 2:28",
                                    "warning lone-surrogate at /features/1/id 2:68 to 2:74",
                                    "warning duplicate-key at /z 2:79 to 2:82",
                                    "warning non-finite-number at /z 2:84 to 2:92",
                                    "warning duplicate-key at /features 2:94 to 2:104"});
}

TEST_CASE("check: of repeated members the last one is checked, and pointed at") {
  CHECK(check_places(R"({"process": 1, "process": [2]})", as_python) ==
        Lines{"error process-element-type at /process/0 1:28 to 1:29"});
  CHECK(check_places(R"({"process": [2], "process": [{}]})", as_python) ==
        Lines{"warning upload-collections at  1:1 to 1:34"});
  CHECK(check_places(R"({"features": 1, "\u0066eatures": []})", as_python) ==
        Lines{"warning upload-collections at  1:1 to 1:37"});
}

TEST_CASE("check: places count lines and UTF-16 units") {
  CHECK(check_places("{\r\n\"\xF0\x9F\x98\x80\": \"\xC3\xA9\", \"process\":\r7}") ==
        Lines{"error process-type at /process 3:1 to 3:2"});
  CHECK(check_places("{\"\xF0\x9F\x98\x80\": \"\xC3\xA9\xE5\xB1\xB1\", \"process\": 7}") ==
        Lines{"error process-type at /process 1:25 to 1:26"});
}

TEST_CASE("check: an input that was no text has no places") {
  const std::string report = report_of(R"({"process": 1})", {.report = {.has_source = false}});
  CHECK(json::member(&issues_of(report)[0], "range") == nullptr);
  CHECK(json::member(&issues_of(report_of(R"({"process": 1})"))[0], "range") != nullptr);
}

TEST_CASE("check: the counts are those of the issues") {
  const json::Value report = parse(
      report_of(R"({"type": "FeatureCollection", "process": {"tasks": [1, 2], "a": NaN}, "features": 1})"));
  CHECK(json::python_repr(at(report, "counts")) == "{'error': 3, 'warning': 3, 'info': 0}");
  CHECK(!at(report, "valid").get<bool>());
  const json::Value warned = parse(report_of(R"({"type": "FeatureCollection", "process": {}})"));
  CHECK(json::python_repr(at(warned, "counts")) == "{'error': 0, 'warning': 1, 'info': 0}");
  CHECK(at(warned, "valid").get<bool>());
}

TEST_CASE("check: roots that are pairs are read as Python's dict() reads them") {
  struct Case {
    std::string_view text;
    Lines lines;
  };
  const Case cases[] = {
      {"[]", {}},
      {R"("")", {}},
      {R"([["process", []]])", {}},
      {R"([["process", 5]])", {"error process-type at /0/1"}},
      {R"([["a", 1], ["process", {}], ["features", 5]])",
       {"warning process-dict at /1/1", "error features-type at /2/1"}},
      {R"([["process", 1], ["process", [3]]])", {"error process-element-type at /1/1/0"}},
      {R"(["ab"])", {}},
      {R"([{"process": 1, "x": 2}])", {"error process-type at "}},
      {R"([{"x": 1, "process": 2}])", {}},
      {R"([[1, 2], [1.0, 3], [true, 4], [null, 5]])", {}},
      {R"(["abc"])", {"error payload-pair-length at /0"}},
      {R"(["\ud83d\ude00b"])", {}},
      {R"(["\ud83d\ude00"])", {"error payload-pair-length at /0"}},
      {R"([["a", 1], ["b"]])", {"error payload-pair-length at /1"}},
      {R"([[]])", {"error payload-pair-length at /0"}},
      {R"([{}])", {"error payload-pair-length at /0"}},
      {R"([["a", 1], 5])", {"error payload-type at /1"}},
      {R"([[["a"], 1]])", {"error payload-type at /0"}},
      {R"([[{}, 1]])", {"error payload-type at /0"}},
      {R"("text")", {"error payload-pair-length at "}},
      {"5", {"error payload-type at "}},
      {"null", {"error payload-type at "}},
      {"true", {"error payload-type at "}},
      {"1.5", {"error payload-type at "}},
  };
  for (const Case& recorded : cases) {
    INFO("payload: ", std::string(recorded.text));
    // The warning that every payload gets without lint is of no interest here.
    Lines lines = check_lines(recorded.text, as_python);
    std::erase(lines, "warning upload-collections at ");
    CHECK(lines == recorded.lines);
  }
}

TEST_CASE("check: with lint a root that is no object is an error of its own") {
  CHECK(check_places(" []") == Lines{"error payload-not-object at  1:2 to 1:4"});
  CHECK(check_places(R"("")") == Lines{"error payload-not-object at  1:1 to 1:3"});
  CHECK(check_places(R"([["process", 5, ]])").size() == 1);
  CHECK(check_lines(R"([["process", 5], ["x", {"a": 1, "a": NaN}]])") ==
        Lines{"error process-type at /0/1", "error payload-not-object at ", "warning duplicate-key at /1/1/a",
              "warning non-finite-number at /1/1/a"});
}

}  // namespace stactask::testing

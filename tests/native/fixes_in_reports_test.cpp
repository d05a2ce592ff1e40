// The fixes in reports: what a text is after each of them.

#include "report_text.hpp"

namespace stactask::testing {

using payload::CheckOptions;

namespace {

struct Fixed {
  std::string_view code;
  std::string text;
  std::string after;
  bool is_safe = true;
};

void check_fixes(std::initializer_list<Fixed> cases, const CheckOptions& options = {}) {
  for (const Fixed& recorded : cases) {
    INFO(std::string(recorded.code), " in ", recorded.text);
    const json::Value::array_t issues = issues_of(report_of(recorded.text, options));
    const json::Value* issue = issue_with(issues, recorded.code);
    REQUIRE(issue != nullptr);
    CHECK(mend(recorded.text, *issue) == recorded.after);
    CHECK(at(at(*issue, "fix"), "safe").get<bool>() == recorded.is_safe);
    CHECK(!text_at(at(*issue, "fix"), "title").empty());
  }
}

bool has_fix(std::string_view text, std::string_view code, const CheckOptions& options = {}) {
  const json::Value::array_t issues = issues_of(report_of(text, options));
  const json::Value* issue = issue_with(issues, code);
  REQUIRE(issue != nullptr);
  return json::member(issue, "fix") != nullptr;
}

}  // namespace

TEST_CASE("fixes: a bare process definition is put into a list") {
  check_fixes({{"process-dict", R"({"process": {"tasks": {}}})", R"({"process": [{"tasks": {}}]})"},
               {"process-dict", R"({ "process" : { } , "features": [] })",
                R"({ "process" : [{ }] , "features": [] })"},
               {"process-dict", R"({"process": 1, "process": {}})", R"({"process": 1, "process": [{}]})"},
               {"process-dict", "{\"\xF0\x9F\x98\x80\xC3\xA9\": 1,\r\n\"process\": {}}",
                "{\"\xF0\x9F\x98\x80\xC3\xA9\": 1,\r\n\"process\": [{}]}"},
               {"process-dict", R"([["process", {}]])", R"([["process", [{}]]])"}});
}

TEST_CASE("fixes: of equal keys the earlier member is removed") {
  check_fixes({{"duplicate-key", R"({"a": 1, "a": 2})", R"({"a": 2})"},
               {"duplicate-key", R"({"a":1,"b":2,"a":3})", R"({"b":2,"a":3})"},
               {"duplicate-key", "{\n  \"a\": [1, {}],\n  \"b\": 2,\n  \"\\u0061\": 3\n}",
                "{\n  \"b\": 2,\n  \"\\u0061\": 3\n}"},
               {"duplicate-key", R"({"process": [{"\ud83d\ude00": "😀,", "x": 1, "😀": 3}]})",
                R"({"process": [{"x": 1, "😀": 3}]})"},
               {"duplicate-key", R"({"features": [{"id": "é", "id": 2}, {"id": 3}]})",
                R"({"features": [{"id": 2}, {"id": 3}]})"}});
}

TEST_CASE("fixes: as often as it takes, each key is there once in the end") {
  std::string text = R"({"a": 1, "b": {"x": 1}, "a": 2, "b": 3, "\u0061": [4], "c": 5, "b": 6, "a": 7})";
  for (int fixes = 0;; ++fixes) {
    const std::string report = report_of(text);
    const json::Value::array_t issues = report.empty() ? json::Value::array_t() : issues_of(report);
    const json::Value* issue = issue_with(issues, "duplicate-key");
    if (issue == nullptr) {
      CHECK(fixes == 5);
      break;
    }
    text = mend(text, *issue);
  }
  CHECK(text == R"({"c": 5, "b": 6, "a": 7})");
}

TEST_CASE("fixes: half a surrogate pair in UTF-8 is written as an escape") {
  check_fixes({{"lone-surrogate", "{\"a\": \"x\xED\xA0\xBDy\"}", R"({"a": "x\ud83dy"})"},
               {"lone-surrogate", "{\"\xED\xB8\x80\": 1}", R"({"\ude00": 1})"},
               {"lone-surrogate", "{\"a\": \"\xF0\x9F\x98\x80\xED\xBF\xBF\"}",
                "{\"a\": \"\xF0\x9F\x98\x80\\udfff\"}"}});
  CHECK(!has_fix(R"({"a": "\ud83d"})", "lone-surrogate"));
}

TEST_CASE("fixes: a byte order mark before a string is removed") {
  check_fixes({{"json-byte-order-mark", "\xEF\xBB\xBF{}", "{}"},
               {"json-byte-order-mark", "\xEF\xBB\xBF [] ", " [] "},
               {"json-byte-order-mark", "\xEF\xBB\xBF", ""}});
}

TEST_CASE("fixes: none where there is no source to mend") {
  for (const std::string_view text : {R"({"process": {}, "a": 1, "a": 2})", "\xEF\xBB\xBF{}"}) {
    const std::string report = report_of(text, {.report = {.has_source = false}});
    for (const json::Value& issue : issues_of(report)) CHECK(json::member(&issue, "fix") == nullptr);
  }
}

}  // namespace stactask::testing

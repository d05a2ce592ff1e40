// Texts made to take long or to fill the memory. What is asserted is that all is counted and little is
// written; an algorithm that goes over everything once for each thing it finds takes minutes here, which
// ctest does not wait for.

#include <functional>

#include "json/python_text.hpp"
#include "payload/access.hpp"
#include "report_text.hpp"

namespace stactask::testing {

using payload::Findings;

namespace {

/// `count` texts with commas between them.
std::string joined(std::size_t count, const std::function<std::string(std::size_t)>& text_of) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out.append(i == 0 ? "" : ",").append(text_of(i));
  return out;
}

std::string same(std::size_t count, const std::string& text) {
  return joined(count, [&](std::size_t) { return text; });
}

std::size_t number_at(const json::Value& object, std::string_view key) {
  const json::Value* value = json::member(&object, key);
  return value == nullptr ? 0 : value->get<std::size_t>();
}

std::size_t count_of(const json::Value& report, std::string_view severity) {
  return number_at(at(report, "counts"), severity);
}

// How many issues there are with this code.
std::size_t issues_with(const json::Value& report, std::string_view code) {
  std::size_t count = 0;
  for (const json::Value& issue : json::array_of(at(report, "issues"))) {
    count += text_at(issue, "code") == code ? 1 : 0;
  }
  return count;
}

// The report, which accounts for every finding.
json::Value checked(const std::string& text, const payload::CheckOptions& options = {}) {
  const std::string written = report_of(text, options);
  REQUIRE(!written.empty());
  // As \u escapes, in the message and in Python's: what is kept, twelve times over.
  CHECK(written.size() < 13 * Findings::max_bytes);
  json::Value report = parse(written);
  const std::size_t issues = at(report, "issues").size();
  CHECK(issues <= options.report.max_issues);
  CHECK(issues + number_at(report, "omitted") ==
        count_of(report, "error") + count_of(report, "warning") + count_of(report, "info"));
  return report;
}

json::Value::array_t entries_in(const std::string& answer) {
  const json::Value value = parse(answer);
  return json::array_of(at(value, "entries"));
}

json::Value::array_t root_entries(const std::string& text) {
  const Padded padded(text);
  return entries_in(payload::access_root(padded.view()));
}

json::Value::array_t task_entries(const std::string& tasks) {
  const Padded call(R"({"accessor":"taskOptions","argument":"","payload":{"process":[{"tasks":[)" + tasks +
                    "]}]}}");
  return entries_in(payload::access(call.view()));
}

// The key of an entry, and where its value stands.
std::string text_of(const json::Value& entry) {
  const auto& parts = json::array_of(entry);
  return json::string_of(parts[0]) + " " + json::python_str(parts[1]);
}

}  // namespace

TEST_CASE("hostile: thousands of repeated keys in a member with a key of 40 KB") {
  const std::string key(40000, 'k');
  const std::string text = R"({"process":[{")" + key + "\":{" + same(4000, R"("a":0)") + "}}]}";
  const std::string report = report_of(text);
  CHECK(report.size() < Findings::max_bytes + 100000);
  const json::Value value = checked(text);
  CHECK(count_of(value, "warning") >= 3999);
  CHECK(issues_with(value, "duplicate-key") >= 50);
}

TEST_CASE("hostile: a key with more bytes than all pointers may have") {
  const std::string key(Findings::max_bytes + 10, 'k');
  const std::string text = R"({"process":[{")" + key + R"(":{"a":1,"a":2}}]})";
  CHECK(count_of(checked(text), "warning") >= 1);
  // The name of a task is in the pointer, in the message and in Python's message.
  const std::string options = R"({"process":[{"tasks":{")" + key + R"(":1}}]})";
  CHECK(issues_with(checked(options), "task-options-type") == 1);
  CHECK(report_of(options).size() < 3 * options.size() + 10000);
}

TEST_CASE("hostile: keys of nothing but what pointers escape") {
  const std::string text =
      R"({"process":[{")" + repeat("~/", 20000) + "\":{" + same(4000, R"("~/~/":0)") + "}}]}";
  const json::Value report = checked(text);
  CHECK(report_of(text).size() < Findings::max_bytes + 100000);
  const json::Value* issue = issue_with(json::array_of(at(report, "issues")), "duplicate-key");
  REQUIRE(issue != nullptr);
  CHECK(json::python_repr(value_at(parse(text), text_at(*issue, "pointer"))) == "0");
}

TEST_CASE("hostile: names of characters that are written as escapes, in both messages") {
  const std::string task = R"({"name":")" + std::string(4000, '\x7F') + R"(","parameters":1})";
  const json::Value report = checked(R"({"process":[{"tasks":[)" + same(1200, task) + "]}]}");
  CHECK(count_of(report, "error") >= 1200);
}

TEST_CASE("hostile: hundreds of thousands of bad matchers and tasks") {
  const std::pair<std::string, std::string> cases[] = {
      {R"({"process":[{"collection_matchers":[)" + same(400000, "1") + "]}]}", "matcher-type"},
      {R"({"process":[{"tasks":[)" + same(400000, "1") + "]}]}", "task-type"},
      {R"({"process":[{"tasks":{)" +
           joined(100000, [](std::size_t i) { return "\"t" + std::to_string(i) + "\":1"; }) + "}}]}",
       "task-options-type"},
  };
  for (const auto& [text, code] : cases) {
    INFO(code);
    const json::Value report = checked(text);
    CHECK(count_of(report, "error") >= 100000);
    CHECK(issues_with(report, code) > 900);
    CHECK(report_of(text).size() < 1000000);
    for (const std::size_t max_issues : {0, 1, 17}) {
      const json::Value shorter = checked(text, {.report = {.max_issues = max_issues}});
      CHECK(at(shorter, "issues").size() == max_issues);
      CHECK(count_of(shorter, "error") == count_of(report, "error"));
    }
  }
}

TEST_CASE("hostile: NaN and lone surrogates everywhere") {
  const json::Value numbers = checked(R"({"a":[)" + same(250000, "NaN") + "]}");
  CHECK(count_of(numbers, "warning") >= 250000);
  const json::Value surrogates = checked(R"({"a":")" + repeat("\xED\xA0\x80", 250000) + "\"}");
  CHECK(count_of(surrogates, "warning") >= 250000);
  const std::string deep = repeat(R"({"":)", 990) + "[" + same(9999, "NaN") + "]" + repeat("}", 990);
  CHECK(count_of(checked(R"({"process":)" + deep + "}"), "warning") >= 9999);
}

TEST_CASE("hostile: `process` tens of thousands of times, and as many findings in the last") {
  const std::string one = R"("process":[{"collection_matchers":[1,{"a":[1]}]}],)";
  const std::string before = "{" + repeat(one, 40000);
  const std::string text = before + R"("process":[{"collection_matchers":[)" + same(40000, "1") + "]}]}";
  const json::Value report = checked(text);
  const json::Value* issue = issue_with(json::array_of(at(report, "issues")), "matcher-type");
  REQUIRE(issue != nullptr);
  CHECK(text_at(*issue, "pointer") == "/process/0/collection_matchers/0");
  CHECK(number_at(at(at(*issue, "range"), "start"), "offset") > before.size());
  CHECK(count_of(report, "error") >= 40000);
  CHECK(count_of(report, "warning") >= 40000);
}

TEST_CASE("hostile: the same deep member again and again") {
  const std::string member = R"("a":{"b":{"c":[1,{"d":1,"d":2}]}})";
  const json::Value report = checked(R"({"process":{)" + same(50000, member) + "}}");
  CHECK(count_of(report, "warning") >= 50000 + 49999);
}

TEST_CASE("hostile: repeated keys at every level, as deep as may be") {
  const std::size_t levels = json::max_depth - 1;
  const std::string text =
      R"({"process":)" + repeat(R"({"a":1,"a":[2],"b":)", levels - 1) + "{}" + repeat("}", levels - 1) + "}";
  const json::Value report = checked(text, {.report = {.max_issues = 5000}});
  CHECK(issues_with(report, "duplicate-key") == levels - 1);
  // Each time all that is inside once more; of that, none counts but the last.
  const std::string twice = repeat(R"({"a":{"b":1},"a":)", 900) + "1" + repeat("}", 900);
  CHECK(issues_with(checked(R"({"process":)" + twice + "}"), "duplicate-key") == 900);
}

TEST_CASE("hostile: a root of 200,000 pairs") {
  constexpr std::size_t count = 200000;
  const auto pair = [](std::size_t i) {
    return "[\"key " + std::to_string(i * 7919 % 150000) + "\"," + std::to_string(i) + "]";
  };
  const std::string text = "[" + joined(count, pair) + "]";
  CHECK(count_of(checked(text), "error") >= 1);
  const json::Value::array_t entries = root_entries(text);
  REQUIRE(entries.size() == 150000);
  CHECK(text_of(entries[1]) == "key 7919 /150001/1");
  CHECK(text_of(entries[60000]) == "key 90000 /60000/1");
  CHECK(root_entries(
            "[" + joined(count, [](std::size_t i) { return "{\"k" + std::to_string(i) + "\":1,\"v\":2}"; }) +
            "]")
            .size() == count);
  CHECK(root_entries("[" + same(count, R"("ab")") + "]").size() == 1);
}

TEST_CASE("hostile: a list of 100,000 tasks") {
  const json::Value::array_t entries = task_entries(joined(100000, [](std::size_t i) {
    return R"({"name":"t)" + std::to_string(i % 60000) + R"(","parameters":{}})";
  }));
  REQUIRE(entries.size() == 60000);
  CHECK(text_of(entries[0]) == "t0 /process/0/tasks/60000/parameters");
  CHECK(text_of(entries[59999]) == "t59999 /process/0/tasks/59999/parameters");
}

TEST_CASE("hostile: integers of thousands of digits beside tens of thousands of floats") {
  const auto pair = [](std::size_t i) {
    const std::string key = i % 300 == 0 ? "1" + std::string(3990, '0') + std::to_string(100000 + i)
                                         : std::to_string(i) + "e" + std::to_string(i % 250);
    return "[" + key + ",1]";
  };
  const json::Value::array_t entries = root_entries("[" + joined(60000, pair) + "]");
  // 1e250 is 10e249, and so on: at least nine of ten are of their own.
  CHECK(entries.size() > 54000);
  CHECK(entries.size() < 60000);
}

TEST_CASE("hostile: floats that take the longest way to read and to write") {
  const auto pair = [](std::size_t i) {
    return "[" + std::to_string(i + 1) + ".5e-30" + std::to_string(i % 8) + ",1]";
  };
  const json::Value::array_t entries = root_entries("[" + joined(10000, pair) + "]");
  CHECK(entries.size() > 9000);
  const std::string digits = "1" + std::string(1500, '9');
  const json::Value value = parse("[" + same(200, digits + "e-1800") + "]");
  CHECK(json::python_repr(json::array_of(value)[199]) == "2e-300");
}

TEST_CASE("hostile: ten thousand findings at the end of one long string") {
  const std::size_t before = 4000000;
  const std::string text = "\"" + repeat("\\u0041", before) + std::string(Findings::max_kept, '{') + "\"";
  Findings findings;
  for (std::size_t i = 0; i < Findings::max_kept; ++i) {
    payload::Finding finding{payload::Code::duplicate_key, "", {}};
    finding.inside = {before + i, before + i + 1};
    findings.add(finding);
  }
  const Padded padded(text);
  const json::Value report = parse(payload::write_report(padded.view(), Findings(), findings, {}));
  const json::Value& last = array_of(at(report, "issues")).back();
  CHECK(number_at(at(at(last, "range"), "start"), "offset") == 1 + 6 * before + 999);
}

}  // namespace stactask::testing

// Any bytes, with every combination of options: the report is JSON of the right shape, its ranges lie in
// the text, and what it says does not depend on options that have nothing to do with it.

#include <algorithm>

#include "fuzz.hpp"
#include "json/utf8.hpp"
#include "payload/check.hpp"

namespace stactask::fuzzing {

namespace {

using json::Value;
using payload::CheckOptions;

struct Measure {
  std::size_t units = 0;  // UTF-16, at most; exactly if the text is UTF-8
  bool is_utf8 = true;
};

Measure measure(std::string_view text, bool is_bytes) {
  // Of bytes the mark is no part.
  if (is_bytes && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Measure out;
  const auto* p = reinterpret_cast<const json::Byte*>(text.data());
  const auto* const end = p + text.size();
  while (p < end && out.is_utf8) {
    const json::Utf8Sequence sequence = json::read_utf8(p, end);
    out.is_utf8 = sequence.length != 0;
    if (out.is_utf8) out.units += sequence.length == 4 ? 2 : 1;
    p += sequence.length;
  }
  // From the first byte that is not UTF-8 on, no byte is more than one unit.
  if (!out.is_utf8) out.units += static_cast<std::size_t>(end - p);
  return out;
}

void check_range(const Value& range, const Measure& text) {
  const Value& start = at(range, "start");
  const Value& end = at(range, "end");
  expect(number_at(start, "offset") <= number_at(end, "offset"), "a range does not end before it starts");
  expect(number_at(start, "line") <= number_at(end, "line"), "a range does not end on an earlier line");
  expect(number_at(start, "line") >= 1 && number_at(start, "column") >= 1, "lines and columns count from 1");
  expect(number_at(end, "offset") <= text.units, "a range lies in the text");
}

std::size_t offset_at(const Value& edit, std::string_view side) {
  return number_at(at(at(edit, "range"), side), "offset");
}

void check_fix(const Value& fix, const Measure& text) {
  expect(!text_at(fix, "title").empty() && at(fix, "safe").is_boolean(), "a fix has its members");
  const Value::array_t edits = json::array_of(at(fix, "edits"));
  expect(!edits.empty(), "a fix does something");
  std::size_t after = 0;
  for (const Value& edit : edits) {
    check_range(at(edit, "range"), text);
    expect(offset_at(edit, "start") >= after, "no edit overlaps another");
    after = offset_at(edit, "end");
    expect(offset_at(edit, "start") < after || !text_at(edit, "text").empty(), "an edit changes something");
  }
}

// Where offsets are bytes too: JSON that is mended is JSON.
void check_fixed(std::string_view text, const Value& issues) {
  const auto is_ascii = [](char c) { return static_cast<json::Byte>(c) < 0x80; };
  if (!issues.is_array() || !std::all_of(text.begin(), text.end(), is_ascii) || !value_of(text)) return;
  for (std::size_t i = 0; i < issues.size(); i += 1 + issues.size() / 8) {
    const Value* fix = json::member(&json::array_of(issues)[i], "fix");
    if (fix == nullptr) continue;
    std::string fixed(text);
    const auto& edits = json::array_of(at(*fix, "edits"));
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
      const std::size_t start = offset_at(*edit, "start");
      fixed.replace(start, offset_at(*edit, "end") - start, text_at(*edit, "text"));
    }
    expect(value_of(fixed).has_value(), "JSON that is mended is JSON");
  }
}

// Null for an empty report, otherwise the issues.
Value issues_of(const std::string& report, bool has_source, const Measure& text) {
  const Value value = answer_of(report);
  if (value.is_null()) return value;
  const Value& issues = at(value, "issues");
  expect(issues.is_array() && !issues.empty(), "a report has issues");
  std::size_t errors = 0;
  for (const Value& issue : json::array_of(issues)) {
    expect(!text_at(issue, "code").empty() && !text_at(issue, "message").empty(),
           "an issue has code and message");
    const std::string& pointer = text_at(issue, "pointer");
    expect(pointer.empty() || pointer.front() == '/', "a pointer begins with a slash");
    errors += text_at(issue, "severity") == "error" ? 1 : 0;
    const Value* range = json::member(&issue, "range");
    expect((range != nullptr) == has_source, "ranges are for texts alone");
    if (range != nullptr) check_range(*range, text);
    const Value* fix = json::member(&issue, "fix");
    expect(fix == nullptr || has_source, "fixes are for texts alone");
    if (fix != nullptr) check_fix(*fix, text);
  }
  const Value& counts = at(value, "counts");
  const Value* omitted = json::member(&value, "omitted");
  std::size_t total = 0;
  for (const std::string_view severity : {"error", "warning", "info"}) total += number_at(counts, severity);
  expect(total == issues.size() + (omitted == nullptr ? 0 : number_at(value, "omitted")), "all are counted");
  const std::size_t all_errors = number_at(counts, "error");
  expect(omitted == nullptr ? errors == all_errors : errors <= all_errors, "errors are counted");
  expect(at(value, "valid").get<bool>() == (all_errors == 0), "valid means no error");
  return issues;
}

// The first error that Python knows, or an empty string.
std::string python_error(const Value& issues) {
  if (!issues.is_array()) return {};
  for (const Value& issue : json::array_of(issues)) {
    const Value* python = json::member(&issue, "python");
    if (text_at(issue, "severity") == "error" && python != nullptr) return text_at(*python, "message");
  }
  return {};
}

std::size_t count_of(const Value& issues) { return issues.is_array() ? issues.size() : 0; }

void check(std::string_view text, bool is_bytes) {
  const Measure size = measure(text, is_bytes);
  // What is no bytes came from a string, which has no broken UTF-8.
  if (!is_bytes && !size.is_utf8) return;
  Value by_lint[2];
  for (const bool lint : {false, true}) {
    const CheckOptions options = {.lint = lint, .is_bytes = is_bytes, .items = lint};
    CheckOptions of_object = options;
    of_object.report.has_source = false;
    const Value issues = issues_of(payload::check(text, options), true, size);
    const Value without_places = issues_of(payload::check(text, of_object), false, size);
    expect(count_of(issues) == count_of(without_places), "places change nothing else");
    check_fixed(text, issues);
    by_lint[lint ? 1 : 0] = issues;
  }
  expect(python_error(by_lint[0]) == python_error(by_lint[1]), "lint changes no error of Python's");
  const Value of_cirrus = issues_of(payload::check(text, {.is_bytes = is_bytes, .cirrus = true}), true, size);
  expect(count_of(of_cirrus) + 1 >= count_of(by_lint[0]), "Cirrus has more to say, not less");

  const std::string syntax = payload::check_syntax(text, is_bytes);
  const bool is_report = syntax.starts_with(R"({"valid")");
  const Value problems = is_report ? issues_of(syntax, true, size) : Value(nullptr);
  if (!is_report) {
    answer_of(syntax);
  } else {
    expect(count_of(problems) == 1 && count_of(by_lint[0]) == 1, "malformed text is one finding");
    const Value& here = json::array_of(problems)[0];
    const Value& there = json::array_of(by_lint[0])[0];
    expect(text_at(here, "code") == text_at(there, "code"), "both name the same problem");
    expect(text_at(here, "message") == text_at(there, "message"), "both say the same of it");
  }
}

}  // namespace

}  // namespace stactask::fuzzing

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stactask::fuzzing;
  const Padded text(text_of(data, size));
  check(text.view(), true);
  check(text.view(), false);
  answer_of(stactask::payload::describe(text.view()));
  return 0;
}

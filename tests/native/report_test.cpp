// From findings to the report: their order, their places, and how many there may be.

#include "payload/report.hpp"

#include "json/python_text.hpp"
#include "report_text.hpp"

namespace stactask::testing {

using json::ByteRange;
using payload::Code;
using payload::Finding;
using payload::Findings;
using payload::ReportOptions;

namespace {

//                              0123456789012345678901234567890123
constexpr std::string_view text = R"({"a": 1, "b": [2, {"c": "xyz"}]})";

Finding finding_at(Code code, std::string pointer) {
  Finding finding{code, std::move(pointer), {}};
  return finding;
}

Findings of(std::initializer_list<Finding> list) {
  Findings findings;
  for (const Finding& finding : list) findings.add(finding);
  return findings;
}

std::string write(const Findings& said, const Findings& unsaid, const ReportOptions& options = {}) {
  const Padded padded(text);
  return payload::write_report(padded.view(), said, unsaid, options);
}

// The pointers of the issues that are in the report, and what it says of the others.
std::string summary(const std::string& report) {
  const json::Value value = parse(report);
  std::string out;
  for (const json::Value& issue : json::array_of(at(value, "issues"))) out += text_at(issue, "pointer") + " ";
  const json::Value* omitted = json::member(&value, "omitted");
  out += at(value, "valid").get<bool>() ? "valid " : "invalid ";
  out += json::python_repr(at(value, "counts"));
  return omitted == nullptr ? out : out + " omitted " + json::python_repr(*omitted);
}

}  // namespace

TEST_CASE("report: first what Python says, in its order, then the rest by its place in the text") {
  const Findings said = of({finding_at(Code::features_type, "/b/1"), finding_at(Code::process_dict, "/a"),
                            finding_at(Code::process_type, "/b/0")});
  const Findings unsaid =
      of({finding_at(Code::duplicate_key, "/b/1/c"), finding_at(Code::non_finite_number, "/a"),
          finding_at(Code::lone_surrogate, "/b/0"), finding_at(Code::payload_not_object, ""),
          finding_at(Code::duplicate_key, "/a")});
  CHECK(lines_of(write(said, unsaid)) ==
        Lines{"error features-type at /b/1 1:19 to 1:31", "warning process-dict at /a 1:7 to 1:8",
              "error process-type at /b/0 1:16 to 1:17", "error payload-not-object at  1:1 to 1:33",
              "warning non-finite-number at /a 1:7 to 1:8", "warning duplicate-key at /a 1:7 to 1:8",
              "warning lone-surrogate at /b/0 1:16 to 1:17", "warning duplicate-key at /b/1/c 1:25 to 1:30"});
}

TEST_CASE("report: without a source there are no places to go by") {
  const Findings said = of({finding_at(Code::process_type, "/b")});
  const Findings unsaid =
      of({finding_at(Code::duplicate_key, "/b/1/c"), finding_at(Code::duplicate_key, "/a")});
  CHECK(lines_of(write(said, unsaid, {.has_source = false})) ==
        Lines{"error process-type at /b", "warning duplicate-key at /b/1/c", "warning duplicate-key at /a"});
}

TEST_CASE("report: the part of a member that a finding is about") {
  Finding key = finding_at(Code::duplicate_key, "/b/1/c");
  key.part = payload::Part::key;
  Finding key_of_element = finding_at(Code::duplicate_key, "/b/0");
  key_of_element.part = payload::Part::key;
  Finding inside = finding_at(Code::duplicate_key, "/b/1/c");
  inside.inside = {1, 2};
  Finding inside_a_number = finding_at(Code::duplicate_key, "/a");
  inside_a_number.inside = {1, 2};
  Finding ranged = finding_at(Code::duplicate_key, "/b/1/c");
  ranged.range = ByteRange{2, 3};
  Findings said;
  for (const Finding& finding : {key, key_of_element, inside, inside_a_number, ranged}) said.add(finding);
  CHECK(lines_of(write(said, Findings())) ==
        Lines{"warning duplicate-key at /b/1/c 1:20 to 1:23", "warning duplicate-key at /b/0 1:16 to 1:17",
              "warning duplicate-key at /b/1/c 1:27 to 1:28", "warning duplicate-key at /a 1:7 to 1:8",
              "warning duplicate-key at /b/1/c 1:3 to 1:4"});
}

TEST_CASE("report: at most so many issues; the others are counted and omitted") {
  const Findings said = of({finding_at(Code::process_type, "/b"), finding_at(Code::process_dict, "/a")});
  const Findings unsaid =
      of({finding_at(Code::payload_not_object, "/b/1"), finding_at(Code::duplicate_key, "/b/0")});
  constexpr std::string_view counts = "invalid {'error': 2, 'warning': 2, 'info': 0}";
  const std::pair<std::size_t, std::string> cases[] = {
      {0, std::string(counts) + " omitted 4"},
      {1, "/b " + std::string(counts) + " omitted 3"},
      {2, "/b /a " + std::string(counts) + " omitted 2"},
      {3, "/b /a /b/0 " + std::string(counts) + " omitted 1"},
      {4, "/b /a /b/0 /b/1 " + std::string(counts)},
      {5, "/b /a /b/0 /b/1 " + std::string(counts)},
      {1000, "/b /a /b/0 /b/1 " + std::string(counts)},
      {static_cast<std::size_t>(-1), "/b /a /b/0 /b/1 " + std::string(counts)},
  };
  for (const auto& [max_issues, expected] : cases) {
    INFO("at most ", max_issues);
    CHECK(summary(write(said, unsaid, {.max_issues = max_issues})) == expected);
  }
}

TEST_CASE("report: it is valid by all errors, those that it omits included") {
  const Findings warnings = of({finding_at(Code::process_dict, "/a"), finding_at(Code::duplicate_key, "/b")});
  CHECK(summary(write(warnings, Findings(), {.max_issues = 1})) ==
        "/a valid {'error': 0, 'warning': 2, 'info': 0} omitted 1");
  const Findings errors = of({finding_at(Code::payload_not_object, "/b")});
  CHECK(summary(write(warnings, errors, {.max_issues = 1})) ==
        "/a invalid {'error': 1, 'warning': 2, 'info': 0} omitted 2");
}

TEST_CASE("report: what the findings have left out is omitted, too") {
  Findings findings;
  for (std::size_t i = 0; i < Findings::max_kept + 10; ++i) findings.add(Code::matcher_type, "/b/0");
  const json::Value report = parse(write(findings, Findings()));
  CHECK(at(report, "issues").size() == 1000);
  CHECK(at(report, "omitted").get<std::size_t>() == Findings::max_kept + 10 - 1000);
  CHECK(at(at(report, "counts"), "error").get<std::size_t>() == Findings::max_kept + 10);
  // Nothing may be kept at all.
  Findings counted;
  counted.count(payload::Severity::warning, 3);
  CHECK(write(Findings(), counted) ==
        R"({"valid":true,"issues":[],"counts":{"error":0,"warning":3,"info":0},"omitted":3})");
}

TEST_CASE("report: empty when there is nothing to say") { CHECK(write(Findings(), Findings()).empty()); }

}  // namespace stactask::testing

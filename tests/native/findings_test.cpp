// What is kept of the findings, and what is only counted.

#include "payload/findings.hpp"

#include "support.hpp"

namespace stactask::testing {

using payload::Code;
using payload::Finding;
using payload::Findings;
using payload::Severity;

TEST_CASE("findings: so many are kept, all are counted") {
  Findings findings;
  for (std::size_t i = 0; i < Findings::max_kept + 7; ++i) {
    findings.add(Code::matcher_type, "/" + std::to_string(i));
  }
  CHECK(findings.count_of(Severity::error) == Findings::max_kept + 7);
  CHECK(findings.count_of(Severity::warning) == 0);
  REQUIRE(findings.kept().size() == Findings::max_kept);
  CHECK(findings.kept().front().pointer == "/0");
  CHECK(findings.kept().back().pointer == "/" + std::to_string(Findings::max_kept - 1));
  findings.add(Code::process_dict, "/late");
  CHECK(findings.kept().size() == Findings::max_kept);
  CHECK(findings.count_of(Severity::warning) == 1);
  CHECK(findings.mentions(Code::process_dict));
}

TEST_CASE("findings: their pointers and arguments have so many bytes together") {
  const std::string quarter(Findings::max_bytes / 4, 'p');
  for (const bool as_argument : {false, true}) {
    Findings findings;
    const auto add = [&](const std::string& text) {
      findings.add(Code::task_options_type, as_argument ? "/x" : text, as_argument ? text : "x");
    };
    for (int i = 0; i < 6; ++i) add(quarter);
    CHECK(findings.kept().size() == 3);
    add("short");
    CHECK(findings.kept().size() == 3);
    CHECK(findings.count_of(Severity::error) == 7);
  }
}

TEST_CASE("findings: the first is kept, however long it is") {
  Findings findings;
  CHECK(!findings.has_error());
  CHECK(findings.first_error() == nullptr);
  const std::string pointer(Findings::max_bytes + 1, 'p');
  findings.add(Code::process_type, pointer);
  findings.add(Code::process_type, "/b");
  REQUIRE(findings.kept().size() == 1);
  CHECK(findings.kept()[0].pointer == pointer);
  CHECK(findings.first_error() == findings.kept().data());
  CHECK(findings.count_of(Severity::error) == 2);
}

TEST_CASE("findings: an error that is not kept is an error") {
  Findings findings;
  for (std::size_t i = 0; i < Findings::max_kept; ++i) findings.add(Code::duplicate_key, "/a", "a");
  CHECK(!findings.has_error());
  findings.add(Code::payload_not_object, "", "a list");
  CHECK(findings.has_error());
  CHECK(findings.mentions(Code::payload_not_object));
}

TEST_CASE("findings: what somebody else has left out counts") {
  Findings findings;
  findings.count(Severity::info, 5);
  findings.count(Severity::info, 2);
  CHECK(findings.count_of(Severity::info) == 7);
  CHECK(findings.kept().empty());
  CHECK(!findings.has_error());
}

TEST_CASE("findings: after Python's first error its warnings are dropped, but for lint") {
  Findings as_python(false);
  Findings with_lint(true);
  for (Findings* findings : {&as_python, &with_lint}) {
    findings->add(Code::process_dict, "/process");
    findings->add(Code::tasks_type, "/process/tasks");
    findings->add(Code::upload_collections, "/process/upload_options/collections");
    findings->add(Code::duplicate_key, "/a", "a");  // no warning of Python's
    CHECK(findings->count_of(Severity::error) == 1);
  }
  CHECK(as_python.count_of(Severity::warning) == 2);
  CHECK(!as_python.mentions(Code::upload_collections));
  CHECK(with_lint.count_of(Severity::warning) == 3);
  CHECK(with_lint.mentions(Code::upload_collections));
}

TEST_CASE("findings: lint is silent on a mapping that is not there") {
  Findings as_python(false);
  Findings with_lint(true);
  for (Findings* findings : {&as_python, &with_lint}) findings->add(Code::upload_collections, "");
  CHECK(as_python.kept().size() == 1);
  CHECK(with_lint.kept().empty());
  CHECK(with_lint.count_of(Severity::warning) == 0);
}

}  // namespace stactask::testing

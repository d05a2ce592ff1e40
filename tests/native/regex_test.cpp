// What the vectors do not ask: where a search begins, re.match, offsets in bytes, names, budgets, steps.

#include "regex_support.hpp"

namespace stactask::testing {

using regex::Error;
using regex::Outcome;
using regex::Pattern;

namespace {

Pattern compiled(std::string_view pattern) {
  Error error;
  std::optional<Pattern> made = regex::compile(pattern, error);
  REQUIRE_MESSAGE(made.has_value(), std::string(pattern) << ": " << error.message);
  return *std::move(made);
}

}  // namespace

TEST_CASE("regex: a search that begins inside the text still sees what is before") {
  CHECK(groups_in("a", "aba", 1) == "2-3");
  CHECK(groups_in("^a", "aba", 2) == "no match");
  CHECK(groups_in("(?<=b)a", "aba", 2) == "2-3");
  CHECK(groups_in("(?m)^a", "b\na", 2) == "2-3");
  CHECK(groups_in("\\b", "ab", 1) == "2-2");
  CHECK(groups_in("", "ab", 2) == "2-2");
  CHECK(groups_in("", "ab", 3) == "no match");
  CHECK(groups_in("b",
                  "\xC3\xA9"
                  "b",
                  2) == "1-2");
}

TEST_CASE("regex: match looks at one place only") {
  CHECK(groups_in("b", "ab", 0, regex::match) == "no match");
  CHECK(groups_in("b", "ab", 1, regex::match) == "1-2");
  CHECK(groups_in("a|ab", "ab", 0, regex::match) == "0-1");
  CHECK(groups_in("$", "ab", 2, regex::match) == "2-2");
  CHECK(groups_in("$", "ab", 3, regex::match) == "no match");
}

TEST_CASE("regex: an error says where it is in bytes, and in Python's message in characters") {
  struct Case {
    std::string pattern;
    std::size_t offset;
    std::string message;
  };
  for (const Case& expected :
       {Case{"\xC3\xA9\xF0\x9F\x98\x80**", 7, "multiple repeat at position 3"},
        {"a\n\xC3\xA9(", 4, "missing ), unterminated subpattern at position 3 (line 2, column 2)"},
        {"[\xC3\xA9-a]", 1, "bad character range \xC3\xA9-a at position 1"},
        {"(?<=a*)", 0, "look-behind requires fixed-width pattern"},
        {"a{4294967295}", 0, "the repetition number is too large"}}) {
    INFO("pattern: ", expected.pattern);
    Error error;
    CHECK_FALSE(regex::compile(expected.pattern, error).has_value());
    CHECK(error.message == expected.message);
    CHECK(error.offset == expected.offset);
  }
}

TEST_CASE("regex: the type of an error is Python's") {
  CHECK(groups_in("*", "") == "error: nothing to repeat at position 0");
  CHECK(groups_in("a{4294967295}", "") == "OverflowError: the repetition number is too large");
  CHECK(groups_in("(?a)(?u)", "") == "ValueError: ASCII and UNICODE flags are incompatible");
  CHECK(replaced("a", "\\g<n>", "") == "IndexError: unknown group name 'n'");
  CHECK(groups_in(repeat("(", 1000) + repeat(")", 1000), "") ==
        "RecursionError: maximum recursion depth exceeded");
}

TEST_CASE("regex: an error from before is forgotten") {
  Error error;
  CHECK_FALSE(regex::compile("(", error).has_value());
  CHECK(regex::compile("a", error).has_value());
  CHECK(error.message.empty());
}

TEST_CASE("regex: named characters are refused, and the message says so") {
  CHECK(groups_in("a\\N{EM DASH}", "") == "error: unsupported character name 'EM DASH' at position 1");
  CHECK(groups_in("[\\N{EM DASH}]", "") == "error: unsupported character name 'EM DASH' at position 1");
}

TEST_CASE("regex: groups and their names") {
  const Pattern pattern = compiled("(a)(?P<day>b)(?:c)(?P<tile>d)");
  CHECK(pattern.groups == 3);
  CHECK(pattern.names == "day\ntile\n");
  REQUIRE(pattern.named_groups.size() == 2);
  CHECK(pattern.named_groups[0] == 2);
  CHECK(pattern.named_groups[1] == 3);
}

TEST_CASE("regex: a pattern can be moved, and used again") {
  Pattern first = compiled("(a+)b");
  std::vector<regex::Span> groups;
  for (int round = 0; round < 3; ++round) {
    Pattern second = std::move(first);
    std::uint32_t steps = regex::default_steps;
    CHECK(regex::search(second, "xaab", 0, groups, steps) == Outcome::match);
    CHECK(spans_text("xaab", groups) == "1-4 1-3");
    CHECK(regex::search(second, "aaa", 0, groups, steps) == Outcome::no_match);
    CHECK(spans_text("xaab", groups) == "1-4 1-3");
    first = std::move(second);
  }
}

TEST_CASE("regex: what is paid for in steps") {
  const Pattern pattern = compiled("S2[AB].*");
  std::vector<regex::Span> groups;
  std::uint32_t steps = 100;
  CHECK(regex::search(pattern, "S2A_31UFS_20200101_0_L2A", 0, groups, steps) == Outcome::match);
  CHECK(steps > 80);
  CHECK(steps < 100);
  steps = 0;
  CHECK(regex::search(pattern, "S2A", 0, groups, steps) == Outcome::out_of_budget);
  steps = 2;
  CHECK(regex::search(pattern, "S2A", 0, groups, steps) == Outcome::out_of_budget);
  CHECK(steps == 0);
}

TEST_CASE("regex: bytes that are no UTF-8 are looked at without harm") {
  for (const std::string text : {"\xFF", "\x80\x80", "a\xC3", "\xF0\x9F", "\xE9xx"}) {
    for (const char* pattern : {".", ".*?$", "[^a]+", "\\w*x", "(.)\\1", "(?i)\xC3\xA9", "(?<=.)x", "\\b"}) {
      const std::string groups = groups_in(pattern, text);
      CHECK(groups.find("error") == std::string::npos);
    }
  }
}

}  // namespace stactask::testing

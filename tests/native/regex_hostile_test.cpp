// Patterns and texts made to take long or to fill the memory. Each ends in an answer or out of budget; what
// takes minutes somewhere is not waited for by ctest.

#include "regex_support.hpp"

namespace stactask::testing {

namespace {

struct Hostile {
  std::string name;
  std::string pattern;
  std::string text;
  std::string outcome;
};

void check_outcomes(const std::vector<Hostile>& cases) {
  for (const Hostile& expected : cases) {
    INFO(expected.name);
    CHECK(groups_in(expected.pattern, expected.text) == expected.outcome);
  }
}

std::string joined(std::size_t count, const std::string& before, const std::string& after) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out.append(before).append(std::to_string(i)).append(after);
  return out;
}

}  // namespace

TEST_CASE("regex, hostile: searches without an end in sight run out of budget") {
  const std::string a(100000, 'a');
  const std::string accents = repeat("\xC3\xA9", 50000);
  check_outcomes({
      {"nested repeats", "(a+)+$", std::string(10000, 'a') + "b", "out of budget"},
      {"alternatives that overlap", "(a|aa)+b", a, "out of budget"},
      {"a scan from everywhere", ".*x", a, "out of budget"},
      {"a lazy scan from everywhere", ".*?x", a, "out of budget"},
      {"a stack as high as the text", "(?:a|b)*?c", a, "out of budget"},
      {"counted repeats of counted repeats", "(a{1000}){1000}", a, "out of budget"},
      {"as many rounds as can be counted", "(?:a?){4294967294}", a, "out of budget"},
      {"the same, possessive", "(?:a?){4294967294}+", a, "out of budget"},
      {"nothing, as often as can be counted", "(?:){4294967294}", "", "out of budget"},
      {"optional items", repeat("(a?)", 2000) + "x", a, "out of budget"},
      {"references to long groups", "(?=(a+))\\1b", a, "out of budget"},
      {"references that lower every letter", "(?i)(\xC3\xA9+)\\1x", accents + repeat("\xC3\x89", 50000),
       "out of budget"},
      {"a word's table for every letter", "\\w+\\d", accents, "out of budget"},
      {"an atomic scan from everywhere", "(?>a*)b", a, "out of budget"},
      {"a look ahead in each round", "(?:(?=a*b)a)*c", a, "out of budget"},
      {"marks that are saved in each round", repeat("(", 400) + repeat(")", 400) + "(?:(a)|b)*c", a,
       "out of budget"},
      {"twenty thousand alternatives", "(?:" + joined(20000, "a", "|") + "b)*c", a, "out of budget"},
      {"a deep nest of repeats", repeat("(?:", 400) + "a" + repeat(")*", 400) + "x", a, "out of budget"},
  });
}

TEST_CASE("regex, hostile: long but straight") {
  const std::string a(100000, 'a');
  check_outcomes({
      {"one repeat", "a*$", a, "0-100000"},
      {"one repeat of groups", "(?:a)*$", a, "0-100000"},
      {"nested repeats that match", "(a+)+$", std::string(10000, 'a'), "0-10000 0-10000"},
      {"a long literal", a, a + a, "0-100000"},
      {"a long look behind", "(?<=a{50000})b", a + "b", "100000-100001"},
      {"a longer look behind", "(?<=a{4294967294})b", a + "b", "no match"},
      {"the longest set", "[" + joined(10000, "\xC3\xA9", "\xC2\xA0") + "]+$", a, "no match"},
      {"many sets, without case", "(?i)" + repeat("[\xC3\xA9-\xC3\xBF\\w]?", 4000) + "$", "\xC3\x89", "0-1"},
      {"many names", joined(3000, "(?P<n", ">)"), "", "0-0" + repeat(" 0-0", 3000)},
      {"a number without end", "a{" + std::string(100000, '0') + "1}", "a", "0-1"},
  });
}

TEST_CASE("regex, hostile: as deep as groups may be, and deeper") {
  for (const char* open : {"(", "(?:", "(?=", "(?>", "(?i:", "(?<=", "(?(1)"}) {
    INFO(open);
    const std::string deep = "()" + repeat(open, 478) + repeat(")", 478);
    CHECK(groups_in(deep, "").find("Error") == std::string::npos);
    CHECK(groups_in("()" + repeat(open, 100000), "") == "RecursionError: maximum recursion depth exceeded");
  }
}

TEST_CASE("regex, hostile: replacements that multiply the text") {
  CHECK(replaced("(.*)", repeat("\\1", 50000), std::string(100000, 'a')) == "out of budget");
  CHECK(replaced("", repeat("x", 50000), std::string(100000, 'a')) == "out of budget");
  CHECK(replaced("a", "bb", std::string(20000, 'a')) == std::string(40000, 'b'));
}

}  // namespace stactask::testing

// A pattern, a replacement and a text, each ended by a zero byte but the last: what is found is inside the
// text, what is paid for is within the budget, and the same question has the same answer.

#include "fuzz.hpp"
#include "regex/regex.hpp"

namespace stactask::fuzzing {

namespace {

using regex::Outcome;
using regex::Pattern;
using regex::Span;

constexpr std::uint32_t budget = 20000;

std::string_view take(std::string_view& rest) {
  const std::size_t end = rest.find('\0');
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

void check_spans(const Pattern& pattern, const std::vector<Span>& groups, std::string_view text) {
  expect(groups.size() == pattern.groups + 1, "there is a span for each group");
  expect(groups[0].is_set(), "a match stands somewhere");
  for (const Span& span : groups) {
    if (span.is_set()) expect(span.start <= span.end && span.end <= text.size(), "a span is inside the text");
  }
}

void check_search(const Pattern& pattern, std::string_view text) {
  std::vector<Span> groups;
  std::uint32_t steps = budget;
  const Outcome outcome = regex::search(pattern, text, 0, groups, steps);
  expect(steps <= budget, "no steps are made");
  if (outcome == Outcome::out_of_budget) return expect(steps == 0, "the budget is used up");
  if (outcome == Outcome::no_match) return expect(groups.empty(), "no match leaves the groups alone");
  check_spans(pattern, groups, text);
  // What search finds, match finds in its place.
  std::vector<Span> again;
  steps = budget;
  expect(regex::match(pattern, text, groups[0].start, again, steps) == Outcome::match, "match finds it, too");
  expect(again == groups, "in the same way");
}

void check_substitute(const Pattern& pattern, std::string_view replacement, std::string_view text) {
  std::string out;
  regex::Error error;
  std::uint32_t steps = budget;
  const Outcome outcome = regex::substitute(pattern, replacement, text, out, error, steps);
  expect(error.offset <= replacement.size(), "an error is inside the replacement");
  if (outcome == Outcome::no_match && error.message.empty()) expect(out == text, "no match changes nothing");
  if (!error.message.empty()) expect(outcome == Outcome::no_match, "nothing is replaced after an error");
}

void check(std::string_view rest) {
  const std::string_view pattern_text = take(rest);
  const std::string_view replacement = take(rest);
  regex::Error error;
  const std::optional<Pattern> pattern = regex::compile(pattern_text, error);
  expect(pattern.has_value() == error.message.empty(), "there is a pattern or an error");
  expect(error.offset <= pattern_text.size(), "an error is inside the pattern");
  if (!pattern) return;
  check_search(*pattern, rest);
  check_substitute(*pattern, replacement, rest);
}

}  // namespace

}  // namespace stactask::fuzzing

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stactask::fuzzing::check(stactask::fuzzing::text_of(data, size));
  return 0;
}

#include "regex/search.hpp"

#include "json/utf8.hpp"
#include "regex/matcher.hpp"

namespace stactask::regex {

namespace {

constexpr std::size_t bytes_per_step = 16;

// The first place from `at` where a match may begin; the end where there is none.
std::size_t skip(const Pattern& pattern, std::string_view text, std::size_t at) {
  const std::uint32_t* const bytes = pattern.first_bytes.data();
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((bytes[byte / 32] >> byte % 32 & 1) != 0) break;
  }
  return at;
}

std::size_t next_character(std::string_view text, std::size_t at) {
  do {
    ++at;
  } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

// What every match begins with, as far as it is one text.
std::string_view beginning_of(const Pattern& pattern) {
  const std::uint32_t* const code = pattern.code.data();
  if (op_of(code[0]) != Op::literal) return {};
  return {reinterpret_cast<const char*>(code + 1), operand_of(code[0])};
}

void read_groups(const Matcher& matcher, std::uint32_t count, std::vector<Span>& groups) {
  groups.resize(count + 1);
  groups[0] = matcher.whole();
  for (std::uint32_t group = 1; group <= count; ++group) groups[group] = matcher.group(group);
}

}  // namespace

Outcome search_from(Matcher& matcher, const Pattern& pattern, std::string_view text, std::size_t from,
                    bool must_advance) {
  const std::string_view beginning = beginning_of(pattern);
  for (std::size_t at = from; at <= text.size(); at = next_character(text, at)) {
    if (pattern.is_anchored && at > 0) break;
    if (!pattern.first_bytes.empty()) {
      const std::size_t found = skip(pattern, text, at);
      matcher.pay((found - at) / bytes_per_step);
      at = found;
      if (at == text.size()) break;
    }
    if (!text.substr(at).starts_with(beginning)) {
      matcher.pay(1 + beginning.size() / bytes_per_step);
      if (matcher.steps_left() == 0) return Outcome::out_of_budget;
      continue;
    }
    const Outcome outcome = matcher.match_at(at, must_advance && at == from);
    if (outcome != Outcome::no_match) return outcome;
  }
  return Outcome::no_match;
}

Outcome search(const Pattern& pattern, std::string_view text, std::size_t from, std::vector<Span>& groups,
               std::uint32_t& steps_left) {
  Matcher matcher(pattern, text, steps_left);
  const Outcome outcome = search_from(matcher, pattern, text, from, false);
  steps_left = matcher.steps_left();
  if (outcome == Outcome::match) read_groups(matcher, pattern.groups, groups);
  return outcome;
}

Outcome match(const Pattern& pattern, std::string_view text, std::size_t from, std::vector<Span>& groups,
              std::uint32_t& steps_left) {
  if (from > text.size()) return Outcome::no_match;
  Matcher matcher(pattern, text, steps_left);
  const Outcome outcome = matcher.match_at(from, false);
  steps_left = matcher.steps_left();
  if (outcome == Outcome::match) read_groups(matcher, pattern.groups, groups);
  return outcome;
}

}  // namespace stactask::regex

// Regular expressions in the words of the tests.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "regex/regex.hpp"
#include "support.hpp"

namespace stactask::testing {

/// Python's count of the characters before a byte.
inline std::size_t code_points_before(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  return static_cast<std::size_t>(
      std::count_if(before.begin(), before.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

inline std::string error_text(const regex::Error& error) {
  return std::string(error.type) + ": " + error.message;
}

inline std::string spans_text(std::string_view text, const std::vector<regex::Span>& groups) {
  std::string out;
  for (const regex::Span& span : groups) {
    if (!out.empty()) out += " ";
    out += span.is_set() ? std::to_string(code_points_before(text, span.start)) + "-" +
                               std::to_string(code_points_before(text, span.end))
                         : "none";
  }
  return out;
}

using Search = regex::Outcome (*)(const regex::Pattern&, std::string_view, std::size_t,
                                  std::vector<regex::Span>&, std::uint32_t&);

/// The spans of all groups in code points, "0-3 none 1-2", or "no match", "out of budget", or the error.
inline std::string groups_in(std::string_view pattern, std::string_view text, std::size_t from = 0,
                             Search search = regex::search) {
  regex::Error error;
  const std::optional<regex::Pattern> compiled = regex::compile(pattern, error);
  if (!compiled) return error_text(error);
  std::vector<regex::Span> groups;
  std::uint32_t steps = regex::default_steps;
  const regex::Outcome outcome = search(*compiled, text, from, groups, steps);
  if (outcome == regex::Outcome::out_of_budget) return "out of budget";
  return outcome == regex::Outcome::match ? spans_text(text, groups) : "no match";
}

/// The text with all occurrences replaced, or the error.
inline std::string replaced(std::string_view pattern, std::string_view replacement, std::string_view text) {
  regex::Error error;
  const std::optional<regex::Pattern> compiled = regex::compile(pattern, error);
  if (!compiled) return error_text(error);
  std::string out;
  std::uint32_t steps = regex::default_steps;
  const regex::Outcome outcome = regex::substitute(*compiled, replacement, text, out, error, steps);
  if (outcome == regex::Outcome::out_of_budget) return "out of budget";
  return error.message.empty() ? out : error_text(error);
}

}  // namespace stactask::testing

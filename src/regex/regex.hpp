// Python's `re` (3.11, str patterns): what a pattern matches, where, and how Python refuses a bad one.
//
// A search is paid for in steps, each of which takes constant time, and its stack is bounded. So a hostile
// pattern ends in an answer or in `out_of_budget`, never in a hang. Nothing here recurses with the input.
//
// Texts are UTF-8 in which a lone surrogate may stand as its three bytes. Places are in bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stactask::regex {

/// What Python raises for a pattern or a replacement.
struct Error {
  std::string_view type = "error";  ///< `error` of module re, or OverflowError, IndexError, RecursionError
  std::string message;              ///< str() of it, " at position N" (in code points) and all
  std::size_t offset = 0;           ///< that position in bytes; 0 where the error has none
};

enum class Outcome : std::uint8_t { match, no_match, out_of_budget };

/// What one search may take: less than 50 ms, in wasm, too.
inline constexpr std::uint32_t default_steps = 500'000;

/// Where a group stands, in bytes.
struct Span {
  static constexpr std::size_t unset = static_cast<std::size_t>(-1);
  std::size_t start = unset;  ///< `unset` for a group that took no part in the match
  std::size_t end = unset;

  [[nodiscard]] bool is_set() const { return start != unset; }
  bool operator==(const Span&) const = default;
};

/// A compiled pattern: a value that knows nothing of the text of the pattern. What follows the names is
/// between the compiler and the matcher (program.hpp). Two searches at a time need a pattern each.
struct Pattern {
  std::uint32_t groups = 0;                 ///< without group 0
  std::string names;                        ///< of groups, each ended by a line feed
  std::vector<std::uint32_t> named_groups;  ///< which those are

  std::vector<std::uint32_t> code;
  std::vector<std::uint32_t> classes[3];   ///< where Unicode's digits, spaces, words begin and end; if used
  std::vector<std::uint32_t> first_bytes;  ///< a bit for each byte that a match may begin with, or empty
  bool is_anchored = false;                ///< matches at the beginning of the text only

  mutable std::vector<std::uint32_t> stack;  ///< memory of a search, kept for the next
};

/// Python: `re.compile(pattern)`. A pattern that Python takes is refused where it has a named character
/// (`\N{EM DASH}`), whose names would take a megabyte.
std::optional<Pattern> compile(std::string_view pattern, Error& error);

/// Python: `pattern.search(text, from)`. `groups[0]` is the match, `groups[n]` group n; they are left alone
/// unless there is a match. Takes what it costs from `steps_left`, and all of it when out of budget.
Outcome search(const Pattern& pattern, std::string_view text, std::size_t from, std::vector<Span>& groups,
               std::uint32_t& steps_left);

/// Python: `pattern.match(text, from)`.
Outcome match(const Pattern& pattern, std::string_view text, std::size_t from, std::vector<Span>& groups,
              std::uint32_t& steps_left);

/// Python: `re.sub(pattern, replacement, text)`, all occurrences. `out` is the whole text with what was
/// replaced, after `match` and `no_match`. A replacement that Python refuses is an `error` with a message
/// (otherwise empty), whether or not the pattern matches; the outcome then is `no_match`.
Outcome substitute(const Pattern& pattern, std::string_view replacement, std::string_view text,
                   std::string& out, Error& error, std::uint32_t& steps_left);

}  // namespace stactask::regex

// Items as they stand in a text: where the members are that matchers look at. Most matchers are decided
// there, and no values are made.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "json/scanner.hpp"
#include "jsonpath/expression.hpp"

namespace stactask::jsonpath {

/// Where an item's members stand.
struct Places {
  std::vector<std::size_t>
      values;            // of each of `Reads::members` the offset of its value; 0 where there is none
  bool is_plain = true;  // no key stands twice
};

/// Read the object whose `{` is the next byte. False after a syntax error.
bool find_places(json::Scanner& scanner, const Reads& reads, Places& out);

/// The same of an object whose members are known to stand at these places of a well-formed text.
bool find_places(json::Scanner& scanner, std::span<const json::MemberPlace> members, const Reads& reads,
                 Places& out);

/// For each term of a member filter the index in `Reads::members` of what it looks at. Nothing for other
/// expressions, and where a term looks at the item itself.
std::optional<std::vector<std::uint32_t>> members_of_terms(const Expression& expression, const Reads& reads);

/// `match` of an item in the scanner's text, for the `members_of_terms`. False where there would be an error:
/// `match` knows which.
bool match_places(Expression& expression, std::span<const std::uint32_t> members, json::Scanner& scanner,
                  const Places& places, bool& matches);

}  // namespace stactask::jsonpath

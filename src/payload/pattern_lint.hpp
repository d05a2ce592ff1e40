// Lint of the patterns of matchers: expressions of jsonpath-ng's dialect.
#pragma once

#include "payload/findings.hpp"
#include "payload/node.hpp"

namespace stactask::payload {

/// Look into a pattern, which is a string: what Python fails on, and what does not mean what it seems to.
[[gnu::noinline]] void lint_pattern(const Node& pattern, Findings& findings);

/// The next backslash from `from` on in the source of a string literal, quotes included, that its reader
/// drops; `npos` where there is none.
std::size_t next_lost_backslash(std::string_view literal, std::size_t from);

}  // namespace stactask::payload

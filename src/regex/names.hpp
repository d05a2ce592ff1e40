// Names and numbers of groups, as a pattern or a replacement writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "regex/regex.hpp"

namespace stactask::regex {

/// Python: _sre.MAXGROUPS.
inline constexpr std::int64_t max_groups = 0x3FFFFFFF;

/// Whether Python takes it as the name of a group. Of letters beyond ASCII, those that `\w` matches.
bool is_identifier(std::string_view name);

/// Python: int() of a text; -1 where that fails or is negative, at most max_groups. `digits` are those of its
/// str() then.
std::int64_t read_int(std::string_view text, std::string& digits);

/// The number of the group of this name, or `none`.
std::uint32_t group_named(const Pattern& pattern, std::string_view name);

}  // namespace stactask::regex

// Looking for a match: Python: Modules/_sre/sre_lib.h, SRE(search).
#pragma once

#include <string_view>

#include "regex/matcher.hpp"

namespace stactask::regex {

/// The first match at or behind `from`. With `must_advance`, an empty one at `from` does not count.
Outcome search_from(Matcher& matcher, const Pattern& pattern, std::string_view text, std::size_t from,
                    bool must_advance);

}  // namespace stactask::regex

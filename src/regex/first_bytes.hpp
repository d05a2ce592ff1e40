// What a match may begin with, so that a search looks at few places only.
#pragma once

#include "regex/regex.hpp"

namespace stactask::regex {

/// Fill in `first_bytes` and `is_anchored`.
void find_first_bytes(Pattern& pattern);

}  // namespace stactask::regex

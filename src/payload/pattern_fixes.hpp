// Edits of patterns, which stand inside JSON strings. They change what a pattern means, to what it seems to
// mean.
#pragma once

#include <optional>
#include <string_view>

#include "payload/findings.hpp"
#include "payload/fixes.hpp"

namespace stactask::payload {

/// The fix of a finding about a part of the pattern that stands at `pattern`, quotes included, where there is
/// one.
[[gnu::noinline]] std::optional<Fix> fix_of_pattern(std::string_view text, const Finding& finding,
                                                    json::ByteRange pattern);

}  // namespace stactask::payload

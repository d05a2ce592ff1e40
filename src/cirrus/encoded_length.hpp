// The size of a payload as Cirrus measures it.
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

namespace stactask::cirrus {

/// Characters that Cirrus hands on without a detour by way of a bucket (cirrus: PayloadManager).
inline constexpr std::size_t max_encoded_length = 120000;

/// `len(json.dumps(json.dumps(payload)))` of Python, of which counting stops soon after `limit`. `text` is
/// well-formed and followed by `json::text_padding` bytes. Of repeated keys the last counts, as in a dict.
std::size_t encoded_length(std::string_view text,
                           std::size_t limit = std::numeric_limits<std::size_t>::max());

}  // namespace stactask::cirrus

// Where the values stand that JSON Pointers name.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stactask::json {

/// Bytes [start, end) of a text.
struct ByteRange {
  std::size_t start = 0;
  std::size_t end = 0;
};

/// The ranges of the values that `pointers` name in `text`, which must be well-formed JSON followed by
/// `text_padding` bytes. Of duplicate keys the last is meant. A pointer that names nothing gets the
/// range of the nearest value around it that there is. One pass over the text for all pointers.
std::vector<ByteRange> locate(std::string_view text, std::span<const std::string> pointers);

/// The other way round: JSON Pointers of the innermost values or members that hold the byte offsets,
/// which must be sorted.
std::vector<std::string> pointers_at(std::string_view text, std::span<const std::size_t> offsets);

}  // namespace stactask::json

// Where the values stand that JSON Pointers name.
#pragma once

#include <cstddef>
#include <optional>
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

/// The bytes of the character that has one at `at`, or of the last. `text` is not empty.
ByteRange character_at(std::string_view text, std::size_t at);

/// Where a member or an element stands.
struct Place {
  ByteRange value;
  ByteRange key;  // with its quotes; empty for elements, for the root and where the pointer names nothing
};

/// The places of the values that `pointers` name in `text`, which must be well-formed JSON followed by
/// `text_padding` bytes. Of duplicate keys the last is meant. A pointer that names nothing gets the
/// place of the nearest value around it that there is. One pass over the text for all pointers.
std::vector<Place> locate(std::string_view text, std::span<const std::string> pointers);

/// What stands at a byte offset.
struct Spot {
  std::string pointer;  // of the innermost value or member there
  // Where the key at the offset is one that its object had before: the member of that name that came
  // last, up to the beginning of the member after it.
  std::optional<ByteRange> earlier;
};

/// The spots at byte offsets, which must be sorted. The result is shorter than the offsets when the
/// pointers have more than `max_bytes` bytes together.
std::vector<Spot> spots_at(std::string_view text, std::span<const std::size_t> offsets,
                           std::size_t max_bytes);

/// Finds where parts of strings stand in a text. Parts of one string that come from left to right are found
/// in one pass over it.
class StringParts {
 public:
  explicit StringParts(std::string_view text) : text_(text) {}

  /// `value` is the string's range with its quotes, `part` counts bytes of what the string decodes to.
  ByteRange find(ByteRange value, ByteRange part);

 private:
  void pass(std::size_t end, std::size_t goal);

  std::string_view text_;
  std::size_t string_ = 0;   // which string it is in, by the place after its opening quote
  std::size_t at_ = 0;       // where it is in the text
  std::size_t decoded_ = 0;  // and how many bytes of the string are before that
};

}  // namespace stactask::json

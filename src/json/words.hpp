// Texts of parts, such as lists of words with a blank between them.
#pragma once

#include <algorithm>
#include <string_view>

namespace stactask::json {

/// The part before the first separator, or all there is; it is taken off, with the separator.
inline std::string_view take_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

}  // namespace stactask::json

// Texts of parts, such as lists of words with a blank between them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace stactask::json {

/// The part before the first separator, or all there is; it is taken off, with the separator.
inline std::string_view take_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

/// Where a word begins among words that are separated by blanks; `npos` where it is none of them.
std::size_t find_word(std::string_view words, std::string_view word);

/// Whether `words`, separated by blanks, has this one.
inline bool has_word(std::string_view words, std::string_view word) {
  return find_word(words, word) != std::string_view::npos;
}

}  // namespace stactask::json

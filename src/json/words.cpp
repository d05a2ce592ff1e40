#include "json/words.hpp"

#include "json/lanes.hpp"

namespace stactask::json {

std::size_t find_word(std::string_view words, std::string_view word) {
  const auto stands_at = [&](std::size_t at) {
    const std::string_view rest = words.substr(at);
    const bool is_whole =
        rest.size() == word.size() || (rest.size() > word.size() && rest[word.size()] == ' ');
    return is_whole && rest.starts_with(word) && word.find(' ') == std::string_view::npos;
  };
  if (word.empty()) return std::string_view::npos;
  if (stands_at(0)) return 0;
  // Sixteen places at a time: a blank, and behind it the first letter.
  const auto* const bytes = reinterpret_cast<const Byte*>(words.data());
  const auto first = static_cast<Byte>(word[0]);
  std::size_t at = 0;
  for (; at + 16 < words.size(); at += 16) {
    std::uint32_t starts = lane_bits((load_lanes(bytes + at) == ' ') & (load_lanes(bytes + at + 1) == first));
    for (; starts != 0; starts &= starts - 1) {
      const std::size_t start = at + 1 + static_cast<std::size_t>(std::countr_zero(starts));
      if (stands_at(start)) return start;
    }
  }
  for (; at < words.size(); ++at) {
    if (words[at] == ' ' && stands_at(at + 1)) return at + 1;
  }
  return std::string_view::npos;
}

}  // namespace stactask::json

// Hashing of object keys. The host may set the seed once, before the first text, so that a payload's
// author cannot choose keys that all fall into one slot.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace stactask::json {

inline std::uint64_t hash_seed = 0x9E3779B97F4A7C15U;

inline std::size_t hash_text(std::string_view text) {
  std::uint64_t hash = hash_seed ^ text.size();
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * 0xD6E8FEB86659FD93U;
    hash ^= hash >> 32;
  };
  while (text.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    mix(word);
    text.remove_prefix(8);
  }
  std::uint64_t tail = 0;
  std::memcpy(&tail, text.data(), text.size());
  mix(tail);
  mix(hash_seed);
  return static_cast<std::size_t>(hash);
}

}  // namespace stactask::json

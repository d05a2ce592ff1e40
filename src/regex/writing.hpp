// Putting instructions behind each other.
#pragma once

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "regex/program.hpp"

namespace stactask::regex {

/// The bytes that one `literal` may have.
inline constexpr std::size_t max_literal = 0xFFFF;

inline void write_literal(std::vector<std::uint32_t>& code, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, max_literal);
    code.push_back(word_of(Op::literal, static_cast<std::uint32_t>(part.size())));
    const std::size_t at = code.size();
    code.resize(at + (part.size() + 3) / 4);
    std::memcpy(code.data() + at, part.data(), part.size());
    bytes.remove_prefix(part.size());
  }
}

}  // namespace stactask::regex

// Putting instructions behind each other.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace stactask::regex {

/// One function for push_back, whose inlined copies would cost a kilobyte of wasm.
void write_word(std::vector<std::uint32_t>& code, std::uint32_t word);

/// As many `literal` as it takes.
void write_literal(std::vector<std::uint32_t>& code, std::string_view bytes);

}  // namespace stactask::regex

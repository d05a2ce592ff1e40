#include "regex/writing.hpp"

#include <cstring>

#include "regex/program.hpp"

namespace stactask::regex {

namespace {

// The bytes that one `literal` may have.
constexpr std::size_t max_literal = 0xFFFF;

}  // namespace

void write_word(std::vector<std::uint32_t>& code, std::uint32_t word) { code.push_back(word); }

void write_literal(std::vector<std::uint32_t>& code, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, max_literal);
    write_word(code, word_of(Op::literal, static_cast<std::uint32_t>(part.size())));
    for (std::size_t at = 0; at < part.size(); at += 4) {
      std::uint32_t word = 0;
      std::memcpy(&word, part.data() + at, part.size() - at < 4 ? part.size() - at : 4);
      write_word(code, word);
    }
    bytes.remove_prefix(part.size());
  }
}

}  // namespace stactask::regex

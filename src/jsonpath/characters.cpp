#include "jsonpath/characters.hpp"

#include "regex/unicode.hpp"

namespace stactask::jsonpath {

namespace {

template <typename Belongs>
std::size_t skip(std::string_view text, std::size_t at, Belongs belongs) {
  while (at < text.size()) {
    const json::Utf8Sequence c = character_at(text, at);
    if (!belongs(c.code_point)) break;
    at += static_cast<std::size_t>(c.length);
  }
  return at;
}

}  // namespace

int decimal_digit(char32_t code_point) {
  if (code_point < 0x80)
    return code_point >= '0' && code_point <= '9' ? static_cast<int>(code_point - '0') : -1;
  return regex::digit_value(code_point);
}

bool is_space(char32_t c) {
  if (c <= 0x20) return c == 0x20 || (c >= 0x09 && c <= 0x0D) || c >= 0x1C;
  if (c < 0x1680) return c == 0x85 || c == 0xA0;
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

json::Utf8Sequence character_at(std::string_view text, std::size_t at) {
  const auto* begin = reinterpret_cast<const json::Byte*>(text.data());
  const json::Utf8Sequence sequence = json::read_utf8(begin + at, begin + text.size());
  return sequence.length > 0 ? sequence : json::Utf8Sequence{0xFFFD, 1};
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  return skip(text, at, [](char32_t c) { return decimal_digit(c) >= 0; });
}

std::size_t skip_space(std::string_view text, std::size_t at) { return skip(text, at, is_space); }

}  // namespace stactask::jsonpath

// Characters as Python classes them.
#pragma once

#include <cstddef>
#include <string_view>

#include "json/utf8.hpp"

namespace stactask::jsonpath {

/// The value of a character of Unicode's class Nd (`str.isdecimal`), or -1.
int decimal_digit(char32_t code_point);

/// `str.isspace`, and what `\s` matches.
bool is_space(char32_t code_point);

/// The character at a byte offset. What is no UTF-8 is taken byte by byte.
json::Utf8Sequence character_at(std::string_view text, std::size_t at);

/// Behind the digits, or the space, that begin at a byte offset.
std::size_t skip_digits(std::string_view text, std::size_t at);
std::size_t skip_space(std::string_view text, std::size_t at);

}  // namespace stactask::jsonpath

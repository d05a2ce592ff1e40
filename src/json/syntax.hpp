// What can be wrong with a text that should be JSON, and where.
#pragma once

#include <cstddef>
#include <cstdint>

namespace stactask::json {

/// Containers inside containers, at most. Python's json overflows its own stack a little before 1,000.
inline constexpr std::size_t max_depth = 1000;

/// Digits in an integer, at most: Python 3.11 and later refuse to convert more.
inline constexpr std::size_t max_integer_digits = 4300;

enum class SyntaxErrorKind : std::uint8_t {
  none,
  expected_value,
  expected_key,
  expected_colon,
  expected_comma,
  trailing_text,
  unterminated_string,
  control_character,
  bad_escape,
  bad_unicode_escape,
  invalid_utf8,
  too_deep,
  integer_too_long,
};

/// `offset` counts bytes from the start of the text and is the place that Python's json reports too.
struct SyntaxError {
  SyntaxErrorKind kind = SyntaxErrorKind::none;
  std::size_t offset = 0;
};

}  // namespace stactask::json

// UTF-8, as Python's `surrogatepass` reads it: surrogates may stand alone, in three bytes each.
#pragma once

#include <string>
#include <string_view>

#include "json/lanes.hpp"

namespace stactask::json {

/// U+FEFF, which some programs put before a text.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

inline std::string_view without_byte_order_mark(std::string_view text) {
  return text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text;
}

inline bool is_surrogate(char32_t code_point) { return (code_point & 0xFFFFF800) == 0xD800; }

/// `length` is 0 when no sequence begins here.
struct Utf8Sequence {
  char32_t code_point = 0;
  int length = 0;
};

/// Read the sequence at `p`, which may be ASCII. `p < end`; bytes up to `end` only are looked at.
inline Utf8Sequence read_utf8(const Byte* p, const Byte* end) {
  const auto continuation = [&](int i) { return p + i < end && (p[i] & 0xC0) == 0x80; };
  const char32_t lead = p[0];
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xC2 && lead < 0xE0 && continuation(1)) {
    return {(lead & 0x1F) << 6 | (p[1] & 0x3FU), 2};
  }
  if ((lead & 0xF0) == 0xE0 && continuation(1) && continuation(2)) {
    const char32_t code_point = (lead & 0x0F) << 12 | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU);
    if (code_point >= 0x800) return {code_point, 3};
  }
  if (lead >= 0xF0 && lead < 0xF5 && continuation(1) && continuation(2) && continuation(3)) {
    const char32_t code_point =
        (lead & 0x07) << 18 | (p[1] & 0x3FU) << 12 | (p[2] & 0x3FU) << 6 | (p[3] & 0x3FU);
    if (code_point >= 0x10000 && code_point < 0x110000) return {code_point, 4};
  }
  return {};
}

inline void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

/// Four hexadecimal digits as a number, or -1.
inline int read_hex4(const Byte* p) {
  int value = 0;
  for (int i = 0; i < 4; ++i) {
    const Byte lower = p[i] | 0x20;
    int digit = -1;
    if (p[i] >= '0' && p[i] <= '9') digit = p[i] - '0';
    if (lower >= 'a' && lower <= 'f') digit = lower - 'a' + 10;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

}  // namespace stactask::json

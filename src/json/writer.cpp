#include "json/writer.hpp"

#include "json/join.hpp"
#include "json/utf8.hpp"

namespace stactask::json {

namespace {

void write_unit(std::string& out, char32_t unit) {
  constexpr char digits[] = "0123456789abcdef";
  out.append("\\u");
  for (int shift = 12; shift >= 0; shift -= 4) out.push_back(digits[unit >> shift & 0xF]);
}

}  // namespace

std::string join(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  std::string out;
  out.reserve(size);
  for (const std::string_view part : parts) out.append(part);
  return out;
}

void write_string(std::string& out, std::string_view text) {
  const Byte* p = reinterpret_cast<const Byte*>(text.data());
  const Byte* const end = p + text.size();
  out.push_back('"');
  while (p < end) {
    const Byte* const plain = p;
    while (p < end && *p >= 0x20 && *p < 0x7F && *p != '"' && *p != '\\') ++p;
    out.append(reinterpret_cast<const char*>(plain), static_cast<std::size_t>(p - plain));
    if (p == end) break;
    if (*p == '"' || *p == '\\') {
      out.push_back('\\');
      out.push_back(static_cast<char>(*p++));
    } else {
      const Utf8Sequence sequence = read_utf8(p, end);
      const char32_t code_point = sequence.length == 0 ? 0xFFFD : sequence.code_point;
      if (code_point < 0x10000) {
        write_unit(out, code_point);
      } else {
        write_unit(out, 0xD800 + ((code_point - 0x10000) >> 10));
        write_unit(out, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
      }
      p += sequence.length == 0 ? 1 : sequence.length;
    }
  }
  out.push_back('"');
}

std::string escaped(std::string_view text) {
  std::string quoted;
  write_string(quoted, text);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace stactask::json

#include "payload/syntax_findings.hpp"

#include <algorithm>
#include <string>

#include "json/join.hpp"
#include "json/utf8.hpp"

namespace stactask::payload {

using json::Byte;
using json::SyntaxErrorKind;

namespace {

struct Wording {
  Code code;
  std::string_view python;  // Python's message without the position
};

Wording wording_of(SyntaxErrorKind kind) {
  switch (kind) {
    case SyntaxErrorKind::expected_key:
      return {Code::json_expected_key, "Expecting property name enclosed in double quotes"};
    case SyntaxErrorKind::expected_colon: return {Code::json_expected_colon, "Expecting ':' delimiter"};
    case SyntaxErrorKind::expected_comma: return {Code::json_expected_comma, "Expecting ',' delimiter"};
    case SyntaxErrorKind::trailing_text: return {Code::json_trailing_text, "Extra data"};
    case SyntaxErrorKind::unterminated_string:
      return {Code::json_unterminated_string, "Unterminated string starting at"};
    case SyntaxErrorKind::control_character:
      return {Code::json_control_character, "Invalid control character at"};
    case SyntaxErrorKind::bad_escape: return {Code::json_bad_escape, "Invalid \\escape"};
    case SyntaxErrorKind::bad_unicode_escape:
      return {Code::json_bad_unicode_escape, "Invalid \\uXXXX escape"};
    default: return {Code::json_expected_value, "Expecting value"};
  }
}

// `: line 1 column 2 (char 1)`, all in code points, lines ended by LF alone.
std::string python_place(std::string_view before) {
  std::size_t line = 1;
  std::size_t column = 1;
  std::size_t offset = 0;
  for (const char byte : before) {
    if ((static_cast<Byte>(byte) & 0xC0) == 0x80) continue;
    ++offset;
    ++column;
    if (byte == '\n') {
      ++line;
      column = 1;
    }
  }
  return json::join({": line ", std::to_string(line), " column ", std::to_string(column), " (char ",
                     std::to_string(offset), ")"});
}

json::ByteRange one_character(std::string_view text, std::size_t offset) {
  const Byte* const begin = reinterpret_cast<const Byte*>(text.data());
  if (offset >= text.size()) return {text.size(), text.size()};
  const int length = json::read_utf8(begin + offset, begin + text.size()).length;
  return {offset, offset + static_cast<std::size_t>(std::max(length, 1))};
}

// Letters and digits from `offset` on, so that `nulll` is marked as a whole; else one character.
json::ByteRange word_at(std::string_view text, std::size_t offset) {
  const auto is_word = [&](std::size_t i) {
    const auto lower = static_cast<Byte>(text[i] | 0x20);
    return (lower >= 'a' && lower <= 'z') || (text[i] >= '0' && text[i] <= '9') || text[i] == '_';
  };
  std::size_t end = offset;
  while (end < text.size() && end - offset < 40 && is_word(end)) ++end;
  return end > offset ? json::ByteRange{offset, end} : one_character(text, offset);
}

std::string hex_code_point(char32_t code_point) {
  std::string digits;
  for (; code_point != 0 || digits.size() < 4; code_point >>= 4) {
    digits.insert(digits.begin(), "0123456789ABCDEF"[code_point & 0xF]);
  }
  return "U+" + digits;
}

std::string describe(std::string_view text, json::ByteRange range) {
  if (range.start == text.size()) return "the end of the text";
  const Byte first = static_cast<Byte>(text[range.start]);
  if (first < 0x20 || first == 0x7F) return hex_code_point(first);
  return json::join({"'", text.substr(range.start, range.end - range.start), "'"});
}

struct DecodeError {
  json::ByteRange range;
  std::string_view reason;
};

// Python: Objects/stringlib/codecs.h utf8_decode, for the bytes at `offset`, where no sequence begins.
DecodeError decode_error(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<Byte>(text[offset + i]); };
  const Byte lead = byte(0);
  const DecodeError invalid_start{{offset, offset + 1}, "invalid start byte"};
  if (lead < 0xC2 || lead > 0xF4) return invalid_start;
  const std::size_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::size_t valid = 1;
  for (; valid < wanted && offset + valid < text.size(); ++valid) {
    if ((byte(valid) & 0xC0) != 0x80) break;
    if (valid > 1) continue;
    const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    if (overlong || surrogate || (lead == 0xF4 && byte(1) > 0x8F)) break;
  }
  const bool at_end = offset + valid == text.size();
  return {{offset, offset + valid}, at_end ? "unexpected end of data" : "invalid continuation byte"};
}

std::optional<Finding> decoding_finding(std::string_view text) {
  const Byte* const begin = reinterpret_cast<const Byte*>(text.data());
  const Byte* const end = begin + text.size();
  for (const Byte* p = begin; p < end;) {
    const int length = json::read_utf8(p, end).length;
    if (length != 0) {
      p += length;
      continue;
    }
    const DecodeError error = decode_error(text, static_cast<std::size_t>(p - begin));
    const auto [first, after] = error.range;
    const std::string hex{"0123456789abcdef"[*p >> 4], "0123456789abcdef"[*p & 0xF]};
    const std::string place =
        after - first == 1
            ? json::join({" 0x", hex, " in position ", std::to_string(first)})
            : json::join({"s in position ", std::to_string(first), "-", std::to_string(after - 1)});
    std::string python = json::join({"'utf-8' codec can't decode byte", place, ": ", error.reason});
    return Finding{Code::json_invalid_utf8, "", std::string(error.reason), json::ByteRange{first, first + 1},
                   std::move(python)};
  }
  return std::nullopt;
}

json::ByteRange range_of(std::string_view text, const json::SyntaxError& error) {
  switch (error.kind) {
    case SyntaxErrorKind::unterminated_string: return {error.offset, text.size()};
    case SyntaxErrorKind::bad_escape: return {error.offset, one_character(text, error.offset + 1).end};
    case SyntaxErrorKind::bad_unicode_escape:
      return {error.offset - 1, std::min(error.offset + 5, text.size())};
    case SyntaxErrorKind::control_character: return one_character(text, error.offset);
    default: return word_at(text, error.offset);
  }
}

Finding too_deep_finding(std::string_view text, std::size_t offset) {
  const std::string_view kind = text[offset] == '{' ? "object" : "array";
  return {Code::json_too_deep, "", std::to_string(json::max_depth), json::ByteRange{offset, offset + 1},
          json::join(
              {"maximum recursion depth exceeded while decoding a JSON ", kind, " from a unicode string"})};
}

Finding too_long_finding(std::string_view text, std::size_t offset) {
  const std::size_t sign = text[offset] == '-' ? 1 : 0;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", offset + sign), text.size());
  const std::string digits = std::to_string(end - offset - sign);
  return {Code::json_integer_too_long, "", digits, json::ByteRange{offset, end},
          json::join({"Exceeds the limit (", std::to_string(json::max_integer_digits),
                      " digits) for integer string conversion: value has ", digits,
                      " digits; use sys.set_int_max_str_digits() to increase the limit"})};
}

}  // namespace

Finding syntax_finding(std::string_view text, const json::SyntaxError& error, bool is_bytes) {
  if (is_bytes || error.kind == SyntaxErrorKind::invalid_utf8) {
    if (auto finding = decoding_finding(text)) return *finding;
  }
  if (error.kind == SyntaxErrorKind::too_deep) return too_deep_finding(text, error.offset);
  if (error.kind == SyntaxErrorKind::integer_too_long) return too_long_finding(text, error.offset);
  Wording wording = wording_of(error.kind);
  if (error.kind == SyntaxErrorKind::expected_value && error.offset == text.size() &&
      text.find_first_not_of(" \t\n\r") == std::string_view::npos) {
    wording.code = Code::json_empty;
  }
  const json::ByteRange range = range_of(text, error);
  return {wording.code, "", describe(text, range), range,
          json::join({wording.python, python_place(text.substr(0, error.offset))})};
}

std::optional<Finding> encoding_finding(std::string_view bytes) {
  const auto is_zero = [&](std::size_t i) { return bytes[i] == '\0'; };
  const bool has_mark = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  const bool has_zeros = (bytes.size() >= 4 || bytes.size() == 2) && (is_zero(0) || is_zero(1));
  if (!has_mark && !has_zeros) return std::nullopt;
  return Finding{Code::json_encoding, "", {}, json::ByteRange{0, 0}};
}

}  // namespace stactask::payload

#include "json/python_text.hpp"

#include <algorithm>
#include <iterator>

#include "json/decimal.hpp"
#include "json/join.hpp"
#include "json/unprintable_table.hpp"
#include "json/utf8.hpp"

namespace stactask::json {

namespace {

// Python: str.isprintable of one character.
bool is_printable(char32_t code_point) {
  char32_t boundary = 0;
  bool in_range = false;
  for (const unsigned char* p = unprintable_table; p < std::end(unprintable_table);) {
    char32_t step = 0;
    int shift = 0;
    do {
      step |= static_cast<char32_t>(*p & 0x7F) << shift;
      shift += 7;
    } while ((*p++ & 0x80) != 0);
    boundary += step;
    if (code_point < boundary) return !in_range;
    in_range = !in_range;
  }
  return true;
}

void append_hex(std::string& out, char letter, char32_t code_point, int digits) {
  out.push_back('\\');
  out.push_back(letter);
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    out.push_back("0123456789abcdef"[code_point >> shift & 0xF]);
  }
}

void append_character_repr(std::string& out, char32_t code_point, char quote) {
  switch (code_point) {
    case '\n': out.append("\\n"); return;
    case '\r': out.append("\\r"); return;
    case '\t': out.append("\\t"); return;
    default: break;
  }
  if (code_point == '\\' || code_point == static_cast<char32_t>(quote)) {
    out.push_back('\\');
    out.push_back(static_cast<char>(code_point));
  } else if (is_printable(code_point)) {
    append_utf8(out, code_point);
  } else if (code_point < 0x100) {
    append_hex(out, 'x', code_point, 2);
  } else if (code_point < 0x10000) {
    append_hex(out, 'u', code_point, 4);
  } else {
    append_hex(out, 'U', code_point, 8);
  }
}

// Python: Objects/unicodeobject.c unicode_repr.
void append_string_repr(std::string& out, std::string_view text) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  const bool has_double = text.find('"') != std::string_view::npos;
  const char quote = has_single && !has_double ? '"' : '\'';
  const Byte* p = reinterpret_cast<const Byte*>(text.data());
  const Byte* const end = p + text.size();
  out.push_back(quote);
  while (p < end) {
    const Utf8Sequence sequence = read_utf8(p, end);
    append_character_repr(out, sequence.code_point, quote);
    p += std::max(sequence.length, 1);
  }
  out.push_back(quote);
}

// Recursion is bounded by max_depth, which the stack of the wasm build is made for.
void append_repr(std::string& out, const Value& value) {
  if (value.is_string()) {
    append_string_repr(out, string_of(value));
  } else if (value.is_array()) {
    out.push_back('[');
    for (bool first = true; const Value& element : array_of(value)) {
      if (!std::exchange(first, false)) out.append(", ");
      append_repr(out, element);
    }
    out.push_back(']');
  } else if (value.is_object()) {
    out.push_back('{');
    for (bool first = true; const auto& [key, element] : object_of(value)) {
      if (!std::exchange(first, false)) out.append(", ");
      append_string_repr(out, key);
      out.append(": ");
      append_repr(out, element);
    }
    out.push_back('}');
  } else if (value.is_boolean()) {
    out.append(value.get<bool>() ? "True" : "False");
  } else if (is_big_integer(value)) {
    out.append(big_integer_text(value));
  } else if (value.is_number_unsigned()) {
    out.append(std::to_string(value.get<std::uint64_t>()));
  } else if (value.is_number_integer()) {
    out.append(std::to_string(value.get<std::int64_t>()));
  } else if (value.is_number_float()) {
    out.append(float_repr(value.get<double>()));
  } else {
    out.append("None");
  }
}

}  // namespace

std::string_view python_type_name(const Value& value) {
  if (value.is_object()) return "dict";
  if (value.is_array()) return "list";
  if (value.is_string()) return "str";
  if (value.is_boolean()) return "bool";
  if (value.is_null()) return "NoneType";
  return is_integer(value) ? "int" : "float";
}

bool is_truthy(const Value& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_string()) return !string_of(value).empty();
  if (value.is_number()) return value.get<double>() != 0;
  return is_big_integer(value) || !value.empty();
}

std::string python_subscript_error(const Value& value) {
  if (value.is_string()) return "string indices must be integers, not 'str'";
  if (value.is_array()) return "list indices must be integers or slices, not str";
  return join({"'", python_type_name(value), "' object is not subscriptable"});
}

std::string python_str(const Value& value) {
  return value.is_string() ? string_of(value) : python_repr(value);
}

std::string python_string_repr(std::string_view text) {
  std::string out;
  append_string_repr(out, text);
  return out;
}

std::string python_repr(const Value& value) {
  std::string out;
  append_repr(out, value);
  return out;
}

}  // namespace stactask::json

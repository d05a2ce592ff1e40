#include "json/reader.hpp"

#include <algorithm>
#include <limits>

#include "json/decimal.hpp"
#include "json/utf8.hpp"

namespace stactask::json {

namespace {

char simple_escape(char letter) {
  switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return letter;
  }
}

Value read_word(std::string_view word) {
  if (word == "true" || word == "false") return word == "true";
  if (word == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (word == "Infinity") return std::numeric_limits<double>::infinity();
  if (word == "-Infinity") return -std::numeric_limits<double>::infinity();
  return nullptr;
}

// A container that is not closed yet, and the key of the member that is being read.
struct Open {
  Value* container;
  StringSpan key;
};

}  // namespace

std::string decode_string(const StringSpan& span) {
  if (!span.escaped) return std::string(span.raw);
  const std::string_view raw = span.raw;
  const auto unit_at = [&](std::size_t i) {
    return static_cast<char32_t>(read_hex4(reinterpret_cast<const Byte*>(raw.data() + i)));
  };
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size();) {
    const std::size_t escape = std::min(raw.find('\\', i), raw.size());
    out.append(raw, i, escape - i);
    i = escape;
    if (i == raw.size()) break;
    if (raw[i + 1] != 'u') {
      out.push_back(simple_escape(raw[i + 1]));
      i += 2;
      continue;
    }
    char32_t code_point = unit_at(i + 2);
    i += 6;
    if (code_point >= 0xD800 && code_point < 0xDC00 && raw.substr(i, 2) == "\\u") {
      const char32_t low = unit_at(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
        i += 6;
      }
    }
    append_utf8(out, code_point);
  }
  return out;
}

Value read_number(std::string_view text) {
  if (text.find_first_of(".eE") != std::string_view::npos) return parse_decimal(text);
  const bool negative = text.front() == '-';
  std::uint64_t magnitude = 0;
  bool fits = true;
  for (const char digit : text.substr(negative ? 1 : 0)) {
    const auto next = static_cast<std::uint64_t>(digit - '0');
    fits = fits && magnitude <= (std::numeric_limits<std::uint64_t>::max() - next) / 10;
    magnitude = magnitude * 10 + next;
  }
  constexpr std::uint64_t lowest = 1ULL << 63;
  if (fits && negative && magnitude <= lowest) {
    return static_cast<std::int64_t>(0 - magnitude);
  }
  if (fits && !negative) {
    if (magnitude < lowest) return static_cast<std::int64_t>(magnitude);
    return magnitude;
  }
  return Value::binary({text.begin(), text.end()});
}

static bool read_scalar(Scanner& scanner, Byte first, Value& out) {
  if (first == '"') {
    StringSpan span;
    if (!scanner.string(span)) return false;
    out = decode_string(span);
    return true;
  }
  std::string_view text;
  if (!scanner.scalar(text)) return false;
  const char last = text.back();
  const bool is_number = last >= '0' && last <= '9';
  out = is_number ? read_number(text) : read_word(text);
  return true;
}

bool read_value(Scanner& scanner, Value& out, DuplicateKeys& duplicates) {
  if (const Byte start = scanner.peek(); start != '{' && start != '[')
    return read_scalar(scanner, start, out);
  std::vector<Open> open;
  open.reserve(8);
  Value* slot = &out;
  const auto next_member = [&] {
    Open& level = open.back();
    if (!scanner.key(level.key)) return false;
    auto& object = *level.container->get_ptr<Value::object_t*>();
    const auto [place, is_new] = object.emplace(decode_string(level.key), nullptr);
    if (!is_new) {
      place->second = nullptr;
      duplicates.add(level.key);
    }
    slot = &place->second;
    return true;
  };
  const auto next_element = [&] {
    auto& array = *open.back().container->get_ptr<Value::array_t*>();
    slot = &array.emplace_back(nullptr);
    return true;
  };
  for (;;) {
    const Byte first = scanner.peek();
    if (first == '{' || first == '[') {
      const bool is_object = first == '{';
      if (!scanner.enter()) return false;
      *slot = empty_container(is_object);
      if (scanner.peek() != static_cast<Byte>(is_object ? '}' : ']')) {
        open.push_back({slot, {}});
        if (!(is_object ? next_member() : next_element())) return false;
        continue;
      }
      scanner.leave();
    } else if (!read_scalar(scanner, first, *slot)) {
      return false;
    }
    // A value has ended: close what ends with it, then go on to its neighbour.
    for (;;) {
      if (open.empty()) return true;
      const bool in_object = open.back().container->is_object();
      if (scanner.peek() != static_cast<Byte>(in_object ? '}' : ']')) {
        if (!scanner.comma() || !(in_object ? next_member() : next_element())) return false;
        break;
      }
      scanner.leave();
      open.pop_back();
    }
  }
}

}  // namespace stactask::json

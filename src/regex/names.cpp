#include "regex/names.hpp"

#include <algorithm>

#include "json/utf8.hpp"
#include "regex/unicode.hpp"

namespace stactask::regex {

namespace {

class Characters {
 public:
  explicit Characters(std::string_view text)
      : at_(reinterpret_cast<const json::Byte*>(text.data())), end_(at_ + text.size()) {}

  [[nodiscard]] bool at_end() const { return at_ == end_; }
  char32_t next() {
    const json::Utf8Sequence character = json::read_utf8(at_, end_);
    at_ += std::max(character.length, 1);
    return character.code_point;
  }

 private:
  const json::Byte* at_;
  const json::Byte* end_;
};

}  // namespace

bool is_identifier(std::string_view name) {
  bool is_first = true;
  for (Characters characters(name); !characters.at_end(); is_first = false) {
    const char32_t c = characters.next();
    if (!is_in_class(Class::word, c) || (is_first && digit_value(c) >= 0)) return false;
  }
  return !is_first;
}

std::int64_t read_int(std::string_view text, std::string& digits) {
  constexpr std::size_t most_digits = 4300;  // sys.int_info.default_max_str_digits
  enum class Last : std::uint8_t { nothing, sign, digit, underscore, space } last = Last::nothing;
  std::int64_t value = 0;
  std::size_t count = 0;
  bool is_negative = false;
  for (Characters characters(text); !characters.at_end();) {
    const char32_t c = characters.next();
    const int digit = digit_value(c);
    bool is_right = last != Last::space;
    if (is_in_class(Class::space, c)) {
      is_right = last == Last::nothing || last == Last::digit || last == Last::space;
      if (last == Last::digit) last = Last::space;
    } else if (digit >= 0) {
      is_right &= ++count <= most_digits;
      value = std::min(value * 10 + digit, max_groups);
      if (value > 0) digits.push_back(static_cast<char>('0' + digit));
      last = Last::digit;
    } else if (c == '_') {
      is_right = last == Last::digit;
      last = Last::underscore;
    } else {
      is_right = last == Last::nothing && (c == '+' || c == '-');
      is_negative = c == '-';
      last = Last::sign;
    }
    if (!is_right) return -1;
  }
  if (last != Last::digit && last != Last::space) return -1;
  return is_negative && value > 0 ? -1 : value;
}

std::uint32_t group_named(const Pattern& pattern, std::string_view name) {
  std::string_view names = pattern.names;
  for (const std::uint32_t group : pattern.named_groups) {
    const std::size_t end = names.find('\n');
    if (names.substr(0, end) == name) return group;
    names.remove_prefix(end + 1);
  }
  return none;
}

}  // namespace stactask::regex

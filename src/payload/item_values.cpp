#include "payload/item_values.hpp"

#include <algorithm>
#include <cmath>

namespace stactask::payload::item {

namespace {

bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
bool is_of_license(char c) { return is_word(c) || c == '_' || c == '-' || c == '.' || c == '+'; }
bool is_of_scheme(char c) { return is_word(c) || c == '-' || c == '.' || c == '+'; }

template <typename Predicate>
bool is_all(std::string_view text, Predicate predicate) {
  return !text.empty() && std::all_of(text.begin(), text.end(), predicate);
}

// `expectation` ends in "one of " and the words that may stand, with spaces between them.
const char* flaw_of_choice(const char* expectation, std::string_view word) {
  constexpr std::string_view before = "one of ";
  std::string_view rest = expectation;
  rest.remove_prefix(rest.find(before) + before.size());
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (rest.substr(0, end) == word) return nullptr;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return expectation;
}

}  // namespace

const char* flaw_of_text(Check check, std::string_view text) {
  switch (check) {
    case Check::filled: return text.empty() ? "a string that is not empty" : nullptr;
    case Check::license:
      return is_all(text, is_of_license) ? nullptr : "made of letters, digits, '_', '-', '.' and '+'";
    case Check::method: return is_all(text, is_capital) ? nullptr : "made of capital letters";
    case Check::data_type:
      return flaw_of_choice(
          "one of int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 cint16 cint32 "
          "cfloat32 cfloat64 other",
          text);
    case Check::provider_role: return flaw_of_choice("one of producer licensor processor host", text);
    case Check::nodata: return flaw_of_choice("a number or one of nan inf -inf", text);
    default: return nullptr;
  }
}

const char* flaw_of_number(Check check, double number) {
  switch (check) {
    case Check::positive: return number <= 0 ? "greater than 0" : nullptr;
    case Check::percent: return number < 0 || number > 100 ? "from 0 to 100" : nullptr;
    case Check::count:
      return number < 0 || std::isinf(number) || number != std::floor(number) ? "a whole number, not below 0"
                                                                              : nullptr;
    default: return nullptr;
  }
}

bool has_scheme(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size() - 1);
  return !text.empty() && text[colon] == ':' && is_letter(text[0]) &&
         is_all(text.substr(0, colon), is_of_scheme);
}

}  // namespace stactask::payload::item

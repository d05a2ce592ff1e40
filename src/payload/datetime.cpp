#include "payload/datetime.hpp"

#include <cstddef>

namespace stactask::payload {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int days_in(int year, int month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

}  // namespace

bool is_utc_datetime(std::string_view text) {
  // `0` stands for a digit.
  constexpr std::string_view form = "0000-00-00T00:00:00";
  if (text.size() <= form.size()) return false;
  std::size_t at = 0;
  for (; at < form.size(); ++at) {
    const char c = text[at];
    const bool fits = form[at] == '0' ? is_digit(c) : c == form[at] || (at == 10 && c == 't');
    if (!fits) return false;
  }
  const auto pair = [&](std::size_t from) { return (text[from] - '0') * 10 + text[from + 1] - '0'; };
  const int year = pair(0) * 100 + pair(2);
  const int month = pair(5);
  const int day = pair(8);
  if (year == 0 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return false;
  if (pair(11) > 23 || pair(14) > 59 || pair(17) > 59) return false;
  if (text[at] == '.' && at + 1 < text.size() && is_digit(text[at + 1])) {
    do ++at;
    while (at < text.size() && is_digit(text[at]));
  }
  text.remove_prefix(at);
  return text == "Z" || text == "+00:00";
}

}  // namespace stactask::payload

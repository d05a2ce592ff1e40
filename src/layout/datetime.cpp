#include "layout/datetime.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "json/python_text.hpp"

namespace stactask::layout {

namespace {

using Text = std::string_view;

constexpr int last_year = 9999;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Python's `int(bytes)` of a few bytes: blanks around, a sign, and single underscores between digits.
bool read_int(Text text, int& out) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  bool after_digit = false;
  for (const char c : text) {
    if (!is_digit(c) && (c != '_' || !after_digit)) return false;
    after_digit = c != '_';
    if (after_digit) value = value * 10 + (c - '0');
  }
  out = is_negative ? -value : value;
  return after_digit;
}

// Python's `repr(bytes)` of ASCII.
std::string bytes_repr(Text bytes) {
  const bool is_double = bytes.find('\'') != Text::npos && bytes.find('"') == Text::npos;
  const char quote = is_double ? '"' : '\'';
  std::string out{'b', quote};
  for (const char c : bytes) {
    if (c == '\t' || c == '\n' || c == '\r') {
      out.push_back('\\');
      out.push_back(c == '\t' ? 't' : c == '\n' ? 'n' : 'r');
    } else if (c < ' ' || c == '\x7F') {
      out.append("\\x");
      out.push_back("0123456789abcdef"[c >> 4]);
      out.push_back("0123456789abcdef"[c & 0xF]);
    } else {
      if (c == '\\' || c == quote) out.push_back('\\');
      out.push_back(c);
    }
  }
  out.push_back(quote);
  return out;
}

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return 30 + ((month + month / 8) & 1);
}

// Monday is 1.
int iso_weekday(int year, int day_of_year) {
  const int years = year - 1;
  return (years * 365 + years / 4 - years / 100 + years / 400 + day_of_year + 6) % 7 + 1;
}

// Makes `day`, counted from the first of the month, a day of some month.
void roll(DateTime& date, int day) {
  while (day < 1) {
    if (--date.month < 1) {
      date.month = 12;
      --date.year;
    }
    day += days_in(date.year, date.month);
  }
  while (day > days_in(date.year, date.month)) {
    day -= days_in(date.year, date.month);
    if (++date.month > 12) {
      date.month = 1;
      ++date.year;
    }
  }
  date.day = day;
}

// Python: dateutil/parser/isoparser.py, isoparser.isoparse. Places are counted in the whole text; like
// Python's slices, what is read may end beyond it.
class IsoReader {
 public:
  IsoReader(Text text, DateTime& out, Error& error)
      : text_(text), end_(static_cast<int>(text.size())), out_(out), error_(error) {}

  bool read() {
    // Whatever is wrong with the common forms, the error is the one of the uncommon ones.
    if (!read_common_date() && !read_uncommon_date()) return false;
    return (at_ >= end_ || read_time()) && check_fields();
  }

 private:
  bool fail(const char* text) { return raise(error_, text); }

  bool fail_out_of_range() { return fail("OverflowError: date value out of range"); }

  bool fail_with(const char* text, int number) { return raise(error_, text, {std::to_string(number)}); }

  [[nodiscard]] bool is_at(int at, char c) const {
    return at < end_ && text_[static_cast<std::size_t>(at)] == c;
  }

  [[nodiscard]] Text slice(int size) const {
    const int start = std::min(at_, end_);
    return text_.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(size));
  }

  // The next bytes as a number.
  bool take(int size, int& out) {
    const Text text = slice(size);
    at_ += size;
    return read_int(text, out) ||
           raise(error_, "ValueError: invalid literal for int() with base 10: %", {bytes_repr(text)});
  }

  // YYYY, YYYY-MM, YYYY-MM-DD and YYYYMMDD.
  bool read_common_date() {
    if (end_ < 4 || !take(4, out_.year)) return false;
    if (at_ == end_) return true;
    const bool has_dash = is_at(at_, '-');
    if (has_dash) ++at_;
    if (end_ < at_ + 2 || !take(2, out_.month)) return false;
    if (at_ == end_) return has_dash;
    if (has_dash && !is_at(at_++, '-')) return false;
    return end_ >= at_ + 2 && take(2, out_.day);
  }

  // YYYY-Www, YYYY-Www-D, YYYY-DDD and these without dashes.
  bool read_uncommon_date() {
    out_ = {};
    at_ = 0;
    if (end_ < 4) return fail("ValueError: ISO string too short");
    if (!take(4, out_.year)) return false;
    const bool has_dash = is_at(4, '-');
    if (has_dash) ++at_;
    return is_at(at_, 'W') ? read_week(has_dash) : read_ordinal_day();
  }

  bool read_week(bool has_dash) {
    int week = 0;
    int day = 1;
    ++at_;
    if (!take(2, week)) return false;
    if (at_ < end_) {
      if (is_at(at_, '-') != has_dash) return fail("ValueError: Inconsistent use of dash separator");
      if (has_dash) ++at_;
      if (!take(1, day)) return false;
    }
    if (week < 1 || week > 53) return fail_with("ValueError: Invalid week: %", week);
    if (day < 1 || day > 7) return fail_with("ValueError: Invalid weekday: %", day);
    if (!check_year()) return false;
    // The fourth of January is in the first week.
    roll(out_, 5 - iso_weekday(out_.year, 4) + (week - 1) * 7 + (day - 1));
    return out_.year <= last_year || fail_out_of_range();
  }

  bool read_ordinal_day() {
    int day = 0;
    if (end_ < at_ + 3) return fail("ValueError: Invalid ordinal day");
    if (!take(3, day)) return false;
    if (day < 1 || day > (is_leap(out_.year) ? 366 : 365)) {
      return raise(error_, "ValueError: Invalid ordinal day % for year %",
                   {std::to_string(day), std::to_string(out_.year)});
    }
    if (!check_year()) return false;
    roll(out_, day);
    return true;
  }

  // hh, hh:mm, hh:mm:ss and these without colons; then a fraction and an offset, where there is one.
  bool read_time() {
    ++at_;
    if (end_ < at_ + 2) return fail("ValueError: ISO time too short");
    int* const fields[] = {&out_.hour, &out_.minute, &out_.second};
    bool has_colon = false;
    for (int field = 0; at_ < end_ && field < 6; ++field) {
      if (is_at(at_, '-') || is_at(at_, '+') || is_at(at_, 'Z') || is_at(at_, 'z')) {
        if (!read_offset()) return false;
        break;
      }
      if (field == 1 && is_at(at_, ':')) {
        has_colon = true;
        ++at_;
      } else if (field == 2 && has_colon) {
        if (!is_at(at_++, ':')) return fail("ValueError: Inconsistent use of colon separator");
      }
      if (field < 3) {
        if (!take(2, *fields[field])) return false;
      } else if (field == 3) {
        read_fraction();
      }
    }
    if (at_ < end_) return fail("ValueError: Unused components in ISO string");
    if (out_.hour == 24 && (out_.minute | out_.second | out_.microsecond) != 0) {
      return fail("ValueError: Hour may only be 24 at 24:00:00.000");
    }
    return true;
  }

  void read_fraction() {
    if ((!is_at(at_, '.') && !is_at(at_, ',')) || at_ + 1 == end_ || !is_digit(byte(at_ + 1))) return;
    int weight = 100000;
    for (++at_; at_ < end_ && is_digit(byte(at_)); ++at_, weight /= 10) {
      out_.microsecond += (byte(at_) - '0') * weight;
    }
  }

  [[nodiscard]] char byte(int at) const { return text_[static_cast<std::size_t>(at)]; }

  // All that is left.
  bool read_offset() {
    out_.offset = 0;
    const int size = end_ - at_;
    const char sign = byte(at_++);
    if (size == 1 && (sign | 0x20) == 'z') return true;
    if (size != 3 && size != 5 && size != 6) {
      return fail("ValueError: Time zone offset must be 1, 3, 5 or 6 characters");
    }
    if ((sign | 0x20) == 'z') return fail("ValueError: Time zone offset requires sign");
    int hours = 0;
    int minutes = 0;
    if (!take(2, hours)) return false;
    if (is_at(at_, ':')) ++at_;
    if (size > 3 && !take(end_ - at_, minutes)) return false;
    if (minutes > 59) return fail("ValueError: Invalid minutes in time zone offset");
    if (hours > 23) return fail("ValueError: Invalid hours in time zone offset");
    out_.offset = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
    return true;
  }

  bool check_year() {
    return (out_.year >= 1 && out_.year <= last_year) ||
           fail_with("ValueError: year % is out of range", out_.year);
  }

  bool check_field(int value, int least, int most, const char* error) {
    return (value >= least && value <= most) || fail(error);
  }

  // Python: the constructor of datetime.
  bool check_fields() {
    const bool is_next_day = out_.hour == 24;
    if (is_next_day) out_.hour = 0;
    if (!check_year() || !check_field(out_.month, 1, 12, "ValueError: month must be in 1..12") ||
        !check_field(out_.day, 1, days_in(out_.year, out_.month),
                     "ValueError: day is out of range for month") ||
        !check_field(out_.hour, 0, 23, "ValueError: hour must be in 0..23") ||
        !check_field(out_.minute, 0, 59, "ValueError: minute must be in 0..59") ||
        !check_field(out_.second, 0, 59, "ValueError: second must be in 0..59")) {
      return false;
    }
    if (is_next_day) roll(out_, out_.day + 1);
    return out_.year <= last_year || fail_out_of_range();
  }

  Text text_;
  int at_ = 0;
  int end_;
  DateTime& out_;
  Error& error_;
};

// What isoparse says of values that are no text.
bool raise_no_text(const json::Value& value, Error& error) {
  if (!value.is_structured()) return raise_over(error, "TypeError: object of type '%' has no len()", value);
  if (value.size() < 4) return raise(error, "ValueError: ISO string too short");
  if (value.is_object()) return raise(error, "TypeError: unhashable type: 'slice'");
  return raise(
      error, "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'");
}

void append(std::string& out, char separator, int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (separator != '\0') out.push_back(separator);
  out.append(width - std::min(width, digits.size()), '0');
  out.append(digits);
}

}  // namespace

bool parse_datetime(const json::Value& value, DateTime& out, Error& error) {
  out = {};
  if (!value.is_string()) return raise_no_text(value, error);
  const std::string& text = json::string_of(value);
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) continue;
    return raise(error, "ValueError: ISO-8601 strings should contain only ASCII characters");
  }
  return IsoReader(text, out, error).read();
}

std::string date_str(const DateTime& datetime) {
  std::string out;
  append(out, '\0', datetime.year, 4);
  append(out, '-', datetime.month, 2);
  append(out, '-', datetime.day, 2);
  return out;
}

std::string datetime_str(const DateTime& datetime) {
  std::string out = date_str(datetime);
  append(out, ' ', datetime.hour, 2);
  append(out, ':', datetime.minute, 2);
  append(out, ':', datetime.second, 2);
  if (datetime.microsecond != 0) append(out, '.', datetime.microsecond, 6);
  if (datetime.offset) {
    const int minutes = std::abs(*datetime.offset);
    append(out, *datetime.offset < 0 ? '-' : '+', minutes / 60, 2);
    append(out, ':', minutes % 60, 2);
  }
  return out;
}

}  // namespace stactask::layout

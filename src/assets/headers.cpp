#include "assets/headers.hpp"

#include "json/words.hpp"

namespace stactask::assets {

namespace {

constexpr std::size_t max_digits = 15;

// A number of exactly so many digits, or -1.
int digits_at(std::string_view text, std::size_t at, std::size_t count) {
  return static_cast<int>(static_cast<std::int64_t>(read_bytes(text.substr(at, count))));
}

// Days from 1970-01-01 in the Gregorian calendar.
std::int64_t days_from_civil(int year, int month, int day) {
  if (month < 3) --year;
  const int from_march = (month + 9) % 12;
  const int leap_days = year / 4 - year / 100 + year / 400;
  return std::int64_t{365} * year + leap_days + (from_march * 153 + 2) / 5 + day - 719469;
}

}  // namespace

Bytes read_bytes(std::string_view digits) {
  if (digits.empty() || digits.size() > max_digits) return unknown;
  Bytes value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return unknown;
    value = value * 10 + static_cast<Bytes>(c - '0');
  }
  return value;
}

ContentRange read_content_range(std::string_view header) {
  // RFC 9110, 14.1: units are not sensitive to case.
  constexpr std::string_view unit = "bytes ";
  for (const char c : unit) {
    if (header.empty() || (header.front() | 0x20) != c) return {};
    header.remove_prefix(1);
  }
  std::string_view range = json::take_part(header, '/');
  const Bytes total = read_bytes(header);
  if (range == "*") return {unknown, total};
  const Bytes first = read_bytes(json::take_part(range, '-'));
  const Bytes last = read_bytes(range);
  // What is unknown is more than every number.
  if (last == unknown || first > last || last >= total) return {};
  return {first, total};
}

std::int64_t read_http_date(std::string_view text) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29 || text.substr(3, 2) != ", " || !text.ends_with(" GMT")) return -1;
  const std::size_t month = months.find(text.substr(8, 3));
  const int day = digits_at(text, 5, 2);
  const int year = digits_at(text, 12, 4);
  const int hour = digits_at(text, 17, 2);
  const int minute = digits_at(text, 20, 2);
  const int second = digits_at(text, 23, 2);
  if (month == std::string_view::npos || month % 3 != 0) return -1;
  if (day < 1 || year < 1970 || hour < 0 || minute < 0 || second < 0) return -1;
  const std::int64_t days = days_from_civil(year, static_cast<int>(month) / 3 + 1, day);
  return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

std::string_view Headers::get(std::string_view name) const {
  return headers_ == nullptr ? std::string_view() : text_member(*headers_, name);
}

std::string_view Headers::strong_etag() const {
  const std::string_view etag = get("etag");
  return etag.starts_with('"') ? etag : std::string_view();
}

std::string_view Headers::strong_date() const {
  const std::string_view changed = get("last-modified");
  const std::int64_t then = read_http_date(changed);
  const std::int64_t now = read_http_date(get("date"));
  const bool is_recent = now >= 0 && now - then < 1;
  return then >= 0 && !is_recent ? changed : std::string_view();
}

bool Headers::is_plain() const {
  const std::string_view encoding = get("content-encoding");
  return encoding.empty() || encoding == "identity";
}

Bytes Headers::retry_after(Bytes now) const {
  const std::string_view text = get("retry-after");
  if (const Bytes seconds = read_bytes(text); seconds != unknown) return seconds * 1000;
  const std::int64_t date = read_http_date(text);
  if (date < 0) return unknown;
  const Bytes then = static_cast<Bytes>(date) * 1000;
  return then > now ? then - now : 0;
}

}  // namespace stactask::assets

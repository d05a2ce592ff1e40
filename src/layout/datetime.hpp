// Points in time as Python's datetime has them: in their own offset, or in none.
#pragma once

#include <optional>
#include <string>

#include "json/value.hpp"
#include "layout/error.hpp"

namespace stactask::layout {

struct DateTime {
  int year = 1;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int microsecond = 0;
  std::optional<int> offset;  // minutes east of UTC; none for a naive datetime
};

/// `pystac.utils.str_to_datetime(value)`, which is dateutil's isoparse: every form of ISO 8601 that it
/// reads, and its errors. Anything but a string is an error, too.
bool parse_datetime(const json::Value& value, DateTime& out, Error& error);

/// `str(datetime)`: `2020-01-02 03:04:05.000006+00:00`.
std::string datetime_str(const DateTime& datetime);

/// `datetime.date().isoformat()`: `2020-01-02`.
std::string date_str(const DateTime& datetime);

}  // namespace stactask::layout

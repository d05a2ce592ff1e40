// Dates as STAC wants them.
#pragma once

#include <string_view>

namespace stactask::payload {

/// Whether this is a date and time of RFC 3339 in UTC: `2020-02-29T23:59:59.5Z`, or with `+00:00`. As for
/// Python's rfc3339-validator there is no year 0 and no leap second.
bool is_utc_datetime(std::string_view text);

}  // namespace stactask::payload

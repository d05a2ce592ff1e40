// Values as JSON text.
#pragma once

#include <string>

#include "json/value.hpp"

namespace stactask::json {

/// The value as Python's `json.dumps` writes it, but without blanks between tokens: ASCII, `NaN` and
/// `Infinity` included, integers with all their digits, floats as their repr.
void append_json(std::string& out, const Value& value);

}  // namespace stactask::json

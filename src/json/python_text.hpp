// Values as Python prints them, and the names of Python's types.
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"

namespace stactask::json {

/// `type(value).__name__`: NoneType, bool, int, float, str, list or dict.
std::string_view python_type_name(const Value& value);

/// The text of the TypeError that `value["key"]` raises where the value is no dict.
std::string python_subscript_error(const Value& value);

/// `bool(value)`.
bool is_truthy(const Value& value);

/// `str(value)`: a string is itself, everything else its repr.
std::string python_str(const Value& value);

/// `repr(text)` of a string.
std::string python_string_repr(std::string_view text);

/// `repr(value)`: `{'a': [1, 2.0, None, True]}`.
std::string python_repr(const Value& value);

}  // namespace stactask::json

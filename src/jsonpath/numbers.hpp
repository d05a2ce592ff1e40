// Numbers as Python computes with them: integers of any size, floats, and booleans as 0 and 1.
#pragma once

#include "json/value.hpp"
#include "jsonpath/error.hpp"
#include "jsonpath/expression.hpp"
#include "jsonpath/results.hpp"

namespace stactask::jsonpath {

enum class Order : std::int8_t { less = -1, equal = 0, greater = 1, unordered = 2 };

inline bool is_number(const json::Value& value) {
  return value.is_number() || value.is_boolean() || json::is_big_integer(value);
}

/// Of two numbers, exactly. NaN is unordered with everything.
Order order_numbers(const json::Value& left, const json::Value& right);

enum class Conversion : std::uint8_t {
  done,
  impossible,  // ValueError, which jsonpath-ng takes as a value to pass over
  failed,
};

/// Python: `int(value)`.
Conversion to_integer(const View& view, json::Value& out, Error& error);

/// `left op right` of two numbers. False after an error.
bool calculate(Operator op, const json::Value& left, const json::Value& right, json::Value& out,
               Error& error);

}  // namespace stactask::jsonpath

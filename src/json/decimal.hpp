// Numbers between text and double, exactly: the nearest double of a decimal text, and the shortest
// text that reads back as the same double, as Python's `float()` and `repr()` give them (both are
// David Gay's algorithms there; here plain long arithmetic, since neither the C++ library of this
// Emscripten nor nlohmann's has an exact pair).
#pragma once

#include <string>
#include <string_view>

namespace stactask::json {

/// The double nearest to `text`, ties to even: `-?digits[.digits][e[+-]digits]`, already checked.
/// Too large gives an infinity, too small a zero.
double parse_decimal(std::string_view text);

/// Python's `repr` of a float: `10.0`, `1e-05`, `1e+16`, `0.1`, `-0.0`, `inf`, `nan`.
std::string float_repr(double value);

/// Whether a double is exactly the integer with these decimal digits, `-?digits`.
bool equals_integer(double value, std::string_view digits);

}  // namespace stactask::json

// Numbers between text and double, against the C++ library's own conversions, which are exact and made in
// another way. STACTASK_RANDOM_DOUBLES says how many: few with sanitizers, which make this slow.

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

#include "doctest.hpp"
#include "json/decimal.hpp"

namespace stactask::testing {

using json::float_repr;
using json::parse_decimal;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// The same double, sign of zero included.
bool same(double left, double right) {
  return std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
}

double strtod_of(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

// The digits and the exponent that the C++ library finds shortest, in Python's layout for a float's repr.
std::string library_repr(double value) {
  char buffer[64] = {};  // zeros, for atoi
  const auto result =
      std::to_chars(std::begin(buffer), std::end(buffer), value, std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<std::size_t>(result.ptr - buffer));
  const std::size_t mark = text.find('e');
  const int exponent = std::atoi(text.data() + mark + 1);
  if (exponent < -4 || exponent >= 16) return std::string(text);
  std::string digits;
  for (const char c : text.substr(0, mark)) {
    if (c != '.' && c != '-') digits.push_back(c);
  }
  std::string out = text.front() == '-' ? "-" : "";
  if (exponent < 0)
    return out.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits);
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  while (digits.size() <= whole) digits.push_back('0');
  return out.append(digits, 0, whole).append(".").append(digits, whole);
}

}  // namespace

TEST_CASE("float_repr: every power of two and its neighbours come back, as short as can be") {
  for (int exponent = -1074; exponent <= 1023; ++exponent) {
    const double power = std::ldexp(1.0, exponent);
    for (const double value : {std::nextafter(power, 0.0), power, std::nextafter(power, infinity)}) {
      if (value == 0 || value == infinity) continue;
      const std::string text = float_repr(value);
      CHECK(same(parse_decimal(text), value));
      CHECK(text == library_repr(value));
    }
  }
}

TEST_CASE("float_repr and parse_decimal: random doubles") {
  std::mt19937_64 random(1074);
  std::size_t wrong = 0;
  for (int round = 0; round < STACTASK_RANDOM_DOUBLES; ++round) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = float_repr(value);
    if (same(parse_decimal(text), value) && same(strtod_of(text), value) && text == library_repr(value))
      continue;
    if (++wrong <= 5) FAIL_CHECK("wrong: ", text, ", the C++ library has ", library_repr(value));
  }
  CHECK(wrong == 0);
}

TEST_CASE("float_repr and parse_decimal: numbers as payloads have them") {
  std::mt19937 random(4326);
  std::size_t wrong = 0;
  for (int round = 0; round < STACTASK_RANDOM_DOUBLES / 2; ++round) {
    // Degrees and metres with up to nine decimals, either way.
    const int decimals = static_cast<int>(random() % 10);
    const double value =
        (random() % 2 == 0 ? 1 : -1) * static_cast<double>(random()) / std::pow(10, decimals);
    const std::string text = float_repr(value);
    if (same(parse_decimal(text), value) && text == library_repr(value)) continue;
    if (++wrong <= 5) FAIL_CHECK("wrong: ", text, ", the C++ library has ", library_repr(value));
  }
  CHECK(wrong == 0);
}

TEST_CASE("parse_decimal: random texts as the C++ library reads them") {
  std::mt19937 random(754);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  const auto digits = [&](std::size_t count) {
    std::string out;
    const bool few_kinds = below(4) == 0;
    while (out.size() < count) out.push_back(few_kinds ? "059"[below(3)] : "0123456789"[below(10)]);
    return out;
  };
  std::size_t wrong = 0;
  for (int round = 0; round < STACTASK_RANDOM_DOUBLES / 2; ++round) {
    const std::size_t most = below(50) == 0 ? 900 : 25;
    std::string text(below(2), '-');
    if (below(3) == 0) {
      text.append("0");
    } else {
      text.append(1, static_cast<char>('1' + below(9))).append(digits(below(most)));
    }
    if (below(3) != 0) text.append(".").append(digits(1 + below(most)));
    if (below(3) != 0) {
      text.append(std::array{"e", "E+", "E-"}[below(3)]);
      text.append(std::to_string(below(below(2) == 0 ? 30 : 345)));
    }
    if (same(parse_decimal(text), strtod_of(text))) continue;
    if (++wrong <= 5) FAIL_CHECK("wrong for ", text);
  }
  CHECK(wrong == 0);
}

}  // namespace stactask::testing

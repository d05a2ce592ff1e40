// Numbers between text and double: the hard cases. Random ones are in decimal_random_test.cpp.

#include "json/decimal.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <limits>
#include <random>

#include "support.hpp"

namespace stactask::testing {

using json::equals_integer;
using json::float_repr;
using json::parse_decimal;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double smallest = std::numeric_limits<double>::denorm_min();
constexpr double largest = std::numeric_limits<double>::max();

// The same double, sign of zero included.
bool same(double left, double right) {
  return std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
}

// The number just between a double and the next, in full: up to 1,100 digits, all of them needed.
std::string middle_after(double value) {
  const double next = std::nextafter(value, infinity);
  const long double middle = (static_cast<long double>(value) + static_cast<long double>(next)) / 2;
  std::string text(2000, '\0');
  const int length = std::snprintf(text.data(), text.size(), "%.1080Lf", middle);
  REQUIRE(length > 0);
  text.resize(static_cast<std::size_t>(length));
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.push_back('0');
  return text;
}

struct Reading {
  std::string text;
  double value;
};

void check_readings(std::initializer_list<Reading> readings) {
  for (const Reading& reading : readings) {
    INFO("text: ", reading.text);
    CHECK(same(parse_decimal(reading.text), reading.value));
    CHECK(same(parse_decimal("-" + reading.text), -reading.value));
  }
}

}  // namespace

TEST_CASE("parse_decimal: plain numbers in all their spellings") {
  check_readings({{"0", 0.0},
                  {"0.0", 0.0},
                  {"0e5", 0.0},
                  {"0.000e-999", 0.0},
                  {"1", 1.0},
                  {"1.0", 1.0},
                  {"1e0", 1.0},
                  {"10e-1", 1.0},
                  {"0.1e1", 1.0},
                  {"1E+00", 1.0},
                  {"0.0001e4", 1.0},
                  {"1.50", 1.5},
                  {"0.1", 0x1.999999999999ap-4},
                  {"0.3", 0x1.3333333333333p-2},
                  {"4.35", 0x1.1666666666666p+2},
                  {"3.141592653589793", 0x1.921fb54442d18p+1},
                  {"49.5047", 0x1.8c09a02752546p+5}});
}

TEST_CASE("parse_decimal: around 2^53, where doubles stop holding every integer") {
  check_readings({{"9007199254740991", 0x1.fffffffffffffp+52},
                  {"9007199254740992", 0x1p+53},
                  {"9007199254740993", 0x1p+53},
                  {"9007199254740993.0000000000000000000000000000000000001", 0x1.0000000000001p+53},
                  {"9007199254740994", 0x1.0000000000001p+53},
                  {"9007199254740995", 0x1.0000000000002p+53},
                  {"4503599627370496.5", 0x1p+52},
                  {"4503599627370497.5", 0x1.0000000000002p+52},
                  {"9223372036854775807.0", 0x1p+63},
                  {"18446744073709551615.0", 0x1p+64}});
}

TEST_CASE("parse_decimal: powers of ten at the edge of what a double holds exactly") {
  check_readings({{"1e21", 0x1.b1ae4d6e2ef5p+69},
                  {"1e22", 0x1.0f0cf064dd592p+73},
                  {"1e23", 0x1.52d02c7e14af6p+76},
                  {"8.5e22", 0x1.1ffdbf6b2b2ebp+76},
                  {"9e22", 0x1.30ee8e7179044p+76},
                  {"999999999999999e22", 0x1.e17b843576913p+122},
                  {"1e-22", 0x1.e392010175ee6p-74},
                  {"1e-23", 0x1.82db34012b251p-77}});
}

TEST_CASE("parse_decimal: subnormals, and the least that is not zero") {
  check_readings({{"5e-324", smallest},
                  {"4.9406564584124654e-324", smallest},
                  {"2.4703282292062328e-324", smallest},
                  {"2.4703282292062327e-324", 0.0},
                  {"1e-323", 2 * smallest},
                  {"7.4e-324", smallest},
                  {"7.5e-324", 2 * smallest},
                  {"2.225073858507201e-308", 0x0.fffffffffffffp-1022},
                  {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
                  {"2.2250738585072012e-308", 0x1p-1022},
                  {"2.2250738585072014e-308", 0x1p-1022},
                  {"1e-400", 0.0},
                  {"0." + std::string(400, '0') + "1", 0.0}});
}

TEST_CASE("parse_decimal: the largest double, and what is larger") {
  check_readings({{"1.7976931348623157e308", largest},
                  {"1.7976931348623158e308", largest},
                  {"17976931348623157" + std::string(292, '0'), largest},
                  {"1.7976931348623159e308", infinity},
                  {"1.8e308", infinity},
                  {"1e309", infinity},
                  {"1e400", infinity},
                  {"1" + std::string(400, '0') + ".0", infinity}});
}

TEST_CASE("parse_decimal: exponents beyond any integer type, and digits that bring them back") {
  check_readings({{"1e99999999999999999999", infinity},
                  {"1e-99999999999999999999", 0.0},
                  {"0e99999999999999999999", 0.0},
                  {"0.0e-99999999999999999999", 0.0},
                  {"0." + std::string(4999, '0') + "1e5000", 1.0},
                  {"1" + std::string(5000, '0') + "e-5000", 1.0},
                  {"0." + std::string(400, '0') + "25e401", 2.5}});
}

TEST_CASE("parse_decimal: thousands of digits, of which the last decides") {
  const std::string half = "1.00000000000000011102230246251565404236316680908203125";  // 1 + 2^-53
  check_readings({{"0." + std::string(5000, '3'), 0x1.5555555555555p-2},
                  {std::string(300, '9') + "." + std::string(5000, '9'), 1e300},
                  {half, 1.0},
                  {half + std::string(5000, '0'), 1.0},
                  {half + std::string(5000, '0') + "1", 0x1.0000000000001p+0},
                  {half.substr(0, half.size() - 1) + "4" + std::string(5000, '9'), 1.0}});
}

TEST_CASE(
    "parse_decimal: just between two doubles the even one wins, and the least bit more or less decides") {
  std::vector<double> doubles = {0.0,
                                 smallest,
                                 2 * smallest,
                                 0x0.fffffffffffffp-1022,
                                 0x1p-1022,
                                 0.1,
                                 0x1.fffffffffffffp-1,
                                 1.0,
                                 0x1.0000000000001p+0,
                                 1e22,
                                 1e23,
                                 0x1p+53,
                                 1e300,
                                 0x1.ffffffffffffep+1023};
  std::mt19937_64 random(53);
  while (doubles.size() < 300) {
    const double value = std::abs(std::bit_cast<double>(random()));
    if (value < largest) doubles.push_back(value);
  }
  for (const double value : doubles) {
    const double next = std::nextafter(value, infinity);
    const bool is_even = (std::bit_cast<std::uint64_t>(value) & 1) == 0;
    const std::string middle = middle_after(value);
    INFO("between ", value, " and the next double: ", middle);
    CHECK(same(parse_decimal(middle), is_even ? value : next));
    CHECK(same(parse_decimal(middle + "1"), next));
    CHECK(same(parse_decimal(middle + "e0"), is_even ? value : next));
    std::string less = middle;
    const std::size_t last = less.find_last_not_of("0.");
    --less[last];
    std::replace(less.begin() + static_cast<std::ptrdiff_t>(last) + 1, less.end(), '0', '9');
    CHECK(same(parse_decimal(less + std::string(800, '9')), value));
  }
}

TEST_CASE("float_repr: Python's spellings") {
  const Reading readings[] = {
      {"0.0", 0.0},
      {"-0.0", -0.0},
      {"1.0", 1.0},
      {"-1.5", -1.5},
      {"0.1", 0.1},
      {"0.30000000000000004", 0.1 + 0.2},
      {"100.0", 100.0},
      {"1000000000000000.0", 1e15},
      {"9999999999999998.0", 9999999999999998.0},
      {"1e+16", 1e16},
      {"1.2345678901234568e+17", 123456789012345680.0},
      {"1e+21", 1e21},
      {"1e+22", 1e22},
      {"1e+23", 1e23},
      {"6.02214076e+23", 6.02214076e23},
      {"1e+100", 1e100},
      {"0.0001", 0.0001},
      {"0.00012345", 0.00012345},
      {"1e-05", 0.00001},
      {"5e-05", 0.00005},
      {"1.5e-10", 1.5e-10},
      {"1e-100", 1e-100},
      {"9007199254740991.0", 0x1.fffffffffffffp+52},
      {"9007199254740992.0", 0x1p+53},
      {"9007199254740994.0", 0x1.0000000000001p+53},
      {"4503599627370495.5", 0x1.ffffffffffffep+51 + 0.5},
      {"0.9999999999999999", 0x1.fffffffffffffp-1},
      {"1.0000000000000002", 0x1.0000000000001p+0},
      {"1.152921504606847e+18", 0x1p+60},
      {"9.223372036854776e+18", 0x1p+63},
      {"1.8446744073709552e+19", 0x1p+64},
      {"5.684341886080802e-14", 0x1p-44},
      {"9.5367431640625e-07", 0x1p-20},
      {"2.9802322387695312e-08", 0x1p-25},
      {"5e-324", smallest},
      {"1e-323", 2 * smallest},
      {"2.225073858507201e-308", 0x0.fffffffffffffp-1022},
      {"2.2250738585072014e-308", 0x1p-1022},
      {"4.4501477170144023e-308", 0x1.fffffffffffffp-1022},
      {"1.7800590868057611e-307", 0x1p-1019},
      {"1.7976931348623157e+308", largest},
      {"inf", infinity},
      {"-inf", -infinity},
      {"nan", std::numeric_limits<double>::quiet_NaN()},
      {"nan", -std::numeric_limits<double>::quiet_NaN()},
  };
  for (const Reading& reading : readings) CHECK(float_repr(reading.value) == reading.text);
}

TEST_CASE("equals_integer: a double and an integer's digits, by their exact values") {
  struct Case {
    double value;
    std::string digits;
    bool equal;
  };
  const Case cases[] = {
      {0.0, "0", true},
      {-0.0, "0", true},
      {0.0, "-0", true},
      {0.0, "1", false},
      {1.0, "0", false},
      {1.0, "1", true},
      {-1.0, "-1", true},
      {1.0, "-1", false},
      {-1.0, "1", false},
      {1.5, "1", false},
      {0.5, "0", false},
      {smallest, "0", false},
      {0x1p+53, "9007199254740992", true},
      {0x1p+53, "9007199254740993", false},
      {0x1.0000000000001p+53, "9007199254740994", true},
      {-0x1p+63, "-9223372036854775808", true},
      {0x1p+63, "9223372036854775807", false},
      {0x1p+64, "18446744073709551616", true},
      {0x1p+64, "18446744073709551615", false},
      {1e22, "10000000000000000000000", true},
      {1e23, "100000000000000000000000", false},
      {1e23, "99999999999999991611392", true},
      {-1e23, "-99999999999999991611392", true},
      {0x1p+100, "1267650600228229401496703205376", true},
      {0x1p+100, "1267650600228229401496703205377", false},
      {largest, "9", false},
      {largest, std::string(json::max_integer_digits, '9'), false},
      {infinity, "1", false},
      {-infinity, "-1", false},
      {std::numeric_limits<double>::quiet_NaN(), "0", false},
  };
  for (const Case& recorded : cases) {
    INFO("is ", recorded.value, " equal to ", recorded.digits);
    CHECK(equals_integer(recorded.value, recorded.digits) == recorded.equal);
  }
}

TEST_CASE("equals_integer: every power of two, and one more") {
  std::string digits = "1";
  for (int exponent = 0; exponent <= 1023; ++exponent) {
    const double value = std::ldexp(1.0, exponent);
    char exact[400];
    const int length = std::snprintf(exact, sizeof exact, "%.0f", value);
    std::string text(exact, static_cast<std::size_t>(length));
    CHECK(equals_integer(value, text));
    CHECK(equals_integer(-value, "-" + text));
    ++text.back();  // a power of two never ends in 9
    CHECK(!equals_integer(value, text));
  }
}

}  // namespace stactask::testing

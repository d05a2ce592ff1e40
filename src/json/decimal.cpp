#include "json/decimal.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>

namespace stactask::json {

namespace {

// A natural number, least significant limb first, no leading zero limbs. It takes no memory from the heap,
// which a text of many numbers would use up: none is larger than what nearest_quotient makes of the 1,201
// decimal places of the longest denominator, shifted by 54 bits.
class Natural {
 public:
  explicit Natural(std::uint64_t value = 0) {
    for (; value != 0; value >>= 32) push(static_cast<std::uint32_t>(value));
  }

  [[nodiscard]] bool is_zero() const { return size_ == 0; }

  [[nodiscard]] int bit_length() const {
    if (is_zero()) return 0;
    return static_cast<int>(size_ * 32) - std::countl_zero(limbs_[size_ - 1]);
  }

  void multiply_add(std::uint32_t factor, std::uint32_t addend = 0) {
    std::uint64_t carry = addend;
    for (std::size_t i = 0; i < size_; ++i) {
      carry += static_cast<std::uint64_t>(limbs_[i]) * factor;
      limbs_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) push(static_cast<std::uint32_t>(carry));
  }

  void multiply_power_of_ten(int exponent) {
    for (; exponent >= 9; exponent -= 9) multiply_add(1000000000);
    for (; exponent > 0; --exponent) multiply_add(10);
  }

  void shift_left(int bits) {
    if (is_zero()) return;
    const int rest = bits % 32;
    if (rest != 0) multiply_add(1U << rest);
    const auto whole = static_cast<std::size_t>(bits / 32);
    for (std::size_t i = size_; i-- > 0;) limbs_[i + whole] = limbs_[i];
    for (std::size_t i = 0; i < whole; ++i) limbs_[i] = 0;
    size_ += whole;
  }

  void add(const Natural& other) {
    std::uint64_t carry = 0;
    const std::size_t longest = std::max(size_, other.size_);
    for (std::size_t i = 0; i < longest; ++i) {
      carry += static_cast<std::uint64_t>(limb(i)) + other.limb(i);
      limbs_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    size_ = longest;
    if (carry != 0) push(static_cast<std::uint32_t>(carry));
  }

  /// Requires `other <= *this`.
  void subtract(const Natural& other) {
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      borrow += static_cast<std::int64_t>(limbs_[i]) - other.limb(i);
      limbs_[i] = static_cast<std::uint32_t>(borrow);
      borrow >>= 32;
    }
    while (size_ > 0 && limbs_[size_ - 1] == 0) --size_;
  }

  /// Negative, zero or positive as this is less than, equal to or greater than the other.
  [[nodiscard]] int compare(const Natural& other) const {
    if (size_ != other.size_) return size_ < other.size_ ? -1 : 1;
    for (std::size_t i = size_; i-- > 0;) {
      if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i] ? -1 : 1;
    }
    return 0;
  }

 private:
  [[nodiscard]] std::uint32_t limb(std::size_t i) const { return i < size_ ? limbs_[i] : 0; }
  void push(std::uint32_t limb) { limbs_[size_++] = limb; }

  std::uint32_t limbs_[130];
  std::size_t size_ = 0;
};

int compare_sum(Natural left, const Natural& addend, const Natural& right) {
  left.add(addend);
  return left.compare(right);
}

// A decimal number: 0.d1d2d3… times ten to the `point`, no leading zeros.
struct Digits {
  std::string digits;
  int point = 0;
  bool negative = false;
};

// More digits than this cannot change which double is nearest; a last 1 stands for all that were cut.
constexpr std::size_t enough_digits = 800;

Digits read_digits(std::string_view text) {
  Digits out;
  if (!text.empty() && text.front() == '-') {
    out.negative = true;
    text.remove_prefix(1);
  }
  bool after_point = false;
  bool cut = false;
  std::size_t i = 0;
  for (; i < text.size() && (text[i] | 0x20) != 'e'; ++i) {
    if (text[i] == '.') {
      after_point = true;
      continue;
    }
    const bool leading = out.digits.empty() && text[i] == '0';
    if (!after_point && !leading) ++out.point;
    if (after_point && leading) --out.point;
    if (leading) continue;
    if (out.digits.size() < enough_digits) {
      out.digits.push_back(text[i]);
    } else {
      cut = cut || text[i] != '0';
    }
  }
  if (cut) out.digits.push_back('1');
  if (i < text.size()) {
    ++i;
    const bool negative = text[i] == '-';
    if (text[i] == '-' || text[i] == '+') ++i;
    int exponent = 0;
    for (; i < text.size(); ++i) exponent = std::min(exponent * 10 + (text[i] - '0'), 100000000);
    out.point += negative ? -exponent : exponent;
  }
  return out;
}

constexpr double exact_powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                          1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// The quotient numerator / denominator, rounded to a double, by long division to 54 bits.
double nearest_quotient(Natural numerator, Natural denominator) {
  // Scale so that the quotient lies in [2^53, 2^55), but never below the subnormal step.
  int exponent = numerator.bit_length() - denominator.bit_length() - 54;
  exponent = std::max(exponent, -1075);
  if (exponent < 0) numerator.shift_left(-exponent);
  if (exponent > 0) denominator.shift_left(exponent);
  std::uint64_t quotient = 0;
  const int shift = std::max(numerator.bit_length() - denominator.bit_length(), 0);
  denominator.shift_left(shift);
  for (int i = shift; i >= 0; --i) {
    quotient <<= 1;
    if (numerator.compare(denominator) >= 0) {
      numerator.subtract(denominator);
      quotient |= 1;
    }
    numerator.shift_left(1);
  }
  bool sticky = !numerator.is_zero();
  // Bring the quotient to 53 bits and one bit to round by; subnormals have fewer.
  while (quotient >> 54 != 0) {
    sticky = sticky || (quotient & 1) != 0;
    quotient >>= 1;
    ++exponent;
  }
  const bool half = (quotient & 1) != 0;
  std::uint64_t mantissa = quotient >> 1;
  ++exponent;
  if (half && (sticky || (mantissa & 1) != 0)) ++mantissa;
  return std::ldexp(static_cast<double>(mantissa), exponent);
}

// The shortest digits of a positive, finite double: Steele and White's free-format algorithm.
Digits shortest_digits(double value) {
  const auto bits = [&] {
    std::uint64_t out = 0;
    std::memcpy(&out, &value, sizeof out);
    return out;
  }();
  const int biased = static_cast<int>(bits >> 52 & 0x7FF);
  const std::uint64_t fraction = bits & ((1ULL << 52) - 1);
  const std::uint64_t mantissa = biased == 0 ? fraction : fraction | 1ULL << 52;
  const int exponent = std::max(biased, 1) - 1075;
  const bool even = (mantissa & 1) == 0;
  const bool lower_is_closer = fraction == 0 && biased > 1;

  // value = r / s; below and above are the halves of the gaps to its neighbours, over s too.
  Natural r(mantissa);
  Natural s(1);
  Natural below(1);
  r.shift_left(lower_is_closer ? 2 : 1);
  s.shift_left(lower_is_closer ? 2 : 1);
  if (exponent >= 0) {
    r.shift_left(exponent);
    below.shift_left(exponent);
  } else {
    s.shift_left(-exponent);
  }
  Natural above = below;
  if (lower_is_closer) above.shift_left(1);

  // The first guess of the decimal point may be one too low.
  Digits out;
  out.point = static_cast<int>(std::ceil(
      (static_cast<double>(exponent + 63 - std::countl_zero(mantissa)) * 0.30102999566398114) - 1e-10));
  if (out.point >= 0) {
    s.multiply_power_of_ten(out.point);
  } else {
    for (Natural* part : {&r, &below, &above}) part->multiply_power_of_ten(-out.point);
  }
  const int reaches = compare_sum(r, above, s);
  if (reaches > 0 || (even && reaches == 0)) {
    ++out.point;
  } else {
    for (Natural* part : {&r, &below, &above}) part->multiply_add(10);
  }

  for (;;) {
    char digit = '0';
    while (r.compare(s) >= 0) {
      r.subtract(s);
      ++digit;
    }
    const int low = r.compare(below);
    const int high = compare_sum(r, above, s);
    const bool may_stop_low = low < 0 || (even && low == 0);
    const bool may_stop_high = high > 0 || (even && high == 0);
    if (!may_stop_low && !may_stop_high) {
      out.digits.push_back(digit);
      for (Natural* part : {&r, &below, &above}) part->multiply_add(10);
      continue;
    }
    bool up = may_stop_high;
    if (may_stop_low && may_stop_high) {
      const int half = compare_sum(r, r, s);
      up = half > 0 || (half == 0 && (digit & 1) != 0);
    }
    out.digits.push_back(static_cast<char>(digit + (up ? 1 : 0)));
    return out;
  }
}

// Most numbers: up to 15 digits and a point, which a quotient of two exact doubles rounds as it should.
std::optional<double> parse_plain(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.size() > 16) return std::nullopt;
  std::uint64_t whole = 0;
  std::size_t decimals = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = static_cast<unsigned>(text[i] - '0');
    if (digit > 9 && text[i] != '.') return std::nullopt;
    if (digit > 9) {
      decimals = text.size() - i - 1;
    } else {
      whole = whole * 10 + digit;
    }
  }
  if (decimals == 0) return std::nullopt;
  const double value = static_cast<double>(whole) / exact_powers_of_ten[decimals];
  return negative ? -value : value;
}

}  // namespace

double parse_decimal(std::string_view text) {
  if (const std::optional<double> plain = parse_plain(text)) return *plain;
  const Digits number = read_digits(text);
  const auto signed_value = [&](double value) { return number.negative ? -value : value; };
  if (number.digits.empty() || number.point < -400) return signed_value(0.0);
  if (number.point > 400) return signed_value(std::numeric_limits<double>::infinity());

  const int power = number.point - static_cast<int>(number.digits.size());
  if (number.digits.size() <= 15 && power >= -22 && power <= 22) {
    std::uint64_t whole = 0;
    for (const char digit : number.digits) whole = whole * 10 + static_cast<std::uint64_t>(digit - '0');
    const auto exact = static_cast<double>(whole);
    return signed_value(power < 0 ? exact / exact_powers_of_ten[-power] : exact * exact_powers_of_ten[power]);
  }
  Natural numerator;
  for (const char digit : number.digits) {
    numerator.multiply_add(10, static_cast<std::uint32_t>(digit - '0'));
  }
  Natural denominator(1);
  (power < 0 ? denominator : numerator).multiply_power_of_ten(std::abs(power));
  return signed_value(nearest_quotient(numerator, denominator));
}

bool equals_integer(double value, std::string_view digits) {
  if (!std::isfinite(value) || value != std::trunc(value)) return false;
  if (digits.size() > 310) return false;  // more than any double has, and a sign
  const bool negative = digits.front() == '-';
  if (negative) digits.remove_prefix(1);
  Natural integer;
  for (const char digit : digits) integer.multiply_add(10, static_cast<std::uint32_t>(digit - '0'));
  if (value == 0 || integer.is_zero()) return value == 0 && integer.is_zero();
  if (negative != std::signbit(value)) return false;
  int exponent = 0;
  const double fraction = std::frexp(std::abs(value), &exponent);
  Natural whole(static_cast<std::uint64_t>(std::ldexp(fraction, std::min(exponent, 53))));
  whole.shift_left(std::max(exponent - 53, 0));
  return whole.compare(integer) == 0;
}

// Python: Objects/floatobject.c float_repr and Python/pystrtod.c format_float_short, code 'r'.
std::string float_repr(double value) {
  if (std::isnan(value)) return "nan";
  std::string out = std::signbit(value) ? "-" : "";
  value = std::abs(value);
  if (std::isinf(value)) return out + "inf";
  if (value == 0) return out + "0.0";

  const Digits number = shortest_digits(value);
  const int count = static_cast<int>(number.digits.size());
  if (number.point <= -4 || number.point > 16) {
    out += number.digits[0];
    if (count > 1) out.append(".").append(number.digits, 1);
    const int exponent = number.point - 1;
    out += exponent < 0 ? "e-" : "e+";
    const std::string magnitude = std::to_string(std::abs(exponent));
    return out.append(magnitude.size() < 2 ? "0" : "").append(magnitude);
  }
  if (number.point <= 0) {
    return out.append("0.").append(static_cast<std::size_t>(-number.point), '0').append(number.digits);
  }
  if (count <= number.point) {
    return out.append(number.digits).append(static_cast<std::size_t>(number.point - count), '0').append(".0");
  }
  const auto whole = static_cast<std::size_t>(number.point);
  return out.append(number.digits, 0, whole).append(".").append(number.digits, whole);
}

}  // namespace stactask::json

#include "jsonpath/integer.hpp"

#include <algorithm>
#include <cmath>

#include "json/python_text.hpp"

namespace stactask::jsonpath {

namespace {

constexpr std::uint32_t base = 1000000000;
constexpr std::size_t limb_digits = 9;

using Limbs = std::vector<std::uint32_t>;

int compare_magnitudes(const Limbs& left, const Limbs& right) {
  if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
  for (std::size_t i = left.size(); i-- > 0;) {
    if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
  }
  return 0;
}

// larger + smaller, or larger - smaller where `sign` is -1.
Limbs combine(const Limbs& larger, const Limbs& smaller, std::int64_t sign) {
  Limbs out;
  std::int64_t carry = 0;
  for (std::size_t i = 0; i < larger.size(); ++i) {
    const std::int64_t other = i < smaller.size() ? smaller[i] : 0;
    carry += static_cast<std::int64_t>(larger[i]) + sign * other;
    const std::int64_t limb = (carry + base) % base;
    out.push_back(static_cast<std::uint32_t>(limb));
    carry = (carry - limb) / static_cast<std::int64_t>(base);
  }
  if (carry != 0) out.push_back(static_cast<std::uint32_t>(carry));
  return out;
}

}  // namespace

Integer::Integer(const json::Value& value) {
  const std::string digits =
      value.is_boolean() ? std::string(value.get<bool>() ? "1" : "0") : json::python_str(value);
  is_negative_ = digits.front() == '-';
  for (std::size_t end = digits.size(), first = is_negative_ ? 1 : 0; end > first;) {
    const std::size_t start = end - std::min(limb_digits, end - first);
    std::uint32_t limb = 0;
    for (std::size_t i = start; i < end; ++i) limb = limb * 10 + static_cast<std::uint32_t>(digits[i] - '0');
    limbs_.push_back(limb);
    end = start;
  }
  trim();
}

Integer Integer::truncate(double value) {
  Integer out;
  int exponent = 0;
  const double fraction = std::frexp(std::abs(value), &exponent);
  // All bits of the mantissa, or those before the point.
  const int bits = std::clamp(exponent, 0, 53);
  const auto mantissa = static_cast<std::uint64_t>(std::ldexp(fraction, bits));
  for (std::uint64_t rest = mantissa; rest != 0; rest /= base) {
    out.limbs_.push_back(static_cast<std::uint32_t>(rest % base));
  }
  for (int shift = exponent - bits; shift > 0; shift -= 29) out.multiply(1U << std::min(shift, 29));
  out.is_negative_ = value < 0;
  out.trim();
  return out;
}

Integer Integer::plus(const Integer& other) const {
  Integer out;
  const int order = compare_magnitudes(limbs_, other.limbs_);
  const Integer& larger = order < 0 ? other : *this;
  const Integer& smaller = order < 0 ? *this : other;
  out.limbs_ = combine(larger.limbs_, smaller.limbs_, larger.is_negative_ == smaller.is_negative_ ? 1 : -1);
  out.is_negative_ = larger.is_negative_;
  out.trim();
  return out;
}

Integer Integer::times(const Integer& other) const {
  Integer out;
  out.limbs_.resize(limbs_.size() + other.limbs_.size());
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < other.limbs_.size() || carry != 0; ++j) {
      const std::uint64_t factor = j < other.limbs_.size() ? other.limbs_[j] : 0;
      carry += limbs_[i] * factor + out.limbs_[i + j];
      out.limbs_[i + j] = static_cast<std::uint32_t>(carry % base);
      carry /= base;
    }
  }
  out.is_negative_ = is_negative_ != other.is_negative_;
  out.trim();
  return out;
}

Integer Integer::negated() const {
  Integer out = *this;
  out.is_negative_ = !is_negative_;
  out.trim();
  return out;
}

int Integer::compare(const Integer& other) const {
  if (is_negative_ != other.is_negative_) return is_negative_ ? -1 : 1;
  const int order = compare_magnitudes(limbs_, other.limbs_);
  return is_negative_ ? -order : order;
}

std::string Integer::text() const {
  std::string out = is_negative_ ? "-" : "";
  for (std::size_t i = limbs_.size(); i-- > 0;) {
    const std::string limb = std::to_string(limbs_[i]);
    if (i + 1 < limbs_.size()) out.append(limb_digits - limb.size(), '0');
    out.append(limb);
  }
  return limbs_.empty() ? "0" : out;
}

void Integer::multiply(std::uint32_t factor) {
  std::uint64_t carry = 0;
  for (std::uint32_t& limb : limbs_) {
    carry += static_cast<std::uint64_t>(limb) * factor;
    limb = static_cast<std::uint32_t>(carry % base);
    carry /= base;
  }
  if (carry != 0) limbs_.push_back(static_cast<std::uint32_t>(carry));
}

void Integer::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
  is_negative_ = is_negative_ && !limbs_.empty();
}

}  // namespace stactask::jsonpath

// Integers of any size, for the few that 64 bits do not hold.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace stactask::jsonpath {

class Integer {
 public:
  /// Of an integer or a boolean.
  explicit Integer(const json::Value& value);

  /// A finite number without its fraction.
  static Integer truncate(double value);

  [[nodiscard]] Integer plus(const Integer& other) const;
  [[nodiscard]] Integer times(const Integer& other) const;
  [[nodiscard]] Integer negated() const;

  /// Negative, zero or positive, as this is less than, equal to or greater than the other.
  [[nodiscard]] int compare(const Integer& other) const;

  /// Decimal digits with a sign.
  [[nodiscard]] std::string text() const;

 private:
  Integer() = default;
  void multiply(std::uint32_t factor);
  void trim();

  std::vector<std::uint32_t> limbs_;  // in base 1,000,000,000, the lowest first; none for zero
  bool is_negative_ = false;
};

}  // namespace stactask::jsonpath

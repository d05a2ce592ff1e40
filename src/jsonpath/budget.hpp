// How much an evaluation may still look at.
#pragma once

#include <cstddef>

#include "jsonpath/error.hpp"

namespace stactask::jsonpath {

class Budget {
 public:
  explicit Budget(std::size_t steps) : left_(steps) {}

  /// False when there is not so much left.
  bool spend(std::size_t steps, Error& error) {
    if (steps <= left_) {
      left_ -= steps;
      return true;
    }
    left_ = 0;
    error.type = "BudgetError";
    error.message = "the expression looks at too many values";
    return false;
  }

  /// For looking at all bytes of a text.
  bool spend_bytes(std::size_t bytes, Error& error) { return spend(bytes / 64 + 1, error); }

  /// For keeping so many bytes.
  bool spend_memory(std::size_t bytes, Error& error) { return spend(bytes / 4 + 1, error); }

 private:
  std::size_t left_;
};

}  // namespace stactask::jsonpath

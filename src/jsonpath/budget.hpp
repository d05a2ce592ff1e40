// How much an evaluation may still look at.
#pragma once

#include <algorithm>
#include <cstddef>

#include "jsonpath/error.hpp"

namespace stactask::jsonpath {

/// What one evaluation may look at: values, and what is compared, sorted, counted and made, each in
/// portions of 64 bytes. Beyond it is a BudgetError.
inline constexpr std::size_t max_steps = 10'000'000;

/// While it lives, all evaluations together have no more than that twice, and each of them a little more:
/// otherwise a hostile pattern could take its time for each of many items. Not for two threads at once.
class CallBudget {
 public:
  static constexpr std::size_t max_together = 2 * max_steps;
  static constexpr std::size_t free_steps = 500;  // ten times what matching an item takes as a rule

  CallBudget() { rest = max_together; }
  CallBudget(const CallBudget&) = delete;
  CallBudget& operator=(const CallBudget&) = delete;
  ~CallBudget() { rest = unlimited; }

  /// What the next evaluation may spend.
  static std::size_t left() { return std::min(rest, max_steps); }

  /// It is over.
  static void settle(std::size_t spent) {
    if (rest != unlimited) rest = std::min(rest - std::min(rest, spent) + free_steps, max_together);
  }

 private:
  static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);
  static inline std::size_t rest = unlimited;
};

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

  [[nodiscard]] std::size_t left() const { return left_; }

 private:
  std::size_t left_;
};

}  // namespace stactask::jsonpath

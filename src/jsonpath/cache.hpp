// Expressions that were read before, by their texts.
#pragma once

#include <array>
#include <cstddef>
#include <forward_list>
#include <optional>
#include <string_view>

#include "jsonpath/expression.hpp"

namespace stactask::jsonpath {

/// Remembers the first `capacity` expressions. Not for two threads at once.
class Cache {
 public:
  static constexpr std::size_t capacity = 128;

  /// The expression with its reads, read now or before; null where it is none, and `error` says why. It lives
  /// until `clear`, or if there is no room for it, until `end_call`.
  Expression* get(std::string_view text, Error& error);

  /// The caller is done with what it got, and with the memory of evaluating it.
  void end_call();

  /// Whether there is something that was not there before the last `end_call`.
  [[nodiscard]] bool has_grown() const { return settled_ < count_ || !surplus_.empty(); }

  /// Whether there is no room for more.
  [[nodiscard]] bool is_full() const { return count_ == capacity; }

  void clear();

 private:
  std::array<std::size_t, capacity> hashes_{};
  std::array<std::optional<Expression>, capacity> expressions_{};
  std::size_t count_ = 0;
  std::size_t settled_ = 0;
  std::forward_list<Expression> surplus_;  // those for which there is no room
};

/// The one of this instance: parts of a payload and of a call meet the same expressions again and again.
inline Cache shared_cache;

}  // namespace stactask::jsonpath

// Configs that were read before, by their texts.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "json/value.hpp"
#include "task/collections.hpp"

namespace stactask::task {

/// Remembers the configs of some calls: items come one by one, and mostly with the config of the one before.
/// Not for two threads at once.
class RulesCache {
 public:
  static constexpr std::size_t capacity = 4;

  /// The rules of the config that stands first in `text`, which loses it. They live until the next call of
  /// this. Null where there is no JSON.
  const Rules* take(std::string_view& text);

  /// Whether there is something that was not there before the last `end_call`.
  [[nodiscard]] bool has_grown() const { return has_grown_; }

  void end_call() { has_grown_ = false; }

  /// Before the expressions of the rules are gone.
  void clear();

 private:
  struct Entry {
    std::string text;  // empty where there is none
    json::Value config;
    Rules rules;
  };

  std::array<Entry, capacity> entries_;
  Entry passing_;  // what is not remembered
  std::size_t next_ = 0;
  bool has_grown_ = false;
};

/// The one of this instance.
inline RulesCache shared_rules;

}  // namespace stactask::task

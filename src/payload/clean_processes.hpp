// Texts of `process` in which nothing was found before.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stactask::payload {

struct CleanProcess {
  std::string text;  // an object or a list
  std::vector<std::string>
      variables;  // of path templates: what some item must have (payload/template_lint.hpp)
};

/// Remembers a few of them: payloads come by the thousand with the same `process`. Not for two threads at
/// once.
class CleanProcesses {
 public:
  static constexpr std::size_t capacity = 8;
  static constexpr std::size_t max_bytes = 32 << 10;     // of a text
  static constexpr std::size_t max_payload = 256 << 10;  // of larger ones it is the smallest part

  /// The one with which `text` begins, or null. It lives until the end of the call.
  [[nodiscard]] const CleanProcess* find(std::string_view text) const;

  /// Whether a clean text is worth to be remembered: it has come two or three times in a row.
  [[nodiscard]] bool wants(std::string_view text);

  void add(std::string_view text, std::vector<std::string> variables);

  /// Whether there is something that was not there before the last `end_call`.
  [[nodiscard]] bool has_grown() const { return has_grown_; }

  void end_call() { has_grown_ = false; }

  void clear();

 private:
  std::array<CleanProcess, capacity> entries_;  // those that are none have no text
  std::size_t next_ = 0;
  std::size_t last_size_ = 0;
  std::size_t last_hash_ = 0;  // 0 where it is not known
  bool has_grown_ = false;
};

/// The one of this instance.
inline CleanProcesses clean_processes;

}  // namespace stactask::payload

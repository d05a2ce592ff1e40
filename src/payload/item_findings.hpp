// How the checks of Items report: where they are in the payload, and whether anybody listens.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/scanner.hpp"
#include "payload/findings.hpp"

namespace stactask::payload::item {

/// The way to a value, as a list from the inside out; it lives on the stack of those who walk it.
struct Path {
  const Path* parent;
  json::StringSpan key;   // of a member; of an element without data
  std::size_t index = 0;  // of an element

  static Path member(const Path& parent, const json::StringSpan& key) { return {&parent, key}; }
  static Path element(const Path& parent, std::size_t index) { return {&parent, {}, index}; }
};

/// Most items have no flaw, so a first, quick look at each only asks whether there is one. `begin` says
/// which look it is.
class Reporter {
 public:
  Reporter(std::string_view text, Findings& findings) : scanner_(text, 0), findings_(findings) {}

  void begin(bool is_quick) {
    is_quick_ = is_quick;
    is_clean_ = true;
  }
  [[nodiscard]] bool is_quick() const { return is_quick_; }
  [[nodiscard]] bool is_clean() const { return is_clean_; }
  /// Let the quick look fail.
  void give_up() { is_clean_ = false; }

  /// A finding about the value at `path`, which starts at `start`. The argument is cut where it is long.
  void add(Code code, const Path& path, std::size_t start, std::string_view argument);

  /// The same, with the argument `'name' must be expectation`.
  void must_be(Code code, const Path& path, std::size_t start, std::string_view expectation);

 private:
  json::Scanner scanner_;  // finds where values end
  Findings& findings_;
  std::size_t bytes_ = 0;  // of pointers
  bool is_quick_ = false;
  bool is_clean_ = true;
};

}  // namespace stactask::payload::item

// What checking a payload has found.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/locate.hpp"
#include "payload/fixes.hpp"
#include "payload/node.hpp"
#include "payload/rules.hpp"

namespace stactask::payload {

/// The part of the member at a finding's pointer that the finding is about.
enum class Part : std::uint8_t { value, key };

struct Finding {
  Code code;
  std::string pointer;   // JSON Pointer of the value or member it is about
  std::string argument;  // fills the `{}` of the rule's message
  // Where it stands, when that is not to be looked up by `pointer` and `part`.
  std::optional<json::ByteRange> range = std::nullopt;
  // Python's own text, when it differs from the rule's message.
  std::string python_message = {};
  Part part = Part::value;
  // Of a string value: the bytes of its decoded text that are meant. Empty for all of it.
  json::ByteRange inside = {};
  // What was probably meant in the place of the key or the string, and whether to write it is safe in the
  // sense of Fix::safe.
  std::string_view suggestion = {};
  bool is_suggestion_safe = false;
  // How to mend it, when that is known with the finding; payload/fixes.hpp knows the rest.
  std::optional<Fix> fix = std::nullopt;
};

/// The rule's message with the finding's argument in it.
std::string message_of(const Finding& finding);

/// The text of the exception or warning in Python. Empty for lint.
std::string python_message_of(const Finding& finding);

/// Collects findings and counts them all. Hostile input has as many as it likes, each with as long a
/// pointer as it likes, so what is kept is limited; what comes beyond is only counted.
class Findings {
 public:
  static constexpr std::size_t max_kept = 10000;
  static constexpr std::size_t max_bytes = 2 << 20;  // of pointers and arguments together

  /// With `lint`, deprecations are kept after Python's first error too, and nobody is warned about a key
  /// that is not there. Without, the warnings are those that Python gives before it stops.
  explicit Findings(bool lint = true) : lint_(lint) {}

  /// The result is where to say more of the finding, until the next is added.
  Finding& add(Code code, std::string_view pointer, std::string_view argument = {});
  Finding& add(Code code, const Node& node, std::initializer_list<std::string_view> argument = {});
  Finding& add(Finding finding);

  /// Count findings that somebody else has left out.
  void count(Severity severity, std::size_t times) { counts_[static_cast<std::size_t>(severity)] += times; }

  [[nodiscard]] bool has_error() const { return count_of(Severity::error) != 0; }
  [[nodiscard]] const Finding* first_error() const;
  [[nodiscard]] bool mentions(Code code) const { return mentioned_[static_cast<std::size_t>(code)]; }
  [[nodiscard]] std::size_t count_of(Severity severity) const {
    return counts_[static_cast<std::size_t>(severity)];
  }
  /// Those that are kept, in the order of their finding.
  [[nodiscard]] const std::vector<Finding>& kept() const { return kept_; }
  std::vector<Finding>& kept() { return kept_; }

 private:
  bool lint_;
  std::vector<Finding> kept_;
  Finding dropped_{};  // the last one that is not kept
  std::size_t bytes_ = 0;
  std::array<std::size_t, 3> counts_{};
  std::array<bool, 256> mentioned_{};
};

}  // namespace stactask::payload

// What checking a payload has found.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/locate.hpp"
#include "payload/rules.hpp"

namespace stactask::payload {

struct Finding {
  Code code;
  std::string pointer;   // JSON Pointer of the value or member it is about
  std::string argument;  // fills the `{}` of the rule's message
  // Where it stands, when that is not the range of the value at `pointer`.
  std::optional<json::ByteRange> range = std::nullopt;
  // Python's own text, when it differs from the rule's message.
  std::string python_message = {};
};

/// The rule's message with the finding's argument in it.
std::string message_of(const Finding& finding);

/// The text of the exception or warning in Python. Empty for lint.
std::string python_message_of(const Finding& finding);

/// Collects findings in Python's order. Python stops at its first error; this goes on.
class Findings {
 public:
  void add(Code code, std::string_view pointer, std::string argument = {});
  void add(Finding finding);

  [[nodiscard]] bool has_error() const { return first_error() != nullptr; }
  [[nodiscard]] const Finding* first_error() const;
  [[nodiscard]] bool mentions(Code code) const;
  [[nodiscard]] const std::vector<Finding>& all() const { return all_; }
  std::vector<Finding>& all() { return all_; }

 private:
  std::vector<Finding> all_;
};

}  // namespace stactask::payload

// Python: re/_parser.py, Tokenizer. The token to come is looked at ahead, so that a lone backslash at the end
// is found when Python finds it. Places are in bytes.
#pragma once

#include <string>
#include <string_view>

#include "regex/regex.hpp"

namespace stactask::regex {

/// A code point, with `escaped` where a backslash stands before it; or `end_of_pattern`.
using Token = std::uint32_t;
inline constexpr Token escaped = 0x80000000;
inline constexpr Token end_of_pattern = 0xFFFFFFFF;

/// The value of a digit, hexadecimal ones included; 16 for all else.
std::uint32_t digit_of(Token token);

inline bool is_letter(Token token) { return (token | 0x20) - 'a' < 26; }

class Tokenizer {
 public:
  /// Errors go to `error`, which keeps the first. After an error there are no more tokens.
  Tokenizer(std::string_view text, Error& error);

  [[nodiscard]] bool has_failed() const { return !error_.message.empty(); }

  /// The token to come, and where it stands.
  [[nodiscard]] Token next() const { return next_; }
  [[nodiscard]] std::size_t tell() const { return at_; }
  /// What was read since `start`.
  [[nodiscard]] std::string_view text_from(std::size_t start) const {
    return text_.substr(start, at_ - start);
  }

  Token get();
  bool match(Token token);
  void seek(std::size_t at);
  /// Up to `count` digits of `base` as a number, which is 2^32 - 1 where it is that or more.
  std::uint32_t read_digits(std::uint32_t base, std::size_t count);
  /// What stands before `terminator`, which is passed. An error calls it `what`.
  std::string_view get_until(char terminator, const char* what);
  /// Where the token stands that is so many code points before the one to come.
  [[nodiscard]] std::size_t back(std::size_t code_points) const;

  /// An error where the token to come stands.
  void fail(const char* message) { fail_at(at_, message, {}); }
  /// An error at `at`; `detail` and `end` follow the message.
  void fail_at(std::size_t at, const char* message, std::string_view detail = {}, std::string_view end = {});
  /// An error at `start`, whose message ends with what was read since.
  void fail_from(std::size_t start, const char* message) { fail_at(start, message, text_from(start)); }
  /// The error of an octal number that begins at `start`.
  void fail_octal(std::size_t start) {
    fail_at(start, "octal escape value ", text_from(start), " outside of range 0-0o377");
  }
  /// An error about a name that stands in the text, or so many bytes before it; `end` follows its repr.
  void fail_name(const char* message, std::string_view name, std::size_t before = 0,
                 std::string_view end = {});
  /// Python: IndexError: of a replacement, that the pattern has no group of this name.
  void fail_unknown(std::string_view name);
  /// An error without a place.
  void fail_everywhere(const char* type, std::string_view message);

 private:
  void look_ahead();

  std::string_view text_;
  Error& error_;
  std::size_t at_ = 0;
  std::size_t behind_ = 0;  // behind the token to come
  Token next_ = end_of_pattern;
};

}  // namespace stactask::regex

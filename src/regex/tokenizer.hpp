// Python: re/_parser.py, Tokenizer. A token is a character, or a backslash with the character behind it.
// The token to come is looked at ahead, so that a lone backslash at the end is found when Python finds it.
#pragma once

#include <string>
#include <string_view>

#include "regex/regex.hpp"

namespace stactask::regex {

/// How many code points a text has.
std::size_t length_of(std::string_view text);

inline bool is_octal_digit(std::string_view token) { return token.size() == 1 && (token[0] & ~7) == '0'; }

inline bool is_digit(std::string_view token) {
  return token.size() == 1 && token[0] >= '0' && token[0] <= '9';
}

inline bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/// The only code point of a text that has one.
char32_t code_point_of(std::string_view character);

class Tokenizer {
 public:
  /// Errors go to `error`, which keeps the first.
  Tokenizer(std::string_view text, Error& error);

  [[nodiscard]] bool has_failed() const { return !error_.message.empty(); }

  /// The token to come, empty at the end.
  [[nodiscard]] std::string_view next() const { return text_.substr(at_, length_); }
  [[nodiscard]] bool is_next(char c) const { return length_ == 1 && text_[at_] == c; }
  /// Where the token to come stands, in bytes.
  [[nodiscard]] std::size_t tell() const { return at_; }

  std::string_view get();
  bool match(char c);
  void seek(std::size_t at);
  /// Up to `count` tokens for which `holds`.
  std::string_view get_while(std::size_t count, bool (*holds)(std::string_view));
  /// What stands before `terminator`, which is passed. An error calls it `what`.
  std::string_view get_until(char terminator, std::string_view what);

  /// Python: Tokenizer.error: an error so many code points before the token to come.
  void fail(std::string_view message, std::size_t code_points_back = 0);
  void fail_at(std::string_view message, std::size_t at);
  /// An error without a place.
  void fail_everywhere(std::string_view type, std::string_view message);

 private:
  void look_ahead();

  std::string_view text_;
  Error& error_;
  std::size_t at_ = 0;
  std::size_t length_ = 0;
};

}  // namespace stactask::regex

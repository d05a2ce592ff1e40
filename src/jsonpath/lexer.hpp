// An expression's tokens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/locate.hpp"
#include "json/value.hpp"
#include "jsonpath/error.hpp"

namespace stactask::jsonpath {

/// Punctuation is its own character.
enum class TokenType : char {
  end = '\0',
  ampersand = '&',
  at = '@',
  close_bracket = ']',
  close_parenthesis = ')',
  colon = ':',
  comma = ',',
  dollar = '$',
  dot = '.',
  minus = '-',
  open_bracket = '[',
  open_parenthesis = '(',
  pipe = '|',
  plus = '+',
  question = '?',
  star = '*',
  tilde = '~',
  id = 'i',  // a bare name, or a string in quotes
  number = 'n',
  floating = 'f',
  boolean = 'b',
  named_operator = '`',
  sort_direction = '/',
  filter_operator = '=',
  double_dot = 'd',
  where = 'w',
  where_not = 'x',
};

struct Token {
  TokenType type = TokenType::end;
  bool is_quoted = false;
  json::ByteRange range;     // in the text, with quotes
  std::size_t position = 0;  // where Python has it: at the closing quote of a string
  std::size_t line = 1;
  std::size_t newline = 0;  // the place of the last line break before it
};

/// Cuts a text into tokens, one at a time, because an error of the parser comes before one of a later token
/// (jsonpath_ng/ext/parser.py: ExtendedJsonPathLexer).
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  /// Read the next token. False after an error.
  bool next(Token& token, Error& error);

  /// What stands in the text for a token, without its quotes.
  [[nodiscard]] std::string_view source(const Token& token) const;

  /// The value of a token: a name's or an operator's text, a number, a boolean.
  [[nodiscard]] json::Value value(const Token& token) const;

  /// Python: `int(text)` of digits with a sign, which stand at an offset. False after an error.
  static bool integer(std::string_view text, std::size_t offset, json::Value& out, Error& error);

  /// Where Python says a token is: `line:column`, the latter in code points.
  [[nodiscard]] std::string place(const Token& token) const;

 private:
  bool scan(Token& token, Error& error);
  bool scan_string(Token& token, Error& error);
  bool scan_number(Token& token, Error& error);
  bool scan_sort_direction(Token& token);
  bool scan_name(Token& token);
  bool scan_operator(Token& token);

  bool fail(Error& error, std::string_view state, std::size_t at);
  [[nodiscard]] char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  bool finish(Token& token, TokenType type, std::size_t end);

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t newline_ = 0;
  std::size_t space_end_ = 0;  // of the space that was skipped last
};

/// Code points in a text.
std::size_t count_code_points(std::string_view text);

/// A text as Python reads it between quotes: a backslash gives the character after it, whatever that is.
std::string unescape(std::string_view text);

}  // namespace stactask::jsonpath

#include "jsonpath/lexer.hpp"

#include <algorithm>

#include "json/join.hpp"
#include "json/reader.hpp"
#include "json/syntax.hpp"
#include "jsonpath/characters.hpp"

namespace stactask::jsonpath {

namespace {

using json::Byte;

bool is_letter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || c == '_';
}

bool is_name_character(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '@' || c == '-'; }

// A number's text with ASCII digits, and without zeros in front, which JSON's grammar does not have.
std::string ascii_number(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  if (text.front() == '-') out.push_back(text[at++]);
  const std::size_t start = out.size();
  while (at < text.size()) {
    const json::Utf8Sequence c = character_at(text, at);
    const int digit = decimal_digit(c.code_point);
    if (out.size() == start + 1 && out.back() == '0' && digit >= 0) out.pop_back();
    out.push_back(digit < 0 ? text[at] : static_cast<char>('0' + digit));
    at += static_cast<std::size_t>(c.length);
  }
  return out == "-0" ? "0" : out;
}

}  // namespace

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<Byte>(c) & 0xC0) != 0x80; }));
}

std::string unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out.push_back(text[i]);
  }
  return out;
}

bool Lexer::next(Token& token, Error& error) {
  while (at_ < text_.size()) {
    if (peek(at_) == ' ' || peek(at_) == '\t') {
      ++at_;
      continue;
    }
    token.range.start = at_;
    token.position = at_;
    token.line = line_;
    token.newline = newline_;
    token.is_quoted = false;
    if (peek(at_) != '\n' || scan_sort_direction(token)) {
      return at_ > token.range.start || scan(token, error);
    }
    ++line_;
    newline_ = at_++;
  }
  token = {TokenType::end, false, {at_, at_}, at_, line_, newline_};
  return true;
}

// In the order that the rules have in Python: of functions the order of their lines, then the longer
// patterns.
bool Lexer::scan(Token& token, Error& error) {
  const std::string_view rest = text_.substr(at_);
  if (rest.starts_with("true")) return finish(token, TokenType::boolean, at_ + 4);
  if (rest.starts_with("false")) return finish(token, TokenType::boolean, at_ + 5);
  if (scan_sort_direction(token) || scan_name(token)) return true;
  const char c = rest.front();
  if (c == '\'' || c == '"' || c == '`') return scan_string(token, error);
  if (skip_digits(text_, at_ + (c == '-' ? 1 : 0)) > at_ + (c == '-' ? 1 : 0)) {
    return scan_number(token, error);
  }
  return scan_operator(token) || fail(error, "", at_);
}

bool Lexer::scan_sort_direction(Token& token) {
  const std::size_t start = at_ + (peek(at_) == ',' ? 1 : 0);
  // Line breaks after one another are in the same space.
  if (start >= space_end_) space_end_ = skip_space(text_, start);
  const std::size_t end = std::max(start, space_end_);
  if (peek(end) != '/' && peek(end) != '\\') return false;
  return finish(token, TokenType::sort_direction, end + 1);
}

bool Lexer::scan_name(Token& token) {
  std::size_t end = at_ + (peek(at_) == '@' ? 1 : 0);
  if (!is_letter(peek(end))) return false;
  while (is_name_character(peek(end))) ++end;
  const std::string_view name = text_.substr(at_, end - at_);
  const bool is_where = name == "where";
  const TokenType keyword = is_where ? TokenType::where : TokenType::where_not;
  return finish(token, is_where || name == "wherenot" ? keyword : TokenType::id, end);
}

bool Lexer::scan_number(Token& token, Error& error) {
  const std::size_t first = at_ + (peek(at_) == '-' ? 1 : 0);
  std::size_t end = skip_digits(text_, first);
  if (peek(end) == '.') {
    const std::size_t after = skip_digits(text_, end + 1);
    if (after > end + 1) return finish(token, TokenType::floating, after);
  }
  json::Value value;
  return integer(text_.substr(at_, end - at_), at_, value, error) && finish(token, TokenType::number, end);
}

bool Lexer::scan_string(Token& token, Error& error) {
  const char quote = peek(at_);
  std::size_t end = at_ + 1;
  for (; end < text_.size() && text_[end] != quote; ++end) {
    if (text_[end] != '\\') continue;
    if (end + 1 == text_.size() || text_[end + 1] == '\n') {
      const bool is_single = quote == '\'';
      return fail(error,
                  is_single      ? " while lexing singlequoted field"
                  : quote == '"' ? " while lexing doublequoted field"
                                 : " while lexing backquoted operator",
                  end);
    }
    ++end;
  }
  if (end >= text_.size()) {
    error = {"JsonPathLexerError", "Unexpected EOF in string literal or identifier", at_};
    return false;
  }
  token.position = end;
  token.is_quoted = true;
  return finish(token, quote == '`' ? TokenType::named_operator : TokenType::id, end + 1);
}

bool Lexer::scan_operator(Token& token) {
  const std::string_view rest = text_.substr(at_);
  if (rest.starts_with("..")) return finish(token, TokenType::double_dot, at_ + 2);
  for (const std::string_view op : {"=~", "==", "<=", ">=", "!=", "=", "<", ">"}) {
    if (rest.starts_with(op)) return finish(token, TokenType::filter_operator, at_ + op.size());
  }
  if (std::string_view("*.[]()$,:|&~?@+-").find(rest.front()) == std::string_view::npos) return false;
  return finish(token, static_cast<TokenType>(rest.front()), at_ + 1);
}

bool Lexer::finish(Token& token, TokenType type, std::size_t end) {
  token.type = type;
  token.range.end = end;
  at_ = end;
  return true;
}

bool Lexer::fail(Error& error, std::string_view state, std::size_t at) {
  const auto length = static_cast<std::size_t>(character_at(text_, at).length);
  const std::string column = std::to_string(count_code_points(text_.substr(newline_, at - newline_)));
  error = {"JsonPathLexerError",
           json::join({"Error on line ", std::to_string(line_), ", col ", column, state,
                       ": Unexpected character: ", text_.substr(at, length), " "}),
           at};
  return false;
}

std::string_view Lexer::source(const Token& token) const {
  const std::size_t quote = token.is_quoted ? 1 : 0;
  return text_.substr(token.range.start + quote, token.range.end - token.range.start - 2 * quote);
}

bool Lexer::integer(std::string_view text, std::size_t offset, json::Value& out, Error& error) {
  const std::size_t digits = count_code_points(text) - (text.front() == '-' ? 1 : 0);
  if (digits > json::max_integer_digits) {
    error = {"ValueError",
             json::join({"Exceeds the limit (4300 digits) for integer string conversion: value has ",
                         std::to_string(digits),
                         " digits; use sys.set_int_max_str_digits() to increase the limit"}),
             offset};
    return false;
  }
  out = json::read_number(ascii_number(text));
  return true;
}

json::Value Lexer::value(const Token& token) const {
  const std::string_view text = source(token);
  switch (token.type) {
    case TokenType::number:
    case TokenType::floating: return json::read_number(ascii_number(text));
    case TokenType::boolean: return text == "true";
    case TokenType::sort_direction: return std::string(1, text.back());
    default: return token.is_quoted ? unescape(text) : std::string(text);
  }
}

std::string Lexer::place(const Token& token) const {
  const std::string_view before = text_.substr(token.newline, token.position - token.newline);
  return json::join({std::to_string(token.line), ":", std::to_string(count_code_points(before))});
}

}  // namespace stactask::jsonpath

#include "regex/tokenizer.hpp"

#include <algorithm>

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/utf8.hpp"

namespace stactask::regex {

namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

std::string repr(std::string_view text) { return json::python_repr(json::Value(std::string(text))); }

}  // namespace

std::uint32_t digit_of(Token token) {
  if (token - '0' < 10) return token - '0';
  const Token letter = (token | 0x20) - 'a';
  return letter < 6 ? letter + 10 : 16;
}

Tokenizer::Tokenizer(std::string_view text, Error& error) : text_(text), error_(error) { look_ahead(); }

void Tokenizer::look_ahead() {
  next_ = end_of_pattern;
  behind_ = at_;
  if (has_failed()) return;
  const bool is_escaped = at_ < text_.size() && text_[at_] == '\\';
  const std::size_t start = at_ + (is_escaped ? 1 : 0);
  if (start == text_.size()) {
    if (is_escaped) fail("bad escape (end of pattern)");
    return;
  }
  const auto* const bytes = reinterpret_cast<const json::Byte*>(text_.data());
  const json::Utf8Sequence character = json::read_utf8(bytes + start, bytes + text_.size());
  next_ = character.code_point | (is_escaped ? escaped : 0);
  behind_ = start + static_cast<std::size_t>(std::max(character.length, 1));
}

Token Tokenizer::get() {
  const Token token = next_;
  at_ = behind_;
  look_ahead();
  return token;
}

bool Tokenizer::match(Token token) {
  if (next_ != token) return false;
  get();
  return true;
}

void Tokenizer::seek(std::size_t at) {
  at_ = at;
  look_ahead();
}

std::uint32_t Tokenizer::read_digits(std::uint32_t base, std::size_t count) {
  std::uint64_t value = 0;
  for (; count > 0 && digit_of(next_) < base; --count) {
    value = std::min<std::uint64_t>(value * base + digit_of(next_), 0xFFFFFFFF);
    get();
  }
  return static_cast<std::uint32_t>(value);
}

std::string_view Tokenizer::get_until(char terminator, const char* what) {
  const std::size_t start = at_;
  while (next_ != static_cast<Token>(terminator) && next_ != end_of_pattern) get();
  const std::string_view found = text_from(start);
  if (found.empty()) fail_at(at_, "missing ", what);
  if (next_ == end_of_pattern) fail_at(start, "missing ", {&terminator, 1}, ", unterminated name");
  get();
  return found;
}

std::size_t Tokenizer::back(std::size_t code_points) const {
  std::size_t at = at_;
  for (; code_points > 0 && at > 0; --code_points) {
    do {
      --at;
    } while (at > 0 && is_continuation(text_[at]));
  }
  return at;
}

// Python: re/_constants.py, error.__init__.
void Tokenizer::fail_at(std::size_t at, const char* message, std::string_view detail, std::string_view end) {
  if (has_failed()) return;
  const std::string_view before = text_.substr(0, at);
  error_.offset = at;
  std::string place;
  if (text_.find('\n') != std::string_view::npos) {
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t column = length_of(before.substr(before.rfind('\n') + 1)) + 1;
    place = json::join({" (line ", std::to_string(lines + 1), ", column ", std::to_string(column), ")"});
  }
  error_.message =
      json::join({message, detail, end, " at position ", std::to_string(length_of(before)), place});
  next_ = end_of_pattern;
  behind_ = at_;
}

void Tokenizer::fail_name(const char* message, std::string_view name, std::size_t before,
                          std::string_view end) {
  const auto at = static_cast<std::size_t>(name.data() - text_.data()) - before;
  fail_at(at, message, repr(name), end);
}

void Tokenizer::fail_unknown(std::string_view name) {
  fail_everywhere("IndexError", json::join({"unknown group name ", repr(name)}));
}

void Tokenizer::fail_everywhere(const char* type, std::string_view message) {
  if (has_failed()) return;
  error_.type = type;
  error_.message = message;
  next_ = end_of_pattern;
  behind_ = at_;
}

}  // namespace stactask::regex

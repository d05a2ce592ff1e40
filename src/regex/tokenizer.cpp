#include "regex/tokenizer.hpp"

#include <algorithm>

#include "json/join.hpp"
#include "json/utf8.hpp"

namespace stactask::regex {

namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Behind the character at `at`.
std::size_t next_character(std::string_view text, std::size_t at) {
  if (at < text.size()) ++at;
  while (at < text.size() && is_continuation(text[at])) ++at;
  return at;
}

}  // namespace

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

char32_t code_point_of(std::string_view character) {
  const auto* p = reinterpret_cast<const json::Byte*>(character.data());
  return json::read_utf8(p, p + character.size()).code_point;
}

Tokenizer::Tokenizer(std::string_view text, Error& error) : text_(text), error_(error) { look_ahead(); }

void Tokenizer::look_ahead() {
  std::size_t end = next_character(text_, at_);
  if (at_ < text_.size() && text_[at_] == '\\') {
    if (end == text_.size()) {
      fail_at("bad escape (end of pattern)", at_);
      end = at_;
    }
    end = next_character(text_, end);
  }
  if (has_failed()) end = at_;
  length_ = end - at_;
}

std::string_view Tokenizer::get() {
  const std::string_view token = next();
  at_ += length_;
  look_ahead();
  return token;
}

bool Tokenizer::match(char c) {
  if (!is_next(c)) return false;
  get();
  return true;
}

void Tokenizer::seek(std::size_t at) {
  at_ = at;
  look_ahead();
}

std::string_view Tokenizer::get_while(std::size_t count, bool (*holds)(std::string_view)) {
  const std::size_t start = at_;
  while (count > 0 && holds(next())) {
    get();
    --count;
  }
  return text_.substr(start, at_ - start);
}

std::string_view Tokenizer::get_until(char terminator, std::string_view what) {
  const std::size_t start = at_;
  while (!is_next(terminator) && length_ > 0) get();
  const std::string_view found = text_.substr(start, at_ - start);
  if (length_ == 0 && !found.empty()) {
    const std::string message = json::join({"missing ", {&terminator, 1}, ", unterminated name"});
    fail(message, length_of(found));
  }
  if (found.empty()) fail(json::join({"missing ", what}));
  get();
  return found;
}

void Tokenizer::fail(std::string_view message, std::size_t code_points_back) {
  std::size_t at = at_;
  for (; code_points_back > 0 && at > 0; --code_points_back) {
    do {
      --at;
    } while (at > 0 && is_continuation(text_[at]));
  }
  fail_at(message, at);
}

// Python: re/_constants.py, error.__init__.
void Tokenizer::fail_at(std::string_view message, std::size_t at) {
  if (has_failed()) return;
  const std::string_view before = text_.substr(0, at);
  error_.offset = at;
  error_.message = json::join({message, " at position ", std::to_string(length_of(before))});
  if (text_.find('\n') == std::string_view::npos) return;
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t column = length_of(before.substr(before.rfind('\n') + 1)) + 1;
  error_.message = json::join(
      {error_.message, " (line ", std::to_string(lines + 1), ", column ", std::to_string(column), ")"});
}

void Tokenizer::fail_everywhere(std::string_view type, std::string_view message) {
  if (has_failed()) return;
  error_.type = type;
  error_.message = message;
}

}  // namespace stactask::regex

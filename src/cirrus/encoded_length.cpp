#include "cirrus/encoded_length.hpp"

#include "json/decimal.hpp"
#include "json/reader.hpp"
#include "json/scanner.hpp"
#include "json/utf8.hpp"
#include "json/value.hpp"

namespace stactask::cirrus {

using json::Byte;
using json::Scanner;
using json::StringSpan;

namespace {

// Of one character in the inner string, once that is a string itself: its backslashes and quotes are
// escaped again.
std::size_t length_of(char32_t code_point) {
  switch (code_point) {
    case '"':
    case '\\': return 4;
    case '\b':
    case '\f':
    case '\n':
    case '\r':
    case '\t': return 3;
    default: break;
  }
  if (code_point >= 0x20 && code_point < 0x7F) return 1;
  return code_point < 0x10000 ? 7 : 14;
}

class Counter {
 public:
  Counter(std::string_view text, std::size_t limit) : scanner_(text), limit_(limit) {}

  std::size_t count() {
    visit();
    return length_;
  }

 private:
  // Depth is limited by the scanner. False when there is enough.
  bool visit() {
    const Byte first = scanner_.peek();
    std::size_t members = 0;
    length_ += first == '{' || first == '[' ? 2 : 0;
    // Between two elements stands ", ", after a key ": ".
    const auto separate = [&] { length_ += members++ == 0 ? 0 : 2; };
    if (length_ > limit_) return false;
    if (first == '{') {
      return scanner_.object([&](const StringSpan& key) {
        separate();
        add_string(key);
        length_ += 2;
        return visit();
      });
    }
    if (first == '[') {
      return scanner_.array([&](std::size_t /*index*/) {
        separate();
        return visit();
      });
    }
    if (first == '"') {
      StringSpan string;
      if (!scanner_.string(string)) return false;
      add_string(string);
      return true;
    }
    std::string_view scalar;
    if (!scanner_.scalar(scalar)) return false;
    length_ += scalar_length(scalar);
    return true;
  }

  void add_string(const StringSpan& span) {
    length_ += 4;  // two quotes, each with its backslash
    const std::string text = json::decode_string(span);
    const Byte* p = reinterpret_cast<const Byte*>(text.data());
    const Byte* const end = p + text.size();
    while (p < end) {
      const json::Utf8Sequence sequence = json::read_utf8(p, end);
      length_ += length_of(sequence.code_point);
      p += sequence.length;
    }
  }

  // As Python writes it: words and integers as they are, but -0, floats by their repr.
  static std::size_t scalar_length(std::string_view text) {
    if (text == "-0") return 1;
    const bool is_number = text.back() >= '0' && text.back() <= '9';
    if (!is_number || text.find_first_of(".eE") == std::string_view::npos) return text.size();
    const std::string repr = json::float_repr(json::parse_decimal(text));
    if (repr == "inf") return 8;
    return repr == "-inf" ? 9 : repr.size();
  }

  Scanner scanner_;
  std::size_t limit_;
  std::size_t length_ = 2;  // the outer quotes
};

}  // namespace

std::size_t encoded_length(std::string_view text, std::size_t limit) { return Counter(text, limit).count(); }

}  // namespace stactask::cirrus

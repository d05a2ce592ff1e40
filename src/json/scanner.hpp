// The validating scanner: walks JSON text byte by byte, or sixteen at a time, checks all of its
// grammar and keeps nothing. What a caller wants to look at it takes by `string`, `object` and
// `array`; the rest it passes over with `skip_value`, at more than a gigabyte a second.
//
// The grammar is that of Python's json module (Lib/json/scanner.py, Modules/_json.c): RFC 8259 plus
// NaN, Infinity and -Infinity, and lone surrogates, as escapes or as their three UTF-8 bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "json/lanes.hpp"
#include "json/syntax.hpp"

namespace stactask::json {

/// Legal for Python, refused or mangled by others: worth a word when somebody asks.
enum class OddityKind : std::uint8_t {
  non_finite_number,
  lone_surrogate,
  // Errors that `recover` passes over:
  control_character,
  bad_escape,
  trailing_comma,
};

struct Oddity {
  OddityKind kind;
  std::size_t offset;
  std::size_t length;
};

/// A string as it stands in the text: the bytes between its quotes, escapes not yet decoded.
struct StringSpan {
  std::string_view raw;
  bool escaped = false;
};

/// Where a member of an object stands in the text.
struct MemberPlace {
  StringSpan key;
  std::size_t value = 0;  // offset of its value
};

class Scanner {
 public:
  /// `text` must be followed by `text_padding` readable bytes, the first of them zero. At most
  /// `max_oddities` are kept.
  explicit Scanner(std::string_view text, std::size_t max_oddities = 10000)
      : max_oddities_(max_oddities),
        begin_(reinterpret_cast<const Byte*>(text.data())),
        end_(begin_ + text.size()),
        at_(begin_) {}

  /// The next byte that is not whitespace, or 0 at the end of the text. Does not consume it.
  Byte peek() {
    at_ = skip_space(at_);
    return *at_;
  }

  /// From now on, pass over errors whose remedy is plain, and note them as oddities: control characters
  /// and unknown escapes in strings, commas behind the last element of what `skip_value` skips.
  void recover() { recovers_ = true; }

  /// Go to a value that is known to stand at this offset of a well-formed text.
  void seek(std::size_t offset) { at_ = begin_ + offset; }

  [[nodiscard]] std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }
  [[nodiscard]] std::size_t offset_of(const char* place) const {
    return static_cast<std::size_t>(reinterpret_cast<const Byte*>(place) - begin_);
  }
  [[nodiscard]] const SyntaxError& error() const { return error_; }
  [[nodiscard]] const std::vector<Oddity>& oddities() const { return oddities_; }
  /// Those included that are not kept.
  [[nodiscard]] std::size_t oddity_count() const { return oddity_count_; }

  /// Pass over one value of any kind. Like all that return bool here: false after an error.
  bool skip_value();

  /// Read the string whose opening quote is the next byte.
  bool string(StringSpan& out);

  /// Read a number or a bare word (true, false, null, NaN, Infinity, -Infinity); `out` is its text.
  bool scalar(std::string_view& out);

  /// Step over the bracket that opens or closes a container, which is the next byte.
  bool enter();
  bool leave();

  /// Read an object's next key and its colon.
  bool key(StringSpan& out);

  /// Step over the comma between two members or elements, which must be the next byte.
  bool comma();

  /// Visit the object whose `{` is the next byte. `on_member(StringSpan key)` must consume the value.
  template <typename OnMember>
  bool object(OnMember on_member) {
    if (!enter()) return false;
    if (peek() == '}') return leave();
    for (;;) {
      StringSpan name;
      if (!key(name) || !on_member(name)) return false;
      if (peek() == '}') return leave();
      if (!comma()) return false;
    }
  }

  /// Visit the array whose `[` is the next byte. `on_element(index)` must consume the value.
  template <typename OnElement>
  bool array(OnElement on_element) {
    if (!enter()) return false;
    if (peek() == ']') return leave();
    for (std::size_t index = 0;; ++index) {
      peek();
      if (!on_element(index)) return false;
      if (peek() == ']') return leave();
      if (!comma()) return false;
    }
  }

  /// True when nothing but whitespace is left; otherwise an error.
  bool finish();

 private:
  static const Byte* skip_space(const Byte* p);
  static const Byte* skip_long_space(const Byte* p);
  const Byte* skip_string(const Byte* p);  // p after the opening quote; null after an error
  const Byte* skip_short_string(const Byte* p);
  const Byte* skip_scalar(const Byte* p);  // a number or a bare word
  const Byte* skip_escape(const Byte* p, const Byte* quote);
  const Byte* skip_multibyte(const Byte* p);
  const Byte* skip_word(const Byte* p, std::string_view word);
  const Byte* skip_non_finite(const Byte* p, std::string_view word);
  bool fail(SyntaxErrorKind kind, const Byte* where);
  void note(OddityKind kind, const Byte* from, std::size_t length);
  bool recover_from(OddityKind kind, const Byte* where);
  bool recover_from_comma(const Byte* p);

  std::size_t max_oddities_;
  const Byte* begin_;
  const Byte* end_;
  const Byte* at_;
  std::size_t depth_ = 0;
  bool recovers_ = false;
  bool escaped_ = false;  // whether the string passed over last had an escape
  SyntaxError error_;
  std::vector<Oddity> oddities_;
  std::size_t oddity_count_ = 0;
  std::array<Byte, max_depth + 1> closers_{};  // for skip_value: the byte that ends each open container
};

inline const Byte* Scanner::skip_space(const Byte* p) {
  if (*p > ' ') return p;
  if (p[0] == ' ' && p[1] > ' ') return p + 1;
  return skip_long_space(p);
}

}  // namespace stactask::json

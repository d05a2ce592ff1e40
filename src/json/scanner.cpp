#include "json/scanner.hpp"

#include "json/utf8.hpp"

namespace stactask::json {

namespace {

bool is_digit(Byte byte) { return static_cast<Byte>(byte - '0') < 10; }

std::uint32_t digit_bits(const Byte* p) { return lane_bits((load_lanes(p) - static_cast<Byte>('0')) < 10); }

const Byte* skip_digits(const Byte* p) {
  for (;;) {
    const std::uint32_t digits = digit_bits(p);
    if (digits != 0xFFFF) return p + std::countr_one(digits);
    p += 16;
  }
}

// The parts of a number after its integer part, taken only where they are whole: Python reads `1.`
// and `1e+` as the number 1 with something after it.
const Byte* skip_fraction_and_exponent(const Byte* p) {
  if (*p == '.' && is_digit(p[1])) p = skip_digits(p + 1);
  if ((*p | 0x20) == 'e') {
    const Byte* digits = p + 1;
    if (*digits == '+' || *digits == '-') ++digits;
    if (is_digit(*digits)) p = skip_digits(digits);
  }
  return p;
}

// The bytes of the next sixteen that are no plain characters of a string.
std::uint32_t stops_at(const Byte* p) {
  const Lanes lanes = load_lanes(p);
  // Signed, so that one comparison finds control characters and bytes beyond ASCII alike.
  const LaneMask low = reinterpret_cast<LaneMask>(lanes) < 0x20;
  return lane_bits((lanes == '"') | (lanes == '\\') | low);
}

}  // namespace

bool Scanner::fail(SyntaxErrorKind kind, const Byte* where) {
  error_ = {kind, static_cast<std::size_t>(where - begin_)};
  return false;
}

void Scanner::note(OddityKind kind, const Byte* from, std::size_t length) {
  ++oddity_count_;
  if (oddities_.size() == max_oddities_) return;
  oddities_.push_back({kind, static_cast<std::size_t>(from - begin_), length});
}

bool Scanner::recover_from(OddityKind kind, const Byte* where) {
  if (recovers_) note(kind, where, 1);
  return recovers_;
}

// Whether p is where a container ends after a comma.
bool Scanner::recover_from_comma(const Byte* p) {
  if (!recovers_ || *p != closers_[depth_]) return false;
  const Byte* comma = p - 1;
  while (*comma <= ' ') --comma;
  return *comma == ',' && recover_from(OddityKind::trailing_comma, comma);
}

// Out of line: it is called once a line of pretty-printed text, and inlined everywhere it would be a
// large part of the chunk.
[[gnu::noinline]] const Byte* Scanner::skip_long_space(const Byte* p) {
  for (;;) {
    const Lanes lanes = load_lanes(p);
    const std::uint32_t space =
        lane_bits((lanes == ' ') | (lanes == '\n') | (lanes == '\r') | (lanes == '\t'));
    if (space != 0xFFFF) return p + std::countr_one(space);
    p += 16;
  }
}

bool Scanner::enter() {
  if (depth_ == max_depth) return fail(SyntaxErrorKind::too_deep, at_);
  ++depth_;
  ++at_;
  return true;
}

bool Scanner::leave() {
  --depth_;
  ++at_;
  return true;
}

bool Scanner::finish() {
  peek();
  return at_ == end_ || fail(SyntaxErrorKind::trailing_text, at_);
}

bool Scanner::string(StringSpan& out) {
  const Byte* from = at_ + 1;
  escaped_ = false;
  const Byte* after = skip_string(from);
  if (after == nullptr) return false;
  at_ = after;
  out = {{reinterpret_cast<const char*>(from), static_cast<std::size_t>(after - from - 1)}, escaped_};
  return true;
}

bool Scanner::scalar(std::string_view& out) {
  const Byte* after = skip_scalar(at_);
  if (after == nullptr) return false;
  out = {reinterpret_cast<const char*>(at_), static_cast<std::size_t>(after - at_)};
  at_ = after;
  return true;
}

bool Scanner::key(StringSpan& out) {
  if (peek() != '"') return fail(SyntaxErrorKind::expected_key, at_);
  if (!string(out)) return false;
  if (peek() != ':') return fail(SyntaxErrorKind::expected_colon, at_);
  ++at_;
  peek();
  return true;
}

bool Scanner::comma() {
  if (peek() != ',') return fail(SyntaxErrorKind::expected_comma, at_);
  ++at_;
  peek();
  return true;
}

// Most strings are short and plain.
inline const Byte* Scanner::skip_short_string(const Byte* p) {
  const std::uint32_t stops = stops_at(p);
  if (stops != 0) {
    const Byte* const stop = p + std::countr_zero(stops);
    if (*stop == '"') return stop + 1;
  }
  return skip_string(p);
}

const Byte* Scanner::skip_string(const Byte* p) {
  const Byte* const quote = p - 1;
  for (;;) {
    const std::uint32_t stops = stops_at(p);
    if (stops == 0) {
      p += 16;
      continue;
    }
    p += std::countr_zero(stops);
    if (*p == '"') return p + 1;
    if (*p == '\\') {
      escaped_ = true;
      p = skip_escape(p, quote);
    } else if (*p >= 0x80) {
      p = skip_multibyte(p);
    } else if (p != end_ && recover_from(OddityKind::control_character, p)) {
      ++p;
    } else {
      fail(p == end_ ? SyntaxErrorKind::unterminated_string : SyntaxErrorKind::control_character,
           p == end_ ? quote : p);
      return nullptr;
    }
    if (p == nullptr) return nullptr;
  }
}

const Byte* Scanner::skip_multibyte(const Byte* p) {
  const Utf8Sequence sequence = read_utf8(p, end_);
  if (sequence.length == 0) {
    fail(SyntaxErrorKind::invalid_utf8, p);
    return nullptr;
  }
  if (is_surrogate(sequence.code_point)) note(OddityKind::lone_surrogate, p, 3);
  return p + sequence.length;
}

const Byte* Scanner::skip_escape(const Byte* p, const Byte* quote) {
  const Byte* const letter = p + 1;
  if (letter == end_) {
    fail(SyntaxErrorKind::unterminated_string, quote);
    return nullptr;
  }
  switch (*letter) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't': return letter + 1;
    case 'u': break;
    default:
      if (recover_from(OddityKind::bad_escape, p)) return letter;
      fail(SyntaxErrorKind::bad_escape, p);
      return nullptr;
  }
  const int unit = read_hex4(letter + 1);
  // Python wants at least one more character after the four digits.
  if (unit < 0 || letter + 5 >= end_) {
    if (recover_from(OddityKind::bad_escape, p)) return letter;
    fail(SyntaxErrorKind::bad_unicode_escape, letter);
    return nullptr;
  }
  p = letter + 5;
  if (!is_surrogate(static_cast<char32_t>(unit))) return p;
  if (unit < 0xDC00 && p[0] == '\\' && p[1] == 'u' && p + 6 < end_) {
    const int low = read_hex4(p + 2);
    if (low >= 0xDC00 && low < 0xE000) return p + 6;
  }
  note(OddityKind::lone_surrogate, letter - 1, 6);
  return p;
}

const Byte* Scanner::skip_word(const Byte* p, std::string_view word) {
  if (std::memcmp(p, word.data(), word.size()) == 0) return p + word.size();
  fail(SyntaxErrorKind::expected_value, p);
  return nullptr;
}

const Byte* Scanner::skip_non_finite(const Byte* p, std::string_view word) {
  const Byte* const after = skip_word(p, word);
  if (after != nullptr) note(OddityKind::non_finite_number, p, word.size());
  return after;
}

const Byte* Scanner::skip_scalar(const Byte* p) {
  const Byte* const from = p;
  switch (*p) {
    case 't': return skip_word(p, "true");
    case 'f': return skip_word(p, "false");
    case 'n': return skip_word(p, "null");
    case 'N': return skip_non_finite(p, "NaN");
    case 'I': return skip_non_finite(p, "Infinity");
    case '-':
      if (p[1] == 'I') return skip_non_finite(p, "-Infinity");
      ++p;
      break;
    default: break;
  }
  if (*p == '0') return skip_fraction_and_exponent(p + 1);
  // Most numbers are shorter than sixteen bytes: one vector says where both runs of digits end.
  const std::uint32_t digits = digit_bits(p);
  const int whole = std::countr_one(digits);
  if (whole == 0) {
    fail(SyntaxErrorKind::expected_value, from);
    return nullptr;
  }
  if (whole < 15) {
    const Byte* dot = p + whole;
    if (*dot == '.') {
      const int fraction = std::countr_one(digits >> (whole + 1));
      if (fraction != 0 && whole + 1 + fraction < 16) {
        p = dot + 1 + fraction;
        return (*p | 0x20) == 'e' ? skip_fraction_and_exponent(p) : p;
      }
    } else if ((*dot | 0x20) != 'e') {
      return dot;
    }
  }
  const Byte* const after_digits = skip_digits(p);
  const Byte* const after = skip_fraction_and_exponent(after_digits);
  if (after == after_digits && static_cast<std::size_t>(after - p) > max_integer_digits) {
    fail(SyntaxErrorKind::integer_too_long, from);
    return nullptr;
  }
  return after;
}

bool Scanner::skip_value() {
  const std::size_t outside = depth_;
  const Byte* p = skip_space(at_);
  const auto stop = [&](SyntaxErrorKind kind) { return fail(kind, p); };
  for (;;) {
    // A value begins at p.
    switch (*p) {
      case '"':
        p = skip_short_string(p + 1);
        if (p == nullptr) return false;
        break;
      case '{':
        if (depth_ == max_depth) return stop(SyntaxErrorKind::too_deep);
        closers_[++depth_] = '}';
        p = skip_space(p + 1);
        if (*p != '}') goto key;
        --depth_;
        ++p;
        break;
      case '[':
        if (depth_ == max_depth) return stop(SyntaxErrorKind::too_deep);
        closers_[++depth_] = ']';
        p = skip_space(p + 1);
        if (*p != ']') continue;
        --depth_;
        ++p;
        break;
      default: {
        const Byte* const after = skip_scalar(p);
        if (after == nullptr) {
          if (depth_ == outside || *p != ']' || !recover_from_comma(p)) return false;
          --depth_;
        }
        p = after == nullptr ? p + 1 : after;
      }
    }
  ended:
    // A value has ended just before p.
    for (;;) {
      if (depth_ == outside) {
        at_ = p;
        return true;
      }
      p = skip_space(p);
      if (*p == ',') break;
      if (*p != closers_[depth_]) return stop(SyntaxErrorKind::expected_comma);
      --depth_;
      ++p;
    }
    p = skip_space(p + 1);
    if (closers_[depth_] == ']') continue;
  key:
    if (*p != '"') {
      if (*p != '}' || !recover_from_comma(p)) return stop(SyntaxErrorKind::expected_key);
      --depth_;
      ++p;
      goto ended;
    }
    p = skip_short_string(p + 1);
    if (p == nullptr) return false;
    p = skip_space(p);
    if (*p != ':') return stop(SyntaxErrorKind::expected_colon);
    p = skip_space(p + 1);
  }
}

}  // namespace stactask::json

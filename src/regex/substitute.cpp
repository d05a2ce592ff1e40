// Python: re.sub. The replacement is read by re/_parser.py, parse_template.

#include "json/utf8.hpp"
#include "regex/names.hpp"
#include "regex/parser.hpp"
#include "regex/search.hpp"

namespace stactask::regex {

namespace {

constexpr std::size_t bytes_per_step = 16;

// Text, and then a group. Group 0 is the match.
struct Part {
  std::string text;
  std::uint32_t group = none;
};

class TemplateReader {
 public:
  TemplateReader(const Pattern& pattern, std::string_view text, Error& error)
      : pattern_(pattern), source_(text, error) {}

  std::vector<Part> read() {
    while (source_.next() != end_of_pattern) {
      const std::size_t start = source_.tell();
      const Token token = source_.get();
      if ((token & escaped) != 0) {
        read_escape(token & ~escaped, start);
      } else {
        add_character(token);
      }
    }
    return std::move(parts_);
  }

 private:
  Part& text() {
    if (parts_.empty() || parts_.back().group != none) parts_.emplace_back();
    return parts_.back();
  }

  void add_character(char32_t code_point) { json::append_utf8(text().text, code_point); }

  // `digits` stand at `at`.
  void add_group(std::int64_t group, std::string_view digits, std::size_t at) {
    if (group > pattern_.groups) return source_.fail_at(at, "invalid group reference ", digits);
    text().group = static_cast<std::uint32_t>(group);
  }

  void read_escape(Token letter, std::size_t start) {
    if (letter == 'g') return read_name();
    if (letter - '0' < 10) return read_number(letter - '0', start);
    if (const char32_t simple = simple_escape(letter)) return add_character(simple);
    if (is_letter(letter)) return source_.fail_from(start, "bad escape ");
    add_character('\\');
    add_character(letter);
  }

  // `\1`, `\12`, or an octal number: three digits, or a 0 and up to two.
  void read_number(std::uint32_t first, std::size_t start) {
    if (first == 0) {
      return add_character(source_.read_digits(8, 2));
    }
    std::uint32_t group = first;
    if (digit_of(source_.next()) < 10) {
      const std::uint32_t second = source_.read_digits(10, 1);
      if (first < 8 && second < 8 && digit_of(source_.next()) < 8) {
        const std::uint32_t octal = first * 64 + second * 8 + source_.read_digits(8, 1);
        return octal > 0xFF ? source_.fail_octal(start) : add_character(octal);
      }
      group = first * 10 + second;
    }
    add_group(group, source_.text_from(start + 1), start + 1);
  }

  void read_name() {
    if (!source_.match('<')) return source_.fail("missing <");
    const std::string_view name = source_.get_until('>', "group name");
    if (is_identifier(name)) {
      const std::uint32_t group = group_named(pattern_, name);
      if (group != none) return add_group(group, {}, 0);
      return source_.fail_unknown(name);
    }
    std::string digits;
    const std::int64_t group = read_int(name, digits);
    if (group < 0) return source_.fail_name("bad character in group name ", name);
    add_group(group, digits, source_.tell() - name.size() - 1);
  }

  const Pattern& pattern_;
  Tokenizer source_;
  std::vector<Part> parts_;
};

// What takes the place of a match; false when it is more than the budget allows.
bool append_parts(Matcher& matcher, const std::vector<Part>& parts, std::string_view text, std::string& out) {
  for (const Part& part : parts) {
    out.append(part.text);
    Span group = {0, 0};
    if (part.group == 0) group = matcher.whole();
    if (part.group != 0 && part.group != none) group = matcher.group(part.group);
    if (group.is_set()) out.append(text.substr(group.start, group.end - group.start));
    matcher.pay((part.text.size() + group.end - group.start) / bytes_per_step + 1);
    if (matcher.steps_left() == 0) return false;
  }
  return true;
}

}  // namespace

Outcome substitute(const Pattern& pattern, std::string_view replacement, std::string_view text,
                   std::string& out, Error& error, std::uint32_t& steps_left) {
  error = {};
  out.clear();
  const std::vector<Part> parts = TemplateReader(pattern, replacement, error).read();
  if (!error.message.empty()) return Outcome::no_match;
  Matcher matcher(pattern, text, steps_left);
  Outcome outcome = Outcome::no_match;
  std::size_t at = 0;
  // After an empty match there may be no other in the same place.
  bool must_advance = false;
  for (;;) {
    const Outcome found = search_from(matcher, pattern, text, at, must_advance);
    if (found != Outcome::match) {
      if (found == Outcome::out_of_budget) outcome = found;
      break;
    }
    outcome = found;
    const Span whole = matcher.whole();
    out.append(text.substr(at, whole.start - at));
    if (!append_parts(matcher, parts, text, out)) {
      outcome = Outcome::out_of_budget;
      break;
    }
    at = whole.end;
    must_advance = whole.start == whole.end;
  }
  out.append(text.substr(at));
  steps_left = matcher.steps_left();
  return outcome;
}

}  // namespace stactask::regex

// Python: re.sub. The replacement is read by re/_parser.py, parse_template.

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/utf8.hpp"
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
    while (!source_.has_failed() && !source_.next().empty()) {
      const std::string_view token = source_.get();
      if (token[0] == '\\') {
        read_escape(token);
      } else {
        text().append(token);
      }
    }
    return std::move(parts_);
  }

 private:
  std::string& text() {
    if (parts_.empty() || parts_.back().group != none) parts_.emplace_back();
    return parts_.back().text;
  }

  void add_character(std::uint32_t code_point) { json::append_utf8(text(), code_point); }

  void add_group(std::int64_t group, std::string_view digits, std::size_t code_points_back) {
    if (group > pattern_.groups) {
      return source_.fail(json::join({"invalid group reference ", digits}), code_points_back);
    }
    text();
    parts_.back().group = static_cast<std::uint32_t>(group);
  }

  void read_escape(std::string_view token) {
    const char c = token[1];
    if (c == 'g') return read_name();
    if (is_digit(token.substr(1))) return read_number(token);
    constexpr std::string_view letters = "abfnrtv";
    constexpr std::string_view characters = "\a\b\f\n\r\t\v";
    const std::size_t index = letters.find(c);
    if (index != std::string_view::npos) {
      text().push_back(characters[index]);
    } else if (c == '\\') {
      text().push_back(c);
    } else if (is_letter(c)) {
      source_.fail(json::join({"bad escape ", token}), 2);
    } else {
      text().append(token);
    }
  }

  // `\1`, `\12`, or an octal number: three digits, or a 0 and up to two.
  void read_number(std::string_view token) {
    const bool is_zero = token[1] == '0';
    std::string_view digits = token.substr(1);
    const auto take = [&] {
      source_.get();
      digits = {digits.data(), digits.size() + 1};
    };
    if (is_zero ? is_octal_digit(source_.next()) : is_digit(source_.next())) take();
    const bool are_octal =
        digits.size() == 2 && is_octal_digit(digits.substr(0, 1)) && is_octal_digit(digits.substr(1));
    if (are_octal && is_octal_digit(source_.next())) take();
    std::uint32_t octal = 0;
    std::uint32_t decimal = 0;
    for (const char digit : digits) {
      octal = octal * 8 + static_cast<std::uint32_t>(digit - '0');
      decimal = decimal * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    if (is_zero) return add_character(octal & 0xFF);
    if (digits.size() < 3) return add_group(decimal, std::to_string(decimal), digits.size());
    if (octal <= 0xFF) return add_character(octal);
    source_.fail(json::join({"octal escape value \\", digits, " outside of range 0-0o377"}), 4);
  }

  void read_name() {
    if (!source_.match('<')) return source_.fail("missing <");
    const std::string_view name = source_.get_until('>', "group name");
    const std::size_t back = length_of(name) + 1;
    if (is_identifier(name)) {
      for (const GroupName& known : pattern_.names) {
        if (known.name == name) return add_group(known.group, {}, back);
      }
      return source_.fail_everywhere("IndexError", json::join({"unknown group name ", repr(name)}));
    }
    std::string digits;
    const std::int64_t group = read_int(name, max_groups, digits);
    if (group < 0) return source_.fail(json::join({"bad character in group name ", repr(name)}), back);
    add_group(group, digits, back);
  }

  static std::string repr(std::string_view text) { return json::python_repr(json::Value(std::string(text))); }

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

// What begins with a parenthesis.

#include <algorithm>

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/utf8.hpp"
#include "regex/parser.hpp"
#include "regex/unicode.hpp"

namespace stactask::regex {

namespace {

constexpr std::uint8_t type_flags = ascii | unicode;

std::string repr(std::string_view text) { return json::python_repr(json::Value(std::string(text))); }

std::string bad_name(std::string_view name) {
  return json::join({"bad character in group name ", repr(name)});
}

// Python: re/_parser.py, FLAGS. `L` is there, too, and refused.
constexpr std::uint8_t no_flag = 0;
constexpr std::uint8_t locale = 128;

std::uint8_t flag_of(std::string_view token) {
  if (token.size() != 1) return no_flag;
  switch (token[0]) {
    case 'i': return ignore_case;
    case 'L': return locale;
    case 'm': return multiline;
    case 's': return dot_all;
    case 'x': return verbose;
    case 'a': return ascii;
    case 't': return only_template;
    case 'u': return unicode;
    default: return no_flag;
  }
}

// Python: str.isalpha of one token.
bool is_alphabetic(std::string_view token) {
  if (token.size() == 1) return is_letter(token[0]);
  const char32_t code_point = token[0] == '\\' ? U'\\' : code_point_of(token);
  return is_in_class(Class::word, code_point) && !is_in_class(Class::digit, code_point);
}

// Python: re/_compiler.py, _combine_flags.
std::uint8_t combine(std::uint8_t flags, std::uint8_t on, std::uint8_t off) {
  if ((on & type_flags) != 0) flags = flags & static_cast<std::uint8_t>(~type_flags);
  return static_cast<std::uint8_t>((flags | on) & ~off);
}

}  // namespace

void Parser::parse_group(std::size_t start) {
  Open group = {.node = {.kind = Kind::group, .flags = open().node.flags, .value = none}, .start = start};
  if (!source_.match('?')) {
    open_capture(group, {});
  } else if (!parse_extension(group)) {
    return;
  }
  if (open_.size() > max_depth) {
    return source_.fail_everywhere("RecursionError", "maximum recursion depth exceeded");
  }
  open_.push_back(group);
}

// What stands behind `(?`. False where no group begins, or after an error.
bool Parser::parse_extension(Open& group) {
  const std::string_view token = source_.get();
  if (token.empty()) return source_.fail("unexpected end of pattern"), false;
  switch (token[0]) {
    case 'P': return parse_named(group);
    case ':': return true;
    case '#': return skip_comment(group.start), false;
    case '=':
    case '!':
    case '<': return parse_look(group, token);
    case '(': return parse_conditional(group), true;
    case '>': return group.node.kind = Kind::atomic, true;
    default: break;
  }
  if (flag_of(token) != no_flag || token == "-") return parse_flags(group, token);
  return source_.fail(json::join({"unknown extension ?", token}), length_of(token) + 1), false;
}

bool Parser::parse_named(Open& group) {
  if (source_.match('<')) {
    const std::string_view name = source_.get_until('>', "group name");
    check_group_name(name);
    open_capture(group, name);
    return true;
  }
  if (source_.match('=')) return parse_named_reference(), false;
  const std::string_view token = source_.get();
  if (token.empty()) return source_.fail("unexpected end of pattern"), false;
  return source_.fail(json::join({"unknown extension ?P", token}), length_of(token) + 2), false;
}

void Parser::parse_named_reference() {
  const std::string_view name = source_.get_until(')', "group name");
  check_group_name(name);
  const std::uint32_t group = group_named(name);
  const std::size_t back = length_of(name) + 1;
  if (group == none) return source_.fail(json::join({"unknown group name ", repr(name)}), back);
  if (!is_closed(group)) return source_.fail("cannot refer to an open group", back);
  check_lookbehind(group);
  add({.kind = Kind::reference, .value = group, .width = widths_[group].width});
}

void Parser::skip_comment(std::size_t start) {
  while (!source_.next().empty()) {
    if (source_.get() == ")") return;
  }
  source_.fail_at("missing ), unterminated comment", start);
}

bool Parser::parse_look(Open& group, std::string_view token) {
  group.node.kind = Kind::look;
  if (token == "<") {
    token = source_.get();
    if (token.empty()) return source_.fail("unexpected end of pattern"), false;
    if (token != "=" && token != "!") {
      return source_.fail(json::join({"unknown extension ?<", token}), length_of(token) + 2), false;
    }
    group.node.is_behind = true;
    group.ends_lookbehind = lookbehind_groups_ == none;
    if (group.ends_lookbehind) lookbehind_groups_ = groups() + 1;
  }
  group.node.is_negated = token == "!";
  return true;
}

void Parser::parse_conditional(Open& group) {
  group.node.kind = Kind::conditional;
  const std::string_view name = source_.get_until(')', "group name");
  group.node.value = read_condition(name);
  check_lookbehind(group.node.value);
}

std::uint32_t Parser::read_condition(std::string_view name) {
  const std::size_t back = length_of(name) + 1;
  if (is_identifier(name)) {
    const std::uint32_t group = group_named(name);
    if (group == none) source_.fail(json::join({"unknown group name ", repr(name)}), back);
    return group;
  }
  std::string digits;
  const std::int64_t group = read_int(name, max_groups, digits);
  if (group < 0) source_.fail(bad_name(name), back);
  if (group == 0) source_.fail("bad group number", back);
  if (group >= max_groups) source_.fail(json::join({"invalid group reference ", digits}), back);
  pending_.push_back({static_cast<std::uint32_t>(group), source_.tell() - name.size() - 1});
  return static_cast<std::uint32_t>(group);
}

// Python: re/_parser.py, _parse_flags. False where the flags are the pattern's, or after an error.
bool Parser::parse_flags(Open& group, std::string_view token) {
  std::uint8_t on = 0;
  std::uint8_t off = 0;
  if (token != "-" && !read_flags_on(token, on)) return false;
  if (token == ")") {
    std::uint8_t& flags = open().node.flags;
    flags |= on;
    const bool is_first = open_.size() == 1 && open().items.is_empty() && open().alternatives.is_empty();
    if (!is_first) source_.fail_at("global flags not at the start of the expression", group.start);
    return false;
  }
  if ((on & only_template) != 0) source_.fail("bad inline flags: cannot turn on global flag", 1);
  if (token == "-" && !read_flags_off(off)) return false;
  if ((off & only_template) != 0) source_.fail("bad inline flags: cannot turn off global flag", 1);
  if ((on & off) != 0) source_.fail("bad inline flags: flag turned on and off", 1);
  group.node.flags = combine(group.node.flags, on, off);
  group.node.is_scoped = true;
  return true;
}

// Up to the token that ends the flags, which `token` becomes.
bool Parser::read_flags_on(std::string_view& token, std::uint8_t& flags) {
  while (!source_.has_failed()) {
    const std::uint8_t flag = flag_of(token);
    if (flag == locale) source_.fail("bad inline flags: cannot use 'L' flag with a str pattern");
    flags |= flag;
    if ((flag & type_flags) != 0 && (flags & type_flags) != flag) {
      source_.fail("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    }
    token = source_.get();
    if (token.empty()) source_.fail("missing -, : or )");
    if (token == ")" || token == "-" || token == ":") return true;
    if (flag_of(token) == no_flag) {
      source_.fail(is_alphabetic(token) ? "unknown flag" : "missing -, : or )", length_of(token));
    }
  }
  return false;
}

bool Parser::read_flags_off(std::uint8_t& flags) {
  std::string_view missing = "missing flag";
  while (!source_.has_failed()) {
    const std::string_view token = source_.get();
    if (token.empty()) source_.fail(missing);
    if (token == ":" && flags != 0) return true;
    const std::uint8_t flag = flag_of(token);
    if (flag == no_flag) source_.fail(is_alphabetic(token) ? "unknown flag" : missing, length_of(token));
    if ((flag & (type_flags | locale)) != 0) {
      source_.fail("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
    }
    flags |= flag;
    missing = "missing :";
  }
  return false;
}

void Parser::open_capture(Open& group, std::string_view name) {
  group.node.value = groups() + 1;
  widths_.emplace_back();
  if (name.empty()) return;
  const std::uint32_t before = group_named(name);
  if (before != none) {
    const std::string message =
        json::join({"redefinition of group name ", repr(name), " as group ", std::to_string(groups()),
                    "; was group ", std::to_string(before)});
    return source_.fail(message, length_of(name) + 1);
  }
  names.push_back({std::string(name), groups()});
}

void Parser::check_group_name(std::string_view name) {
  if (!is_identifier(name)) source_.fail(bad_name(name), length_of(name) + 1);
}

void Parser::check_lookbehind(std::uint32_t group) {
  if (lookbehind_groups_ == none) return;
  if (!is_closed(group)) source_.fail("cannot refer to an open group");
  if (group >= lookbehind_groups_) {
    source_.fail("cannot refer to group defined in the same lookbehind subpattern");
  }
}

bool Parser::is_closed(std::uint32_t group) const { return group <= groups() && widths_[group].is_closed; }

std::uint32_t Parser::group_named(std::string_view name) const {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const GroupName& n) { return n.name == name; });
  return found == names.end() ? none : found->group;
}

void Parser::close_group() {
  finish_alternative();
  Node node = open().node;
  if (node.kind == Kind::conditional) {
    node.body = open().alternatives;
    if (node.body.first == node.body.last) node.width.min = 0;
  } else {
    node.body = join_alternatives();
  }
  if (open().ends_lookbehind) lookbehind_groups_ = none;
  if (node.kind == Kind::group && node.value != none) widths_[node.value] = {node.width, true};
  if (node.kind == Kind::look) {
    // The compiler asks for the width of what is inside; the assertion itself has none.
    const Width inside = node.width;
    node.width = {};
    open_.pop_back();
    Node& look = add(node);
    look.min = static_cast<std::uint32_t>(std::min<std::uint64_t>(inside.min, none));
    look.max = inside.min == inside.max ? look.min : none;
    return;
  }
  open_.pop_back();
  add(node);
}

bool is_identifier(std::string_view name) {
  const auto* p = reinterpret_cast<const json::Byte*>(name.data());
  const json::Byte* const end = p + name.size();
  for (bool is_first = true; p < end; is_first = false) {
    const json::Utf8Sequence character = json::read_utf8(p, end);
    if (character.length == 0 || !is_in_class(Class::word, character.code_point)) return false;
    if (is_first && is_in_class(Class::digit, character.code_point)) return false;
    p += character.length;
  }
  return !name.empty();
}

std::int64_t read_int(std::string_view text, std::int64_t limit, std::string& digits) {
  constexpr std::size_t most_digits = 4300;  // sys.int_info.default_max_str_digits
  const auto* p = reinterpret_cast<const json::Byte*>(text.data());
  const json::Byte* const end = p + text.size();
  enum class Last : std::uint8_t { nothing, sign, digit, underscore, space } last = Last::nothing;
  std::int64_t value = 0;
  std::size_t count = 0;
  bool is_negative = false;
  while (p < end) {
    const json::Utf8Sequence character = json::read_utf8(p, end);
    p += std::max(character.length, 1);
    const char32_t c = character.code_point;
    if (is_in_class(Class::space, c)) {
      if (last == Last::digit) last = Last::space;
      if (last != Last::nothing && last != Last::space) return -1;
      continue;
    }
    if (last == Last::space) return -1;
    if (c == '_') {
      if (last != Last::digit) return -1;
      last = Last::underscore;
    } else if (c == '+' || c == '-') {
      if (last != Last::nothing) return -1;
      is_negative = c == '-';
      last = Last::sign;
    } else {
      const int digit = digit_value(c);
      if (digit < 0 || ++count > most_digits) return -1;
      value = std::min(value * 10 + digit, limit);
      if (!digits.empty() || digit > 0) digits.push_back(static_cast<char>('0' + digit));
      last = Last::digit;
    }
  }
  if (last != Last::digit && last != Last::space) return -1;
  return is_negative && value > 0 ? -1 : value;
}

}  // namespace stactask::regex

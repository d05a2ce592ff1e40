// What begins with a parenthesis.

#include <algorithm>

#include "json/join.hpp"
#include "regex/names.hpp"
#include "regex/parser.hpp"
#include "regex/unicode.hpp"

namespace stactask::regex {

namespace {

constexpr std::uint8_t type_flags = ascii | unicode;

// Python: re/_parser.py, FLAGS. `L` is there, too, and refused.
constexpr std::uint8_t locale = 128;
constexpr std::string_view flag_letters = "imsxautL";
constexpr std::uint8_t flag_values[] = {ignore_case, multiline, dot_all,       verbose,
                                        ascii,       unicode,   only_template, locale};

// 0 for what is no flag.
std::uint8_t flag_of(Token token) {
  const std::size_t index =
      token < 0x80 ? flag_letters.find(static_cast<char>(token)) : std::string_view::npos;
  return index == std::string_view::npos ? std::uint8_t{0} : flag_values[index];
}

// Python: str.isalpha; but numbers that are no digits are letters here.
bool is_alphabetic(Token token) {
  return token < escaped && token != '_' && is_in_class(Class::word, token) && digit_value(token) < 0;
}

// Python: re/_compiler.py, _combine_flags.
std::uint8_t combine(std::uint8_t flags, std::uint8_t on, std::uint8_t off) {
  if ((on & type_flags) != 0) flags = flags & static_cast<std::uint8_t>(~type_flags);
  return static_cast<std::uint8_t>((flags | on) & ~off);
}

}  // namespace

void Parser::parse_group(std::size_t start) {
  Open group;
  group.node.flags = open().node.flags;
  group.node.value = none;
  group.start = start;
  if (!source_.match('?')) {
    open_capture(group, {});
  } else if (!parse_extension(group)) {
    return;
  }
  if (open_.size() > max_depth) source_.fail_everywhere("RecursionError", "maximum recursion depth exceeded");
  open_.push(group);
}

// What stands behind `(?`. False where no group begins, or after some errors.
bool Parser::parse_extension(Open& group) {
  const std::size_t start = source_.tell() - 1;
  const Token token = source_.get();
  switch (token) {
    case end_of_pattern: source_.fail("unexpected end of pattern"); return false;
    case 'P': return parse_named(group, start);
    case ':': return true;
    case '#': skip_comment(group.start); return false;
    case '=':
    case '!':
    case '<': return parse_look(group, token, start);
    case '(':
      group.node.kind = Kind::conditional;
      group.node.value = parse_condition();
      return true;
    case '>': group.node.kind = Kind::atomic; return true;
    default: break;
  }
  if (token == '-' || flag_of(token) != 0) return parse_flags(group, token);
  source_.fail_from(start, "unknown extension ");
  return false;
}

bool Parser::parse_named(Open& group, std::size_t start) {
  if (source_.match('<')) {
    open_capture(group, read_name('>'));
    return true;
  }
  if (source_.match('=')) {
    const std::string_view name = read_name(')');
    const std::uint32_t named = known_group(name);
    if (named == none) return false;
    check_open(named, source_.tell() - name.size() - 1);
    add(Kind::reference, named).width = widths_[named].width;
  } else if (source_.get() == end_of_pattern) {
    source_.fail("unexpected end of pattern");
  } else {
    source_.fail_from(start, "unknown extension ");
  }
  return false;
}

void Parser::skip_comment(std::size_t start) {
  while (source_.next() != end_of_pattern) {
    if (source_.get() == ')') return;
  }
  source_.fail_at(start, "missing ), unterminated comment");
}

bool Parser::parse_look(Open& group, Token token, std::size_t start) {
  group.node.kind = Kind::look;
  if (token == '<') {
    token = source_.get();
    if (token == end_of_pattern) source_.fail("unexpected end of pattern");
    if (token != '=' && token != '!') source_.fail_from(start, "unknown extension ");
    group.node.is_behind = true;
    group.ends_lookbehind = lookbehind_groups_ == none;
    if (group.ends_lookbehind) lookbehind_groups_ = pattern_.groups + 1;
  }
  group.node.is_negated = token == '!';
  return true;
}

// The group that a conditional asks for.
std::uint32_t Parser::parse_condition() {
  const std::string_view name = source_.get_until(')', "group name");
  std::uint32_t group = none;
  if (is_identifier(name)) {
    group = known_group(name);
  } else {
    std::string digits;
    const std::int64_t number = read_int(name, digits);
    if (number < 0) source_.fail_name("bad character in group name ", name);
    const std::size_t at = source_.tell() - name.size() - 1;
    if (number == 0) source_.fail_at(at, "bad group number");
    if (number >= max_groups) source_.fail_at(at, "invalid group reference ", digits);
    group = static_cast<std::uint32_t>(number);
    pending_.push({group, at});
  }
  if (lookbehind_groups_ != none) check_open(group, source_.tell());
  return group;
}

// Python: re/_parser.py, _parse_flags. False where the flags are the pattern's.
bool Parser::parse_flags(Open& group, Token token) {
  std::uint8_t on = 0;
  std::uint8_t off = 0;
  if (token != '-') token = read_flags_on(token, on);
  if (token == ')') {
    const bool is_first = open_.size() == 1 && open().items.is_empty() && open().alternatives.is_empty();
    if (!is_first) source_.fail_at(group.start, "global flags not at the start of the expression");
    open().node.flags |= on;
    return false;
  }
  const auto fail = [&](const char* message) { source_.fail_at(source_.back(1), message); };
  if ((on & only_template) != 0) fail("bad inline flags: cannot turn on global flag");
  if (token == '-') read_flags_off(off);
  if ((off & only_template) != 0) fail("bad inline flags: cannot turn off global flag");
  if ((on & off) != 0) fail("bad inline flags: flag turned on and off");
  group.node.flags = combine(group.node.flags, on, off);
  group.node.is_scoped = true;
  return true;
}

// Returns the token that ends the flags.
Token Parser::read_flags_on(Token token, std::uint8_t& flags) {
  for (;;) {
    const std::uint8_t flag = flag_of(token);
    if (flag == locale) source_.fail("bad inline flags: cannot use 'L' flag with a str pattern");
    flags |= flag;
    if ((flag & type_flags) != 0 && (flags & type_flags) != flag) {
      source_.fail("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    }
    const std::size_t start = source_.tell();
    token = source_.get();
    if (token == ')' || token == '-' || token == ':') return token;
    if (flag_of(token) != 0) continue;
    source_.fail_at(start, is_alphabetic(token) ? "unknown flag" : "missing -, : or )");
    return token;
  }
}

void Parser::read_flags_off(std::uint8_t& flags) {
  const char* missing = "missing flag";
  for (;;) {
    const std::size_t start = source_.tell();
    const Token token = source_.get();
    if (token == ':' && flags != 0) return;
    const std::uint8_t flag = flag_of(token);
    if (flag == 0) return source_.fail_at(start, is_alphabetic(token) ? "unknown flag" : missing);
    if ((flag & (type_flags | locale)) != 0) {
      source_.fail("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
    }
    flags |= flag;
    missing = "missing :";
  }
}

void Parser::open_capture(Open& group, std::string_view name) {
  group.node.value = ++pattern_.groups;
  widths_.push({});
  if (name.empty()) return;
  const std::uint32_t before = group_named(pattern_, name);
  if (before != none) {
    source_.fail_name(
        "redefinition of group name ", name, 0,
        json::join({" as group ", std::to_string(pattern_.groups), "; was group ", std::to_string(before)}));
  }
  pattern_.names.append(name).push_back('\n');
  pattern_.named_groups.push_back(pattern_.groups);
}

std::string_view Parser::read_name(char terminator) {
  const std::string_view name = source_.get_until(terminator, "group name");
  if (!is_identifier(name)) source_.fail_name("bad character in group name ", name);
  return name;
}

std::uint32_t Parser::known_group(std::string_view name) {
  const std::uint32_t group = group_named(pattern_, name);
  if (group == none) source_.fail_name("unknown group name ", name);
  return group;
}

// A group that is asked for must be closed, which an error says at `at`, and in a lookbehind it must stand
// before it.
void Parser::check_open(std::uint32_t group, std::size_t at) {
  if (group > pattern_.groups || !widths_[group].is_closed) {
    source_.fail_at(at, "cannot refer to an open group");
  } else if (group >= lookbehind_groups_) {
    source_.fail("cannot refer to group defined in the same lookbehind subpattern");
  }
}

void Parser::close_group() {
  finish_alternative();
  Node node = open().node;
  const Width width = node.width;
  if (node.kind == Kind::conditional) {
    node.body = open().alternatives;
    if (node.body.first == node.body.last) node.width.min = 0;
  } else {
    node.body = join_alternatives();
  }
  if (open().ends_lookbehind) lookbehind_groups_ = none;
  if (node.kind == Kind::group && node.value != none) widths_[node.value] = {width, true};
  if (node.kind == Kind::look) {
    // How far behind; the assertion itself has no width.
    node.width = {};
    node.min = static_cast<std::uint32_t>(std::min<std::uint64_t>(width.min, none));
    node.max = width.min == width.max ? node.min : none;
  }
  open_.pop();
  append(open().items, push(node));
}

}  // namespace stactask::regex

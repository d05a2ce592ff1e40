#include "regex/parser.hpp"

#include "json/join.hpp"

namespace stactask::regex {

namespace {

constexpr Width one_character = {1, 1};

bool is_whitespace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Saturates, as Python's widths do at 2^64.
std::uint64_t product(std::uint64_t a, std::uint64_t b) {
  std::uint64_t result = 0;
  return __builtin_mul_overflow(a, b, &result) ? ~0ULL : result;
}

}  // namespace

Tree Parser::parse() {
  open_.push_back({.node = {.kind = Kind::group, .value = none}});
  while (!source_.has_failed() && !source_.next().empty()) {
    if (source_.is_next('|')) {
      if (open().node.kind == Kind::conditional && !open().alternatives.is_empty()) {
        source_.fail("conditional backref with more than two branches");
      }
      finish_alternative();
      source_.get();
    } else if (source_.is_next(')')) {
      if (open_.size() == 1) break;
      source_.get();
      close_group();
    } else {
      parse_item();
    }
  }
  if (open_.size() > 1) source_.fail_at("missing ), unterminated subpattern", open().start);
  finish_alternative();
  tree_.top = join_alternatives();
  tree_.flags = open().node.flags;
  if (has(ascii) && has(unicode)) {
    source_.fail_everywhere("ValueError", "ASCII and UNICODE flags are incompatible");
  }
  if (!source_.next().empty()) source_.fail("unbalanced parenthesis");
  for (const Pending& pending : pending_) {
    if (pending.group > groups()) {
      source_.fail_at(json::join({"invalid group reference ", std::to_string(pending.group)}), pending.at);
    }
  }
  return std::move(tree_);
}

Node& Parser::add(const Node& node) {
  const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
  tree_.nodes.push_back(node);
  if (node.kind != Kind::group) tree_.nodes.back().flags = open().node.flags;
  append(open().items, index);
  return tree_.nodes.back();
}

void Parser::add_literal(char32_t code_point) {
  add({.kind = Kind::literal, .value = code_point, .width = one_character});
}

void Parser::add_class(Class in, bool is_negated) {
  Node& node = add({.kind = Kind::set, .value = none, .max = none, .width = one_character});
  add_set_item(node, {is_negated ? SetItem::Kind::not_in_class : SetItem::Kind::in_class, in});
}

// Python: re/_parser.py, one round of _parse.
void Parser::parse_item() {
  const std::size_t start = source_.tell();
  const std::string_view token = source_.get();
  const char c = token.front();
  if (has(verbose) && is_whitespace(c)) return;
  if (has(verbose) && c == '#') return skip_comment_line();
  const auto add_place = [&](Place place) {
    add({.kind = Kind::at, .value = static_cast<std::uint32_t>(place)});
  };
  switch (c) {
    case '\\': return parse_escape(token);
    case '[': return parse_set(start);
    case '(': return parse_group(start);
    case '*':
    case '+':
    case '?':
    case '{': return parse_repeat(c, start);
    case '.': add({.kind = Kind::any, .width = one_character}); return;
    case '^': return add_place(has(multiline) ? Place::beginning_of_line : Place::beginning);
    case '$': return add_place(has(multiline) ? Place::end_of_line : Place::end);
    default: return add_literal(code_point_of(token));
  }
}

void Parser::skip_comment_line() {
  while (!source_.next().empty() && source_.get() != "\n") {
  }
}

// Python: re/_parser.py, _escape.
void Parser::parse_escape(std::string_view token) {
  const auto add_place = [&](Place place) {
    add({.kind = Kind::at, .value = static_cast<std::uint32_t>(place)});
  };
  switch (token[1]) {
    case 'A': return add_place(Place::beginning);
    case 'Z': return add_place(Place::end_of_text);
    case 'b': return add_place(Place::boundary);
    case 'B': return add_place(Place::not_boundary);
    case 'd': return add_class(Class::digit, false);
    case 'D': return add_class(Class::digit, true);
    case 's': return add_class(Class::space, false);
    case 'S': return add_class(Class::space, true);
    case 'w': return add_class(Class::word, false);
    case 'W': return add_class(Class::word, true);
    default: break;
  }
  if (token[1] >= '1' && token[1] <= '9') return parse_reference(token);
  add_literal(parse_character(token, false));
}

// A group's number, or three octal digits.
void Parser::parse_reference(std::string_view escape) {
  auto value = static_cast<std::uint32_t>(escape[1] - '0');
  if (is_digit(source_.next())) {
    const bool is_octal = is_octal_digit(escape.substr(1)) && is_octal_digit(source_.next());
    const auto second = static_cast<std::uint32_t>(source_.get()[0] - '0');
    escape = {escape.data(), 3};
    if (is_octal && is_octal_digit(source_.next())) {
      const auto third = static_cast<std::uint32_t>(source_.get()[0] - '0');
      value = value * 64 + second * 8 + third;
      if (value <= 0xFF) return add_literal(value);
      const std::string_view digits(escape.data(), 4);
      return source_.fail(json::join({"octal escape value ", digits, " outside of range 0-0o377"}), 4);
    }
    value = value * 10 + second;
  }
  if (value > groups()) {
    return source_.fail(json::join({"invalid group reference ", std::to_string(value)}), escape.size() - 1);
  }
  if (!is_closed(value)) return source_.fail("cannot refer to an open group", escape.size());
  check_lookbehind(value);
  add({.kind = Kind::reference, .value = value, .width = widths_[value].width});
}

void Parser::parse_repeat(char c, std::size_t start) {
  std::uint32_t min = c == '+' ? 1 : 0;
  std::uint32_t max = c == '?' ? 1 : unlimited;
  if (c == '{' && !parse_bounds(min, max, start + 1)) return add_literal('{');
  const std::uint32_t last = open().items.last;
  if (last == none || tree_.nodes[last].kind == Kind::at) return source_.fail_at("nothing to repeat", start);
  if (tree_.nodes[last].kind == Kind::repeat) return source_.fail_at("multiple repeat", start);
  // The item goes into the repeat that takes its place.
  Node item = tree_.nodes[last];
  Node repeat = {.kind = Kind::repeat, .flags = item.flags, .min = min, .max = max};
  repeat.width.min = product(item.width.min, min);
  repeat.width.max = max == unlimited && item.width.max > 0 ? ~0ULL : product(item.width.max, max);
  if (item.kind == Kind::group && item.value == none && !item.is_scoped) {
    repeat.body = item.body;
  } else {
    append(repeat.body, static_cast<std::uint32_t>(tree_.nodes.size()));
    tree_.nodes.push_back(item);
  }
  if (source_.match('?')) {
    repeat.greed = Greed::lazy;
  } else if (source_.match('+')) {
    repeat.greed = Greed::possessive;
  }
  tree_.nodes[last] = repeat;
}

// What stands in braces, or false if that is text. `start` is behind the brace.
bool Parser::parse_bounds(std::uint32_t& min, std::uint32_t& max, std::size_t start) {
  if (source_.is_next('}')) return false;
  const std::string_view low = source_.get_while(none, is_digit);
  const std::string_view high = source_.match(',') ? source_.get_while(none, is_digit) : low;
  if (!source_.match('}')) {
    source_.seek(start);
    return false;
  }
  if (!low.empty()) min = read_bound(low);
  if (!high.empty()) max = read_bound(high);
  if (max < min) source_.fail_at("min repeat greater than max repeat", start);
  return true;
}

std::uint32_t Parser::read_bound(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char digit : digits) {
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    if (value >= unlimited) value = unlimited;
  }
  if (value == unlimited) source_.fail_everywhere("OverflowError", "the repetition number is too large");
  return static_cast<std::uint32_t>(value);
}

}  // namespace stactask::regex

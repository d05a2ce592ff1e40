#include "regex/parser.hpp"

namespace stactask::regex {

namespace {

constexpr Width one_character = {1, 1};

bool is_whitespace(Token token) { return token == ' ' || token - '\t' < 5; }

// Saturates, as Python's widths do at 2^64.
std::uint64_t product(std::uint64_t a, std::uint64_t b) { return b > 0 && a > ~0ULL / b ? ~0ULL : a * b; }

}  // namespace

Tree Parser::parse() {
  widths_.push({});
  open_.push({});
  open().node.value = none;
  for (Token next = source_.next(); next != end_of_pattern; next = source_.next()) {
    if (next == '|') {
      if (open().node.kind == Kind::conditional && !open().alternatives.is_empty()) {
        source_.fail("conditional backref with more than two branches");
      }
      finish_alternative();
      source_.get();
    } else if (next == ')') {
      if (open_.size() == 1) break;
      source_.get();
      close_group();
    } else {
      parse_item();
    }
  }
  if (open_.size() > 1) source_.fail_at(open().start, "missing ), unterminated subpattern");
  finish_alternative();
  tree_.top = join_alternatives();
  if (has(ascii) && has(unicode)) {
    source_.fail_everywhere("ValueError", "ASCII and UNICODE flags are incompatible");
  }
  if (source_.next() == ')') source_.fail("unbalanced parenthesis");
  for (const Pending& pending : pending_) {
    if (pending.group <= pattern_.groups) continue;
    source_.fail_at(pending.at, "invalid group reference ", std::to_string(pending.group));
  }
  return std::move(tree_);
}

std::uint32_t Parser::push(const Node& node) {
  tree_.nodes.push(node);
  return tree_.nodes.size() - 1;
}

void Parser::append(Chain& chain, std::uint32_t index) {
  tree_.nodes[index].next = none;
  if (chain.is_empty()) {
    chain.first = index;
  } else {
    tree_.nodes[chain.last].next = index;
  }
  chain.last = index;
}

// The next item of the alternative that is being read.
Node& Parser::add(Kind kind, std::uint32_t value) {
  Node node;
  node.kind = kind;
  node.value = value;
  node.flags = open().node.flags;
  if (is_one_character(kind)) node.width = one_character;
  const std::uint32_t index = push(node);
  append(open().items, index);
  return tree_.nodes[index];
}

// Python: re/_parser.py, one round of _parse.
void Parser::parse_item() {
  const std::size_t start = source_.tell();
  const Token token = source_.get();
  if ((token & escaped) != 0) return parse_escape(token & ~escaped, start);
  if (has(verbose) && is_whitespace(token)) return;
  if (has(verbose) && token == '#') return skip_comment_line();
  switch (token) {
    case '[': return parse_set(start);
    case '(': return parse_group(start);
    case '*':
    case '+':
    case '?':
    case '{': return parse_repeat(token, start);
    case '.': add(Kind::any); return;
    case '^': return add_place(has(multiline) ? Place::beginning_of_line : Place::beginning);
    case '$': return add_place(has(multiline) ? Place::end_of_line : Place::end);
    default: add(Kind::literal, token);
  }
}

void Parser::skip_comment_line() {
  while (source_.next() != end_of_pattern && source_.get() != '\n') {
  }
}

// Python: re/_parser.py, _escape.
void Parser::parse_escape(Token letter, std::size_t start) {
  switch (letter) {
    case 'A': return add_place(Place::beginning);
    case 'Z': return add_place(Place::end_of_text);
    case 'b': return add_place(Place::boundary);
    case 'B': return add_place(Place::not_boundary);
    default: break;
  }
  SetItem item;
  if (read_class(letter, item)) return add_set_item(add(Kind::set, none), item);
  if (letter - '1' < 9) return parse_reference(letter - '0', start);
  const char32_t character = parse_character(letter, start, false);
  add(Kind::literal, character);
}

// A group's number, or three octal digits.
void Parser::parse_reference(std::uint32_t first, std::size_t start) {
  std::uint32_t value = first;
  if (digit_of(source_.next()) < 10) {
    const std::uint32_t second = source_.read_digits(10, 1);
    if (first < 8 && second < 8 && digit_of(source_.next()) < 8) {
      value = first * 64 + second * 8 + source_.read_digits(8, 1);
      if (value > 0xFF) return source_.fail_octal(start);
      add(Kind::literal, value);
      return;
    }
    value = first * 10 + second;
  }
  if (value > pattern_.groups) return source_.fail_from(start + 1, "invalid group reference ");
  check_open(value, start);
  add(Kind::reference, value).width = widths_[value].width;
}

void Parser::parse_repeat(Token token, std::size_t start) {
  std::uint32_t min = token == '+' ? 1 : 0;
  std::uint32_t max = token == '?' ? 1 : unlimited;
  if (token == '{' && !parse_bounds(min, max)) {
    add(Kind::literal, token);
    return;
  }
  const std::uint32_t last = open().items.last;
  if (last == none || tree_.nodes[last].kind == Kind::at) return source_.fail_at(start, "nothing to repeat");
  const Node item = tree_.nodes[last];
  if (item.kind == Kind::repeat) return source_.fail_at(start, "multiple repeat");
  // The repeat takes the place of its item.
  Node repeat;
  repeat.kind = Kind::repeat;
  repeat.flags = item.flags;
  repeat.min = min;
  repeat.max = max;
  repeat.width.min = product(item.width.min, min);
  repeat.width.max = max == unlimited && item.width.max > 0 ? ~0ULL : product(item.width.max, max);
  if (source_.match('?')) {
    repeat.greed = Greed::lazy;
  } else if (source_.match('+')) {
    repeat.greed = Greed::possessive;
  }
  repeat.body = item.body;
  if (!item.is_plain_group()) {
    repeat.body = {};
    append(repeat.body, push(item));
  }
  tree_.nodes[last] = repeat;
}

// What stands behind a brace, or false if that is text.
bool Parser::parse_bounds(std::uint32_t& min, std::uint32_t& max) {
  const std::size_t start = source_.tell();
  if (source_.next() == '}') return false;
  const std::uint32_t low = source_.read_digits(10, none);
  const bool has_low = source_.tell() > start;
  std::uint32_t high = low;
  bool has_high = has_low;
  if (source_.match(',')) {
    const std::size_t comma = source_.tell();
    high = source_.read_digits(10, none);
    has_high = source_.tell() > comma;
  }
  if (!source_.match('}')) {
    source_.seek(start);
    return false;
  }
  if (has_low) min = low;
  if (has_high) max = high;
  if ((has_low && low == unlimited) || (has_high && high == unlimited)) {
    source_.fail_everywhere("OverflowError", "the repetition number is too large");
  }
  if (max < min) source_.fail_at(start, "min repeat greater than max repeat");
  return true;
}

}  // namespace stactask::regex

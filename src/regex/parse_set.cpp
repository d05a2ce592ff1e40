// Sets, and characters that are written as escapes.

#include "json/utf8.hpp"
#include "regex/parser.hpp"

namespace stactask::regex {

namespace {

// Python: re/_parser.py, ESCAPES.
constexpr std::string_view simple_letters = "abfnrtv\\";
constexpr std::string_view simple_characters = "\a\b\f\n\r\t\v\\";

void append_token(std::string& out, Token token) {
  if ((token & escaped) != 0) out.push_back('\\');
  json::append_utf8(out, token & ~escaped);
}

}  // namespace

char32_t simple_escape(Token letter) {
  const std::size_t index =
      letter < 0x80 ? simple_letters.find(static_cast<char>(letter)) : std::string_view::npos;
  return index == std::string_view::npos ? 0 : static_cast<char32_t>(simple_characters[index]);
}

bool read_class(Token letter, SetItem& item) {
  if (!is_letter(letter)) return false;
  switch (letter | 0x20) {
    case 'd': item.in = Class::digit; break;
    case 's': item.in = Class::space; break;
    case 'w': item.in = Class::word; break;
    default: return false;
  }
  item.kind = (letter & 0x20) != 0 ? SetItem::Kind::in_class : SetItem::Kind::not_in_class;
  return true;
}

// What stands behind a backslash at `start`. Python: re/_parser.py, _class_escape, and what _escape has in
// common with it.
char32_t Parser::parse_character(Token letter, std::size_t start, bool is_in_set) {
  if (const char32_t simple = simple_escape(letter)) return simple;
  const std::size_t hex_digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  if (hex_digits > 0) {
    const std::uint32_t value = source_.read_digits(16, hex_digits);
    if (source_.tell() < start + 2 + hex_digits) source_.fail_from(start, "incomplete escape ");
    // Python: chr().
    if (value > 0x7FFFFFFF) {
      source_.fail_everywhere("OverflowError", "Python int too large to convert to C int");
    }
    if (value > last_code_point) source_.fail_from(start, "bad escape ");
    return value;
  }
  if (letter == 'N') {
    if (!source_.match('{')) source_.fail("missing {");
    source_.fail_name("unsupported character name ", source_.get_until('}', "character name"), 3);
    return 0;
  }
  const std::uint32_t digit = letter - '0';
  if (digit < (is_in_set ? 8U : 1U)) {
    const std::size_t before = source_.tell();
    std::uint32_t value = source_.read_digits(8, 2);
    value += digit << (source_.tell() - before) * 3;
    if (value > 0xFF) source_.fail_octal(start);
    return value;
  }
  if (is_letter(letter) || digit < 10) source_.fail_from(start, "bad escape ");
  return letter;
}

void Parser::add_set_item(Node& node, const SetItem& item) {
  const std::uint32_t index = tree_.items.size();
  tree_.items.push(item);
  if (node.value == none) {
    node.value = index;
  } else {
    tree_.items[node.max].next = index;
  }
  node.max = index;
}

Parser::SetEdge Parser::parse_set_edge() {
  const std::size_t start = source_.tell();
  SetEdge edge;
  edge.token = source_.get();
  edge.item.low = edge.token;
  if (edge.token != end_of_pattern && (edge.token & escaped) != 0) {
    const Token letter = edge.token & ~escaped;
    if (read_class(letter, edge.item)) return edge;
    edge.item.low = parse_character(letter, start, true);
  }
  edge.item.high = edge.item.low;
  return edge;
}

// Python: re/_parser.py, the part of _parse behind a bracket, which stands at `start`.
void Parser::parse_set(std::size_t start) {
  Node& set = add(Kind::set, none);
  set.is_negated = source_.match('^');
  bool is_one_literal = true;
  for (bool is_open = true; is_open;) {
    SetEdge edge = parse_set_edge();
    bool ends_with_minus = false;
    if (source_.match('-')) {
      ends_with_minus = source_.match(']');
      if (!ends_with_minus) {
        const SetEdge high = parse_set_edge();
        if (high.token != end_of_pattern) make_range(edge, high);
      }
    }
    add_set_item(set, edge.item);
    is_one_literal &= edge.item.kind == SetItem::Kind::literal && edge.item.low == tree_.items[set.value].low;
    if (ends_with_minus) {
      add_set_item(set, {SetItem::Kind::literal, {}, '-', '-'});
      is_one_literal &= edge.item.low == '-';
    }
    is_open = !ends_with_minus && !source_.match(']');
    if (is_open && source_.next() == end_of_pattern)
      return source_.fail_at(start, "unterminated character set");
  }
  if (!is_one_literal) return;
  set.kind = set.is_negated ? Kind::not_literal : Kind::literal;
  set.is_negated = false;
  set.value = tree_.items[set.value].low;
}

void Parser::make_range(SetEdge& low, const SetEdge& high) {
  const bool are_characters =
      low.item.kind == SetItem::Kind::literal && high.item.kind == SetItem::Kind::literal;
  if (!are_characters || high.item.low < low.item.low) {
    std::string range;
    append_token(range, low.token);
    range.push_back('-');
    append_token(range, high.token);
    // Python counts the first token of each side only.
    const std::size_t length = 3 + (low.token >> 31) + (high.token >> 31);
    source_.fail_at(source_.back(length), "bad character range ", range);
  }
  low.item.kind = SetItem::Kind::range;
  low.item.high = high.item.low;
}

}  // namespace stactask::regex

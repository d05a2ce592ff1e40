// Characters that are written as escapes, and sets.

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/utf8.hpp"
#include "regex/parser.hpp"

namespace stactask::regex {

namespace {

bool is_hex_digit(std::string_view token) {
  return is_digit(token) || (token.size() == 1 && (token[0] | 0x20) >= 'a' && (token[0] | 0x20) <= 'f');
}

char32_t read_digits(std::string_view digits, std::uint32_t base) {
  char32_t value = 0;
  for (const char c : digits) {
    value = value * base + static_cast<char32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return value;
}

// Python: re/_parser.py, ESCAPES; 0 for what is not in there.
char simple_escape(char letter) {
  switch (letter) {
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return '\0';
  }
}

// `\d` and the like in a set.
bool read_class(std::string_view token, SetItem& item) {
  if (token[0] != '\\') return false;
  switch (token[1] | 0x20) {
    case 'd': item.in = Class::digit; break;
    case 's': item.in = Class::space; break;
    case 'w': item.in = Class::word; break;
    default: return false;
  }
  const bool is_lower = (token[1] & 0x20) != 0;
  item.kind = is_lower ? SetItem::Kind::in_class : SetItem::Kind::not_in_class;
  return is_letter(token[1]);
}

}  // namespace

// Python: re/_parser.py, _class_escape, and what _escape has in common with it.
char32_t Parser::parse_character(std::string_view token, bool is_in_set) {
  const char letter = token[1];
  if (const char escaped = simple_escape(letter)) return static_cast<char32_t>(escaped);
  const auto escape_with = [&](std::string_view digits) {
    return std::string_view(token.data(), token.size() + digits.size());
  };
  const std::size_t hex_digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  if (hex_digits > 0) {
    const std::string_view digits = source_.get_while(hex_digits, is_hex_digit);
    const std::string_view escape = escape_with(digits);
    const char32_t value = read_digits(digits, 16);
    if (digits.size() < hex_digits) source_.fail(json::join({"incomplete escape ", escape}), escape.size());
    // Python: chr().
    if (value > 0x7FFFFFFF) {
      source_.fail_everywhere("OverflowError", "Python int too large to convert to C int");
    }
    if (value > last_code_point) source_.fail(json::join({"bad escape ", escape}), escape.size());
    return value;
  }
  if (letter == 'N') {
    if (!source_.match('{')) source_.fail("missing {");
    const std::string_view name = source_.get_until('}', "character name");
    const std::string message =
        json::join({"unsupported character name ", json::python_repr(json::Value(std::string(name)))});
    source_.fail(message, length_of(name) + 4);
    return 0;
  }
  if (letter == '0' || (is_in_set && is_octal_digit(token.substr(1)))) {
    const std::string_view escape = escape_with(source_.get_while(2, is_octal_digit));
    const char32_t value = read_digits(escape.substr(1), 8);
    if (value > 0xFF) {
      source_.fail(json::join({"octal escape value ", escape, " outside of range 0-0o377"}), escape.size());
    }
    return value;
  }
  if (is_letter(letter) || is_digit(token.substr(1))) source_.fail(json::join({"bad escape ", token}), 2);
  return code_point_of(token.substr(1));
}

void Parser::add_set_item(Node& node, const SetItem& item) {
  const auto index = static_cast<std::uint32_t>(tree_.items.size());
  tree_.items.push_back(item);
  if (node.value == none) {
    node.value = index;
  } else {
    tree_.items[node.max].next = index;
  }
  node.max = index;
}

Parser::SetEdge Parser::parse_set_edge() {
  SetEdge edge = {{SetItem::Kind::literal}, source_.get()};
  if (edge.token.empty() || read_class(edge.token, edge.item)) return edge;
  edge.item.low = edge.token[0] == '\\' ? parse_character(edge.token, true) : code_point_of(edge.token);
  edge.item.high = edge.item.low;
  return edge;
}

// Python: re/_parser.py, the part of _parse behind a bracket, which stands at `start`.
void Parser::parse_set(std::size_t start) {
  Node set = {.kind = Kind::set, .value = none, .max = none, .width = {1, 1}};
  set.is_negated = source_.match('^');
  bool is_one_literal = true;
  const auto add_item = [&](const SetItem& item) {
    add_set_item(set, item);
    is_one_literal &= item.kind == SetItem::Kind::literal && item.low == tree_.items[set.value].low;
  };
  const auto fail_at_end = [&] { source_.fail_at("unterminated character set", start); };
  while (!source_.has_failed()) {
    if (source_.is_next(']') && set.value != none) break;
    SetEdge low = parse_set_edge();
    if (low.token.empty()) return fail_at_end();
    if (!source_.match('-')) {
      add_item(low.item);
      continue;
    }
    if (source_.is_next(']')) {
      add_item(low.item);
      add_item({SetItem::Kind::literal, {}, '-', '-'});
      break;
    }
    const SetEdge high = parse_set_edge();
    if (high.token.empty()) return fail_at_end();
    const bool are_characters =
        low.item.kind == SetItem::Kind::literal && high.item.kind == SetItem::Kind::literal;
    if (!are_characters || high.item.low < low.item.low) {
      const std::string message = json::join({"bad character range ", low.token, "-", high.token});
      source_.fail(message, length_of(low.token) + 1 + length_of(high.token));
    }
    add_item({SetItem::Kind::range, {}, low.item.low, high.item.low});
  }
  source_.get();
  if (is_one_literal && set.value != none) {
    const SetItem item = tree_.items[set.value];
    set = {.kind = set.is_negated ? Kind::not_literal : Kind::literal, .value = item.low, .width = {1, 1}};
  }
  add(set);
}

}  // namespace stactask::regex

#include "jsonpath/parser.hpp"

#include <algorithm>

#include "json/join.hpp"
#include "json/python_text.hpp"

namespace stactask::jsonpath {

namespace {

Operator operator_of(std::string_view text) {
  constexpr std::string_view texts[] = {"==", "!=", "<", "<=", ">", ">=", "=~", "+", "-", "*"};
  const auto found = std::find(std::begin(texts), std::end(texts), text == "=" ? "==" : text);
  return static_cast<Operator>(found - std::begin(texts) + 1);
}

// Python's name for a type of tokens.
std::string_view type_name(const Token& token, std::string_view source) {
  switch (token.type) {
    case TokenType::id: return "ID";
    case TokenType::number: return "NUMBER";
    case TokenType::floating: return "FLOAT";
    case TokenType::boolean: return "BOOL";
    case TokenType::named_operator: return "NAMED_OPERATOR";
    case TokenType::sort_direction: return "SORT_DIRECTION";
    case TokenType::filter_operator: return "FILTER_OP";
    case TokenType::double_dot: return "DOUBLEDOT";
    case TokenType::where: return "WHERE";
    case TokenType::where_not: return "WHERENOT";
    default: return source;
  }
}

}  // namespace

bool Parser::parse() {
  if (!advance()) return false;
  expression_.root = path(0);
  if (expression_.root == no_node) return false;
  if (is_at(TokenType::end)) return true;
  unexpected();
  return false;
}

std::uint32_t Parser::path(int level) {
  if (depth_ == max_depth) return too_deep(token_.range.start);
  ++depth_;
  std::uint32_t left = primary();
  if (left != no_node) left = continue_path(left, level);
  --depth_;
  return left;
}

std::uint32_t Parser::continue_path(std::uint32_t left, int level) {
  while (left != no_node) {
    int own_level = 0;
    Kind kind = Kind::child;
    switch (token_.type) {
      case TokenType::double_dot: kind = Kind::descendants, own_level = 4; break;
      case TokenType::dot: kind = Kind::child, own_level = 5; break;
      case TokenType::pipe: kind = Kind::either, own_level = 6; break;
      case TokenType::ampersand: kind = Kind::both, own_level = 7; break;
      case TokenType::where: kind = Kind::where, own_level = 8; break;
      case TokenType::where_not: kind = Kind::where_not, own_level = 9; break;
      default: break;
    }
    if (own_level > level) {
      left = infix(left, kind, own_level);
    } else if (level == 0 && is_at(TokenType::open_bracket)) {
      left = bracket(left);
    } else if (level == 0 && is_at_arithmetic()) {
      left = arithmetic(left, Operand::path);
    } else {
      break;
    }
  }
  return left;
}

std::uint32_t Parser::infix(std::uint32_t left, Kind kind, int level) {
  if (!advance()) return no_node;
  const std::uint32_t right = path(level);
  if (right == no_node) return no_node;
  return add(kind, {node(left).range.start, end_}, left, right);
}

std::uint32_t Parser::primary() {
  switch (token_.type) {
    case TokenType::dollar: return leaf(Kind::root);
    case TokenType::at: return leaf(Kind::self);
    case TokenType::open_parenthesis: return parenthesised();
    case TokenType::open_bracket: return bracket(no_node);
    case TokenType::id: return names();
    case TokenType::number: return number();
    case TokenType::floating: return floating();
    case TokenType::named_operator: return named_operator();
    case TokenType::star: {
      const std::uint32_t first = constant(std::string("*"));
      return with_constants(leaf(Kind::fields), first);
    }
    default: return unexpected();
  }
}

std::uint32_t Parser::parenthesised() {
  if (!advance()) return no_node;
  const std::uint32_t inner = path(0);
  return inner != no_node && expect(TokenType::close_parenthesis) ? inner : no_node;
}

std::uint32_t Parser::names() {
  const std::size_t start = token_.range.start;
  const auto first = static_cast<std::uint32_t>(expression_.constants.size());
  for (;;) {
    if (!is_at(TokenType::id)) return unexpected();
    constant(lexer_.value(token_));
    if (!advance()) return no_node;
    if (!is_at(TokenType::comma)) break;
    if (!advance()) return no_node;
  }
  return with_constants(add(Kind::fields, {start, end_}), first);
}

// A number alone is a name; with an operator it is a number.
std::uint32_t Parser::number() {
  const json::ByteRange range = token_.range;
  json::Value value = lexer_.value(token_);
  if (!advance()) return no_node;
  const bool is_operand = is_at_arithmetic();
  const std::uint32_t first = constant(is_operand ? std::move(value) : json::Value(json::python_str(value)));
  const std::uint32_t made = with_constants(add(is_operand ? Kind::literal : Kind::fields, range), first);
  return is_operand ? arithmetic(made, Operand::number) : made;
}

std::uint32_t Parser::floating() {
  const std::uint32_t first = constant(lexer_.value(token_));
  const std::uint32_t made = with_constants(leaf(Kind::literal), first);
  if (made == no_node) return no_node;
  return is_at_arithmetic() ? arithmetic(made, Operand::floating) : unexpected();
}

// Python looks at the token behind an operator before at its name.
std::uint32_t Parser::named_operator() {
  const Token token = token_;
  if (!advance()) return no_node;
  switch (token_.type) {
    case TokenType::id:
    case TokenType::number:
    case TokenType::floating:
    case TokenType::boolean:
    case TokenType::named_operator:
    case TokenType::open_parenthesis:
    case TokenType::dollar:
    case TokenType::at:
    case TokenType::comma:
    case TokenType::colon:
    case TokenType::question:
    case TokenType::tilde: return unexpected();
    default: return make_operator(token);
  }
}

std::uint32_t Parser::arithmetic(std::uint32_t left, Operand kind) {
  const Operator op = operator_of(lexer_.source(token_));
  if (!advance()) return no_node;
  const std::size_t start = node(left).range.start;
  const std::uint32_t right = right_operand(kind);
  if (right == no_node) return no_node;
  const std::uint32_t made = add(Kind::arithmetic, {start, end_}, as_operand(left), as_operand(right));
  if (made != no_node) node(made).op = op;
  return made;
}

// A number stays one behind a path and behind one of its type, unless it begins a path.
std::uint32_t Parser::right_operand(Operand left) {
  const bool is_number = is_at(TokenType::number) && left != Operand::floating;
  const bool is_floating = is_at(TokenType::floating) && left != Operand::number;
  if (!is_number && !is_floating) return path(0);
  const Token token = token_;
  const std::uint32_t first = constant(lexer_.value(token));
  if (depth_ == max_depth) return too_deep(token.range.start);
  if (!advance()) return no_node;
  const std::uint32_t made = with_constants(add(Kind::literal, token.range), first);
  if (!is_at_arithmetic()) return made;
  ++depth_;
  const std::uint32_t right =
      continue_path(arithmetic(made, is_number ? Operand::number : Operand::floating), 0);
  --depth_;
  return right;
}

// A single name is no field there, but a string.
std::uint32_t Parser::as_operand(std::uint32_t index) {
  if (node(index).kind == Kind::fields && node(index).count == 1) node(index).kind = Kind::literal;
  return index;
}

// `[…]`, alone where there is no left side.
std::uint32_t Parser::bracket(std::uint32_t left) {
  const std::size_t open = token_.range.start;
  if (!advance()) return no_node;
  std::uint32_t inner = no_node;
  if (left != no_node && is_at(TokenType::question)) {
    inner = filter();
  } else if (left != no_node && is_at(TokenType::sort_direction)) {
    inner = sort_keys();
  } else {
    inner = part();
  }
  if (inner == no_node || !expect(TokenType::close_bracket)) return no_node;
  node(inner).range = {open, end_};
  return left == no_node ? inner : add(Kind::child, {node(left).range.start, end_}, left, inner);
}

std::uint32_t Parser::part() {
  switch (token_.type) {
    case TokenType::id: return names();
    case TokenType::number: return indexes();
    case TokenType::colon: return slice(constant(nullptr));
    case TokenType::star: {
      const std::uint32_t first = constant(nullptr);
      constant(nullptr);
      constant(nullptr);
      return with_constants(leaf(Kind::slice), first);
    }
    default: return unexpected();
  }
}

std::uint32_t Parser::indexes() {
  const std::size_t start = token_.range.start;
  const std::uint32_t first = constant(lexer_.value(token_));
  if (!advance()) return no_node;
  if (is_at(TokenType::colon)) return slice(first);
  while (is_at(TokenType::comma)) {
    if (!advance()) return no_node;
    if (!is_at(TokenType::number)) return unexpected();
    constant(lexer_.value(token_));
    if (!advance()) return no_node;
  }
  return with_constants(add(Kind::index, {start, end_}), first);
}

// From the first colon on.
std::uint32_t Parser::slice(std::uint32_t first) {
  const std::size_t start = token_.range.start;
  std::uint32_t count = 1;
  while (count < 3 && is_at(TokenType::colon)) {
    if (!advance()) return no_node;
    ++count;
    if (!is_at(TokenType::number)) {
      constant(nullptr);
      continue;
    }
    constant(lexer_.value(token_));
    if (!advance()) return no_node;
  }
  if (count < 3) constant(nullptr);
  return with_constants(add(Kind::slice, {start, end_}), first);
}

std::uint32_t Parser::filter() {
  const std::size_t start = token_.range.start;
  List list;
  return advance() && terms(list) ? close_list(Kind::filter, start, list) : no_node;
}

bool Parser::terms(List& list) {
  for (;;) {
    Term next;
    if (!term(next) || !as_terms(next)) return false;
    if (list.first == no_node) {
      list = next.terms;
    } else {
      node(list.last).next = next.terms.first;
      list.last = next.terms.last;
    }
    if (!is_at(TokenType::ampersand)) return true;
    if (!advance()) return false;
  }
}

bool Parser::term(Term& term) {
  if (is_at(TokenType::open_parenthesis)) {
    if (!parenthesised_term(term)) return false;
  } else {
    term.path = path(0);
    if (term.path == no_node) return false;
  }
  if (term.path == no_node || !is_at(TokenType::filter_operator)) return true;
  const std::uint32_t compared = comparison(term.path);
  term.path = no_node;
  return compared != no_node && add_to(term.terms, compared);
}

// What is in parentheses is a path as long as it may be one.
bool Parser::parenthesised_term(Term& result) {
  if (depth_ == max_depth) return too_deep(token_.range.start), false;
  if (!advance()) return false;
  ++depth_;
  Term inner;
  if (!term(inner)) return false;
  if (inner.path != no_node && is_at(TokenType::close_parenthesis)) {
    if (!advance()) return false;
    result.path = continue_path(inner.path, 0);
    --depth_;
    return result.path != no_node;
  }
  if (!as_terms(inner)) return false;
  if (is_at(TokenType::ampersand)) {
    List rest;
    if (!advance() || !terms(rest)) return false;
    node(inner.terms.last).next = rest.first;
    inner.terms.last = rest.last;
  }
  --depth_;
  result.terms = inner.terms;
  return expect(TokenType::close_parenthesis);
}

// A path alone is a term: that it finds something.
bool Parser::as_terms(Term& term) {
  if (term.path == no_node) return true;
  const json::ByteRange range = node(term.path).range;
  return add_to(term.terms, add(Kind::comparison, range, term.path));
}

std::uint32_t Parser::comparison(std::uint32_t left) {
  const Operator op = operator_of(lexer_.source(token_));
  if (!advance()) return no_node;
  const bool is_literal = is_at(TokenType::id) || is_at(TokenType::number) || is_at(TokenType::floating) ||
                          is_at(TokenType::boolean);
  if (!is_literal) return unexpected();
  const std::uint32_t first = constant(lexer_.value(token_));
  const std::uint32_t literal = with_constants(leaf(Kind::literal), first);
  if (literal == no_node) return no_node;
  const std::uint32_t made = add(Kind::comparison, {node(left).range.start, end_}, left, literal);
  if (made != no_node) node(made).op = op;
  return made;
}

std::uint32_t Parser::sort_keys() {
  const std::size_t start = token_.range.start;
  List list;
  while (is_at(TokenType::sort_direction)) {
    const Token token = token_;
    if (!advance()) return no_node;
    const std::uint32_t key = path(0);
    if (key == no_node) return no_node;
    const std::uint32_t made = add(Kind::sort_key, {token.range.start, end_}, key);
    if (!add_to(list, made)) return no_node;
    node(made).descends = lexer_.source(token).back() == '\\';
  }
  return close_list(Kind::sorted, start, list);
}

bool Parser::advance() {
  end_ = token_.range.end;
  return lexer_.next(token_, error_);
}

bool Parser::expect(TokenType type) {
  if (is_at(type)) return advance();
  unexpected();
  return false;
}

std::uint32_t Parser::add(Kind kind, json::ByteRange range, std::uint32_t left, std::uint32_t right) {
  Node made;
  made.kind = kind;
  made.range = range;
  made.left = left;
  made.right = right;
  for (const std::uint32_t below : {left, right}) {
    if (below != no_node) made.depth = std::max<std::uint16_t>(made.depth, node(below).depth + 1U);
  }
  if (made.depth > max_depth) return too_deep(range.start);
  expression_.nodes.push_back(made);
  return static_cast<std::uint32_t>(expression_.nodes.size() - 1);
}

// A node that is the next token.
std::uint32_t Parser::leaf(Kind kind) {
  const json::ByteRange range = token_.range;
  return advance() ? add(kind, range) : no_node;
}

std::uint32_t Parser::constant(json::Value value) {
  expression_.constants.push_back(std::move(value));
  return static_cast<std::uint32_t>(expression_.constants.size() - 1);
}

// All that were added since are a node's.
std::uint32_t Parser::with_constants(std::uint32_t index, std::uint32_t first) {
  if (index == no_node) return no_node;
  node(index).first = first;
  node(index).count = static_cast<std::uint32_t>(expression_.constants.size()) - first;
  return index;
}

bool Parser::add_to(List& list, std::uint32_t index) {
  if (index == no_node) return false;
  if (list.first == no_node) {
    list.first = index;
  } else {
    node(list.last).next = index;
  }
  list.last = index;
  return true;
}

std::uint32_t Parser::close_list(Kind kind, std::size_t start, const List& list) {
  const std::uint32_t made = add(kind, {start, end_}, list.first);
  for (std::uint32_t i = list.first; made != no_node && i != no_node; i = node(i).next) {
    node(made).depth = std::max<std::uint16_t>(node(made).depth, node(i).depth + 1U);
  }
  return made == no_node || node(made).depth > max_depth ? too_deep(start) : made;
}

std::uint32_t Parser::unexpected() {
  if (is_at(TokenType::end)) {
    error_ = {"JsonPathParserError", "Parse error near the end of string!", token_.range.start};
  } else {
    const std::string source(lexer_.source(token_));
    error_ = {"JsonPathParserError",
              json::join({"Parse error at ", lexer_.place(token_), " near token ",
                          json::python_str(lexer_.value(token_)), " (", type_name(token_, source), ")"}),
              token_.range.start};
  }
  return no_node;
}

std::uint32_t Parser::too_deep(std::size_t offset) {
  error_ = {"RecursionError", "maximum recursion depth exceeded", offset};
  return no_node;
}

std::optional<Expression> parse(std::string_view text, Error& error) {
  Expression expression;
  expression.text = text;
  // As many as usual expressions have.
  expression.nodes.reserve(8);
  expression.constants.reserve(8);
  if (!Parser(expression.text, expression, error).parse()) return std::nullopt;
  expression.is_member_filter = is_member_filter(expression);
  return expression;
}

}  // namespace stactask::jsonpath

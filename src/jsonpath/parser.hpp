// Expressions from their tokens.
#pragma once

#include "jsonpath/expression.hpp"
#include "jsonpath/lexer.hpp"

namespace stactask::jsonpath {

/// Builds an expression. jsonpath-ng has an ambiguous grammar, whose conflicts its LALR generator resolves
/// one way or the other (jsonpath_ng/parser.py, ext/parser.py). What comes out is the grammar below, by
/// recursive descent; an error is found at the same token, because neither parser takes one that cannot go
/// on.
///
///     path(level) = primary, then while they bind tighter than `level`: an infix and path(its level)
///                   infix: '..' 4, '.' 5, '|' 6, '&' 7, where 8, wherenot 9: the higher, the tighter
///                   at level 0 also: '[' bracket, and '+', '-' or '*' with a right operand
///     primary     = '$' | '@' | '*' | names | number [op operand] | float op operand
///                   | named operator | '(' path(0) ')' | '[' part ']'
///     part        = names | numbers | '*' | [number] ':' [number] [':' [number]]
///     bracket     = part | '?' terms | sort keys
///     terms       = term ('&' term)*
///     term        = path(0) [filter operator, literal] | '(' terms ')'
///
/// Every function returns a node, or `no_node` after an error. `token_` is the next one, not yet taken.
class Parser {
 public:
  Parser(std::string_view text, Expression& expression, Error& error)
      : lexer_(text), expression_(expression), error_(error) {}

  bool parse();

 private:
  /// Elements of a list, linked by `next`.
  struct List {
    std::uint32_t first = no_node;
    std::uint32_t last = no_node;
  };
  /// In parentheses, terms and a path begin alike.
  struct Term {
    std::uint32_t path = no_node;
    List terms;
  };
  enum class Operand : std::uint8_t { path, number, floating };

  std::uint32_t path(int level);
  std::uint32_t continue_path(std::uint32_t left, int level);
  std::uint32_t infix(std::uint32_t left, Kind kind, int level);
  std::uint32_t primary();
  std::uint32_t parenthesised();
  std::uint32_t names();
  std::uint32_t number();
  std::uint32_t floating();
  std::uint32_t named_operator();
  std::uint32_t make_operator(const Token& token);
  std::uint32_t make_substitute(std::string_view text, const Token& token);
  std::uint32_t make_split(std::string_view text, const Token& token);
  std::uint32_t invalid(std::string_view text, const Token& token);

  std::uint32_t arithmetic(std::uint32_t left, Operand kind);
  std::uint32_t right_operand(Operand left);
  std::uint32_t as_operand(std::uint32_t index);

  std::uint32_t bracket(std::uint32_t left);
  std::uint32_t part();
  std::uint32_t indexes();
  std::uint32_t slice(std::uint32_t first);

  std::uint32_t filter();
  bool terms(List& list);
  bool term(Term& term);
  bool parenthesised_term(Term& result);
  bool as_terms(Term& term);
  std::uint32_t comparison(std::uint32_t left);
  std::uint32_t sort_keys();

  bool advance();
  bool expect(TokenType type);
  [[nodiscard]] bool is_at(TokenType type) const { return token_.type == type; }
  [[nodiscard]] bool is_at_arithmetic() const {
    return is_at(TokenType::plus) || is_at(TokenType::minus) || is_at(TokenType::star);
  }

  std::uint32_t add(Kind kind, json::ByteRange range, std::uint32_t left = no_node,
                    std::uint32_t right = no_node);
  std::uint32_t leaf(Kind kind);
  std::uint32_t constant(json::Value value);
  std::uint32_t with_constants(std::uint32_t index, std::uint32_t first);
  bool add_to(List& list, std::uint32_t index);
  std::uint32_t close_list(Kind kind, std::size_t start, const List& list);
  Node& node(std::uint32_t index) { return expression_.nodes[index]; }

  std::uint32_t unexpected();
  std::uint32_t too_deep(std::size_t offset);

  Lexer lexer_;
  Expression& expression_;
  Error& error_;
  Token token_;
  std::size_t end_ = 0;  // of the token taken last
  std::size_t depth_ = 0;
};

}  // namespace stactask::jsonpath

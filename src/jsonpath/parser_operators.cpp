// Operators in backquotes (jsonpath_ng/ext/parser.py: p_jsonpath_named_operator, ext/string.py).

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "jsonpath/operators.hpp"
#include "jsonpath/parser.hpp"
#include "jsonpath/patterns.hpp"

namespace stactask::jsonpath {

namespace {

struct SimpleOperator {
  std::string_view name;
  Kind kind;
};

constexpr SimpleOperator simple_operators[] = {
    {"len", Kind::length},    {"keys", Kind::keys}, {"path", Kind::path},
    {"sorted", Kind::sorted}, {"this", Kind::self}, {"parent", Kind::parent},
};

}  // namespace

std::uint32_t Parser::make_operator(const Token& token) {
  const std::string text = json::python_str(lexer_.value(token));
  for (const auto& [name, kind] : simple_operators) {
    if (text == name) return add(kind, token.range);
  }
  if (text.starts_with("split(")) return make_split(text, token);
  if (text.starts_with("sub(")) return make_substitute(text, token);
  if (text.starts_with("str()")) return add(Kind::text, token.range);
  if (text.starts_with("str(")) return invalid(text, token);
  const std::size_t position =
      count_code_points(std::string_view(expression_.text).substr(0, token.position));
  error_ = {"JsonPathParserError",
            json::join({"Unknown named operator `", text, "` at ", std::to_string(token.line), ":",
                        std::to_string(position)}),
            token.range.start};
  return no_node;
}

std::uint32_t Parser::make_split(std::string_view text, const Token& token) {
  const auto parts = read_split(text);
  if (!parts) return invalid(text, token);
  json::Value maximum;
  if (!stactask::jsonpath::Lexer::integer(parts->maximum, token.range.start, maximum, error_)) return no_node;
  const std::uint32_t first = constant(std::string(parts->separator));
  constant(std::string(parts->segment));
  constant(std::move(maximum));
  return with_constants(add(Kind::split, token.range), first);
}

// Unlike a pattern of a filter, this one is looked at before it is used.
std::uint32_t Parser::make_substitute(std::string_view text, const Token& token) {
  const auto parts = read_substitute(text);
  if (!parts) return invalid(text, token);
  const std::uint32_t first = constant(std::string(parts->pattern));
  constant(std::string(parts->replacement));
  const auto offset = static_cast<std::size_t>(parts->pattern.data() - text.data());
  const std::uint32_t made = with_constants(add(Kind::substitute, token.range), first);
  return made != no_node && compile_substitute(expression_, made, offset, error_) ? made : no_node;
}

std::uint32_t Parser::invalid(std::string_view text, const Token& token) {
  error_ = {"DefintionInvalid", json::join({text, " is not valid"}), token.range.start};
  return no_node;
}

}  // namespace stactask::jsonpath

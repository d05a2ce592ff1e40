// The common case of a matcher, `$[?(@.id =~ '…' & @.properties.x < 5)]`: terms about members of the item. It
// needs neither lists nor a stack.

#include "jsonpath/evaluator.hpp"

namespace stactask::jsonpath {

using json::Value;

namespace {

// Whether a node is one name of a member.
bool is_name(const Expression& expression, const Node& node) {
  return node.kind == Kind::fields && node.count == 1 &&
         json::string_of(expression.constants[node.first]) != "*";
}

// `@`, `@.a.b` or `a.b`, which all begin at the tested element.
bool is_member_path(const Expression& expression, std::uint32_t index) {
  const Node* node = &expression.nodes[index];
  while (node->kind == Kind::child) {
    if (!is_name(expression, expression.nodes[node->right])) return false;
    node = &expression.nodes[node->left];
  }
  return node->kind == Kind::self || node->kind == Kind::root || is_name(expression, *node);
}

// As deep as the expression, at most.
const Value* find_member(const Expression& expression, const Node& node, const Value& item) {
  if (node.kind == Kind::self || node.kind == Kind::root) return &item;
  if (node.kind == Kind::fields)
    return json::member(&item, json::string_of(expression.constants[node.first]));
  const Value* left = find_member(expression, expression.nodes[node.left], item);
  return left == nullptr ? nullptr : find_member(expression, expression.nodes[node.right], *left);
}

}  // namespace

bool is_member_filter(const Expression& expression) {
  const Node& root = expression.nodes[expression.root];
  if (root.kind != Kind::child || expression.nodes[root.left].kind != Kind::root) return false;
  const Node& filter = expression.nodes[root.right];
  if (filter.kind != Kind::filter) return false;
  for (std::uint32_t i = filter.left; i != no_node; i = expression.nodes[i].next) {
    const Node& term = expression.nodes[i];
    if (term.kind != Kind::comparison || !is_member_path(expression, term.left)) return false;
  }
  return true;
}

// All terms are evaluated, as in `keeps`.
bool Evaluator::match_members(const Value& item, bool& matches) {
  const Node& filter = expression_.nodes[expression_.nodes[expression_.root].right];
  matches = true;
  for (std::uint32_t i = filter.left; i != no_node; i = expression_.nodes[i].next) {
    const Node& term = expression_.nodes[i];
    const Value* value = find_member(expression_, expression_.nodes[term.left], item);
    bool holds = value != nullptr;
    if (holds && term.op != Operator::none && !compare_literal(term, {value}, holds)) return false;
    matches = matches && holds;
  }
  return true;
}

}  // namespace stactask::jsonpath

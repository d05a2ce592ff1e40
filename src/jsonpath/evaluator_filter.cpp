// Filters and their terms (jsonpath_ng/ext/filter.py).

#include "jsonpath/compare.hpp"
#include "jsonpath/evaluator.hpp"
#include "jsonpath/numbers.hpp"
#include "jsonpath/patterns.hpp"

namespace stactask::jsonpath {

// Of an object, the member values are filtered.
bool Evaluator::filter(const Node& node, std::uint32_t datum) {
  std::uint32_t list = wrap(datum);
  View around = view(list);
  if (around.is_object()) {
    Datum members = results_.data[list];
    members.shape = Shape::members;
    if (!add(around, no_datum, list)) return false;
    results_.data[list] = members;
    around = members.view();
  }
  if (!around.is_list()) return true;
  for (std::size_t i = 0; i < around.size(); ++i) {
    const json::Value& element = around.at(i);
    bool is_kept = false;
    if (!keeps(node, {&element}, is_kept)) return false;
    if (is_kept && !push_element(element, static_cast<std::int64_t>(i), list)) return false;
  }
  return true;
}

// All terms are evaluated, even behind one that does not hold.
bool Evaluator::keeps(const Node& node, View element, bool& keeps) {
  const Mark before = mark();
  std::uint32_t datum = no_datum;
  if (!add(element, no_datum, datum)) return false;
  keeps = true;
  for (std::uint32_t term = node.left; term != no_node; term = expression_.nodes[term].next) {
    bool term_holds = false;
    if (!holds(expression_.nodes[term], datum, term_holds)) return locate(expression_.nodes[term]);
    keeps = keeps && term_holds;
  }
  forget(before);
  return true;
}

// Whether the path finds anything, or anything that compares.
bool Evaluator::holds(const Node& node, std::uint32_t element, bool& holds) {
  const std::size_t first = found_.size();
  const Outcome outcome = find(node.left, element);
  if (outcome == Outcome::failed) return false;
  holds = found_.size() > first;
  if (node.op == Operator::none || !holds) return true;
  if (outcome == Outcome::single) return no_list();
  holds = false;
  for (std::size_t i = first; i < found_.size(); ++i) {
    View value;
    bool compares = false;
    if (!value_of(found_[i], value) || !compare_literal(node, value, compares)) return false;
    holds = holds || compares;
  }
  return true;
}

// With an integer, everything is converted to one; a text that is none is passed over.
bool Evaluator::compare_literal(const Node& node, View value, bool& holds) {
  const json::Value& literal = expression_.constants[expression_.nodes[node.right].first];
  if (literal.is_string() && node.op == Operator::search) return search_literal(node, value, holds);
  json::Value integer;
  if (json::is_integer(literal) && !(value.is_plain() && json::is_integer(value.value()))) {
    const Conversion conversion = to_integer(value, integer, error_);
    holds = false;
    if (conversion != Conversion::done) return conversion != Conversion::failed;
    value = {&integer};
  }
  if (node.op != Operator::search) return compare(node.op, value, {&literal}, holds, budget_, error_);
  holds = false;
  return !value.is_string() || fail("TypeError", "first argument must be string or compiled pattern");
}

bool Evaluator::search_literal(const Node& node, View value, bool& holds) {
  holds = false;
  if (!value.is_string()) return true;
  if (search(expression_, node.right, json::string_of(value.value()), holds, budget_, error_)) return true;
  is_located_ = true;
  return false;
}

}  // namespace stactask::jsonpath

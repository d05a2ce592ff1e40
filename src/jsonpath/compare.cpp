#include "jsonpath/compare.hpp"

#include <algorithm>

#include "json/join.hpp"
#include "jsonpath/numbers.hpp"

namespace stactask::jsonpath {

namespace {

enum class Equality : std::uint8_t { same, different, failed };

// Lists in lists that are compared, at most. Python's limit depends on what else is on its stack.
constexpr int max_compared_depth = 200;

std::string_view text_of(Operator op) {
  constexpr std::string_view texts[] = {"==", "!=", "<", "<=", ">", ">="};
  return texts[static_cast<int>(op) - 1];
}

bool is_numeric(const View& view) { return view.is_plain() && is_number(view.value()); }

bool holds_for(Operator op, Order order) {
  switch (op) {
    case Operator::equal: return order == Order::equal;
    case Operator::not_equal: return order != Order::equal;
    case Operator::less: return order == Order::less;
    case Operator::less_equal: return order == Order::less || order == Order::equal;
    case Operator::greater: return order == Order::greater;
    default: return order == Order::greater || order == Order::equal;
  }
}

Order order_texts(std::string_view left, std::string_view right) {
  // UTF-8 has the order of code points.
  const int order = left.compare(right);
  return order < 0 ? Order::less : order > 0 ? Order::greater : Order::equal;
}

Equality equality(View left, View right, int depth, Budget& budget, Error& error);

// Python takes what is the same object for equal, NaN included.
Equality element_equality(const json::Value& left, const json::Value& right, int depth, Budget& budget,
                          Error& error) {
  return &left == &right ? Equality::same : equality({&left}, {&right}, depth, budget, error);
}

Equality list_equality(View left, View right, int depth, Budget& budget, Error& error) {
  if (left.size() != right.size()) return Equality::different;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const Equality element = element_equality(left.at(i), right.at(i), depth, budget, error);
    if (element != Equality::same) return element;
  }
  return Equality::same;
}

Equality object_equality(const json::Value& left, const json::Value& right, int depth, Budget& budget,
                         Error& error) {
  if (left.size() != right.size()) return Equality::different;
  for (const auto& [key, value] : json::object_of(left)) {
    const json::Value* other = json::member(&right, key);
    if (other == nullptr) return Equality::different;
    const Equality element = element_equality(value, *other, depth, budget, error);
    if (element != Equality::same) return element;
  }
  return Equality::same;
}

Equality equality(View left, View right, int depth, Budget& budget, Error& error) {
  if (!budget.spend(1, error)) return Equality::failed;
  const auto as_equality = [](bool same) { return same ? Equality::same : Equality::different; };
  if (is_numeric(left) && is_numeric(right)) {
    return as_equality(order_numbers(left.value(), right.value()) == Order::equal);
  }
  if (left.is_string() && right.is_string()) {
    return as_equality(json::string_of(left.value()) == json::string_of(right.value()));
  }
  const bool are_lists = left.is_list() && right.is_list();
  const bool are_objects = left.is_object() && right.is_object();
  if (!are_lists && !are_objects) {
    return as_equality(left.is_plain() && right.is_plain() && left.value().is_null() &&
                       right.value().is_null());
  }
  if (depth == 0) {
    error.type = "RecursionError";
    error.message = "maximum recursion depth exceeded in comparison";
    return Equality::failed;
  }
  return are_lists ? list_equality(left, right, depth - 1, budget, error)
                   : object_equality(left.value(), right.value(), depth - 1, budget, error);
}

// What decides the order of two lists: the first elements that differ, or the lengths. Python:
// Objects/listobject.c list_richcompare.
struct Difference {
  Equality elements = Equality::same;
  std::size_t index = 0;
};

Difference first_difference(const View& left, const View& right, Budget& budget, Error& error) {
  Difference difference;
  const std::size_t shorter = std::min(left.size(), right.size());
  for (; difference.index < shorter; ++difference.index) {
    difference.elements = element_equality(left.at(difference.index), right.at(difference.index),
                                           max_compared_depth, budget, error);
    if (difference.elements != Equality::same) break;
  }
  return difference;
}

bool compare_order(Operator op, View left, View right, bool& holds, Budget& budget, Error& error) {
  while (left.is_list() && right.is_list()) {
    const auto [elements, index] = first_difference(left, right, budget, error);
    if (elements == Equality::failed) return false;
    if (elements == Equality::same) {
      const std::size_t sizes[] = {left.size(), right.size()};
      holds = holds_for(op, sizes[0] < sizes[1]   ? Order::less
                            : sizes[0] > sizes[1] ? Order::greater
                                                  : Order::equal);
      return true;
    }
    left = {&left.at(index)};
    right = {&right.at(index)};
  }
  if (is_numeric(left) && is_numeric(right)) {
    holds = holds_for(op, order_numbers(left.value(), right.value()));
    return true;
  }
  if (left.is_string() && right.is_string()) {
    holds = holds_for(op, order_texts(json::string_of(left.value()), json::string_of(right.value())));
    return true;
  }
  error.type = "TypeError";
  error.message = json::join({"'", text_of(op), "' not supported between instances of '", type_name(left),
                              "' and '", type_name(right), "'"});
  return false;
}

}  // namespace

bool compare(Operator op, View left, View right, bool& holds, Budget& budget, Error& error) {
  if (op != Operator::equal && op != Operator::not_equal) {
    return compare_order(op, left, right, holds, budget, error);
  }
  const Equality same = equality(left, right, max_compared_depth, budget, error);
  holds = (same == Equality::same) == (op == Operator::equal);
  return same != Equality::failed;
}

bool compare_texts(Operator op, std::string_view left, std::string_view right) {
  return holds_for(op, order_texts(left, right));
}

bool compare_integers(Operator op, std::int64_t left, std::int64_t right) {
  return holds_for(op, left < right ? Order::less : left > right ? Order::greater : Order::equal);
}

}  // namespace stactask::jsonpath

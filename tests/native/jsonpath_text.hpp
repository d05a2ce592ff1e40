// Expressions and what they find, in the words of the vectors.
#pragma once

#include <string>

#include "json/python_text.hpp"
#include "jsonpath/expression.hpp"
#include "jsonpath/results.hpp"

namespace stactask::testing {

/// The syntax tree as a value: `["Child", ["Root"], ["Fields", "id"]]`.
class TreeWriter {
 public:
  explicit TreeWriter(const jsonpath::Expression& expression) : expression_(expression) {}

  json::Value write() const { return write(expression_.root); }

 private:
  json::Value write(std::uint32_t index) const {
    using jsonpath::Kind;
    const jsonpath::Node& node = expression_.nodes[index];
    switch (node.kind) {
      case Kind::root: return list("Root");
      case Kind::self: return list("This");
      case Kind::parent: return list("Parent");
      case Kind::length: return list("Len");
      case Kind::keys: return list("Keys");
      case Kind::path: return list("Path");
      case Kind::text: return list("Str");
      case Kind::fields: return constants("Fields", node);
      case Kind::index: return constants("Index", node);
      case Kind::slice: return constants("Slice", node);
      case Kind::split: return constants("Split", node);
      case Kind::substitute: return constants("Sub", node);
      case Kind::literal: return expression_.constants[node.first];
      case Kind::child: return sides("Child", node);
      case Kind::descendants: return sides("Desc", node);
      case Kind::where: return sides("Where", node);
      case Kind::where_not: return sides("WhereNot", node);
      case Kind::either: return sides("Union", node);
      case Kind::both: return sides("Intersect", node);
      case Kind::arithmetic: return list("Op", {write(node.left), operator_of(node), write(node.right)});
      case Kind::comparison: {
        json::Value value = node.right == jsonpath::no_node ? json::Value(nullptr) : write(node.right);
        return list("Expr", {write(node.left), operator_of(node), std::move(value)});
      }
      case Kind::filter: {
        json::Value filter = list("Filter");
        for (const json::Value& term : elements(node)) filter.push_back(term);
        return filter;
      }
      case Kind::sorted:
        return list("Sorted",
                    {node.left == jsonpath::no_node ? json::Value(nullptr) : json::Value(elements(node))});
      case Kind::sort_key: break;
    }
    json::Value key = json::Value::array();
    key.push_back(write(node.left));
    key.push_back(node.descends);
    return key;
  }

  static json::Value list(const char* name, json::Value::array_t rest = {}) {
    rest.insert(rest.begin(), std::string(name));
    return rest;
  }

  json::Value constants(const char* name, const jsonpath::Node& node) const {
    const auto first = expression_.constants.begin() + node.first;
    return list(name, {first, first + node.count});
  }

  json::Value sides(const char* name, const jsonpath::Node& node) const {
    return list(name, {write(node.left), write(node.right)});
  }

  json::Value::array_t elements(const jsonpath::Node& node) const {
    json::Value::array_t out;
    for (std::uint32_t i = node.left; i != jsonpath::no_node; i = expression_.nodes[i].next) {
      out.push_back(write(i));
    }
    return out;
  }

  static json::Value operator_of(const jsonpath::Node& node) {
    if (node.op == jsonpath::Operator::none) return nullptr;
    constexpr const char* texts[] = {"==", "!=", "<", "<=", ">", ">=", "=~", "+", "-", "*"};
    return std::string(texts[static_cast<int>(node.op) - 1]);
  }

  const jsonpath::Expression& expression_;
};

/// Python's repr of a value that was found.
inline std::string repr_of(const jsonpath::View& view) {
  if (view.is_plain()) return json::python_repr(view.value());
  json::Value list = json::Value::array();
  for (std::size_t i = 0; i < view.size(); ++i) list.push_back(view.at(i));
  return json::python_repr(list);
}

/// Python's repr of the list of all that was found.
inline std::string repr_of(const jsonpath::Results& results) {
  std::string out = "[";
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (i > 0) out.append(", ");
    out.append(repr_of(results[i]));
  }
  return out + "]";
}

inline std::string text_of(const jsonpath::Error& error) {
  return std::string(error.type) + ": " + error.message;
}

}  // namespace stactask::testing

#include "task/matching_explanation.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "jsonpath/find.hpp"

namespace stactask::task {

using json::Value;
using jsonpath::Expression;
using jsonpath::Kind;
using jsonpath::Node;
using jsonpath::Operator;
using jsonpath::Results;

namespace {

struct Test {
  std::string text;
  bool passed = false;
  std::vector<std::string> values;
  std::string reason;
};

// JSON, as much of it as a person reads.
std::string shown(std::string text) {
  constexpr std::size_t longest = 120;
  if (text.size() > longest) {
    text.resize(longest);
    text += "…";
  }
  return text;
}

std::string shown(const jsonpath::View& view) {
  std::string text;
  jsonpath::append_json(text, view);
  return shown(std::move(text));
}

// The part of an expression that a node was read from.
std::string_view text_of(const Expression& expression, const Node& node) {
  return std::string_view(expression.text).substr(node.range.start, node.range.end - node.range.start);
}

std::string_view operator_text(Operator op) {
  switch (op) {
    case Operator::not_equal: return "!=";
    case Operator::less: return "<";
    case Operator::less_equal: return "<=";
    case Operator::greater: return ">";
    case Operator::greater_equal: return ">=";
    default: return "==";
  }
}

// What to know of a comparison with an integer, if the value is none.
std::string_view integer_note(const Value& value) {
  const bool has_fraction = value.is_number_float() && std::trunc(value.get<double>()) != value.get<double>();
  if (has_fraction) return " (beside an integer the fraction does not count)";
  return value.is_string() ? " (beside an integer only texts of integers count)" : "";
}

std::string reason_of_search(const Results& found, std::string_view pattern, bool passed) {
  if (found.size() > 1)
    return json::join(
        {passed ? ", one of which has a match of " : ", none of which has a match of ", pattern});
  if (!found[0].is_string()) return ", and only strings are searched";
  return json::join({passed ? ", which has a match of " : ", in which nothing matches ", pattern});
}

// The rest of a sentence about what was found.
std::string reason_of_comparison(const Expression& expression, const Node& term, const Results& found,
                                 bool passed) {
  const Value& literal = expression.constants[expression.nodes[term.right].first];
  if (term.op == Operator::search) return reason_of_search(found, json::python_str(literal), passed);
  const std::string_view op = operator_text(term.op);
  const std::string wanted = shown(jsonpath::View{&literal});
  if (found.size() > 1)
    return json::join({passed ? ", one of which is " : ", none of which is ", op, " ", wanted});
  const bool is_plain = found[0].is_plain();
  const bool is_null_word = json::is_text(literal, "null") && is_plain && found[0].value().is_null();
  std::string_view note;
  if (json::is_integer(literal) && is_plain) note = integer_note(found[0].value());
  if (is_null_word) note = " (the word null is a string here)";
  return json::join({passed ? ", which is " : ", which is not ", op, " ", wanted, note});
}

// Explains one term of `$[?(…)]` as if it stood alone. As such it is put to the test, so that the answer is
// the matcher's own.
bool explain_test(const Expression& expression, const Node& term, const Value& item, Test& test,
                  jsonpath::Error& error) {
  constexpr std::size_t max_values = 8;
  test.text = text_of(expression, term);
  const std::string left(text_of(expression, expression.nodes[term.left]));
  Expression* alone = jsonpath::shared_cache.get(json::join({"$[?(", test.text, ")]"}), error);
  if (alone == nullptr || !jsonpath::match(*alone, item, test.passed, error)) return false;
  Expression* path = jsonpath::shared_cache.get(left, error);
  Results found;
  if (path == nullptr || !jsonpath::find(*path, item, found, error)) return false;
  for (std::size_t i = 0; i < found.size() && i < max_values; ++i) {
    test.values.push_back(shown(found[i]));
  }
  if (found.size() == 0) {
    test.reason = json::join({"there is nothing at ", left});
  } else if (term.op == Operator::none) {
    test.reason = json::join({left, " is there"});
  } else {
    const std::string what = found.size() == 1
                                 ? json::join({" is ", test.values.front()})
                                 : json::join({" has ", std::to_string(found.size()), " values"});
    test.reason = json::join({left, what, reason_of_comparison(expression, term, found, test.passed)});
  }
  return true;
}

// The first term of `$[?(…)]`, or nothing for another expression.
std::uint32_t first_term(const Expression& expression) {
  const Node& root = expression.nodes[expression.root];
  if (root.kind != Kind::child || expression.nodes[root.left].kind != Kind::root) return jsonpath::no_node;
  const Node& filter = expression.nodes[root.right];
  return filter.kind == Kind::filter ? filter.left : jsonpath::no_node;
}

void write_tests(json::Writer& writer, const std::vector<Test>& tests) {
  writer.key("tests").begin_array();
  for (const Test& test : tests) {
    writer.begin_object();
    writer.key("text").string(test.text);
    writer.key("passed").boolean(test.passed);
    writer.key("values").begin_array();
    for (const std::string& value : test.values) writer.string(value);
    writer.end_array();
    writer.key("reason").string(test.reason);
    writer.end_object();
  }
  writer.end_array();
}

std::string reason_of(const std::vector<Test>& tests, bool matches) {
  if (tests.empty()) return matches ? "it gives one result" : "only exactly one result is a match";
  for (const Test& test : tests) {
    if (test.passed == matches) return test.reason;
  }
  return {};
}

// False where Python raises.
bool run_tests(Expression& expression, const Value& item, bool& matches, std::vector<Test>& tests,
               jsonpath::Error& error) {
  if (!jsonpath::match(expression, item, matches, error)) return false;
  for (std::uint32_t i = first_term(expression); i != jsonpath::no_node; i = expression.nodes[i].next) {
    if (!explain_test(expression, expression.nodes[i], item, tests.emplace_back(), error)) return false;
  }
  return true;
}

}  // namespace

bool explain_expression(json::Writer& writer, Expression& expression, const Value& item,
                        jsonpath::Error& error) {
  bool matches = false;
  std::vector<Test> tests;
  if (!run_tests(expression, item, matches, tests, error)) return false;
  writer.key("reason").string(reason_of(tests, matches));
  write_tests(writer, tests);
  return true;
}

bool explain_rule(json::Writer& writer, const Rule& rule, const Value& item,
                  std::optional<Failure>& failure) {
  failure = rule.failure;
  if (failure) return false;
  bool matches = rule.expression == nullptr;
  std::string reason = "a catch_all matches every item";
  std::vector<Test> tests;
  if (rule.expression != nullptr) {
    jsonpath::Error error;
    if (!run_tests(*rule.expression, item, matches, tests, error)) {
      failure = failure_of(error, rule.expression->text, rule.pattern_pointer);
      return false;
    }
    reason = reason_of(tests, matches);
  }
  writer.begin_object();
  writer.key("pointer").string(rule.pointer);
  writer.key("type").string(rule.expression == nullptr ? "catch_all" : "jsonpath");
  writer.key("collection");
  write_name(writer, rule.collection);
  if (rule.expression != nullptr) writer.key("pattern").string(rule.expression->text);
  writer.key("matched").boolean(matches);
  writer.key("reason").string(reason);
  write_tests(writer, tests);
  writer.end_object();
  return matches;
}

}  // namespace stactask::task

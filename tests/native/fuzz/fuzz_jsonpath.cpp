// Any text as an expression over any document: the first line is the one, the rest the other. Whatever is
// wrong has a place in the expression, results with a pointer stand where it says, and what a matcher does
// not read does not matter.

#include "fuzz.hpp"
#include "jsonpath/find.hpp"
#include "jsonpath_text.hpp"
#include "prune.hpp"

namespace stactask::fuzzing {

namespace {

using json::Value;

void check_error(const jsonpath::Error& error, std::string_view expression) {
  expect(!error.type.empty(), "an error has a type");
  expect(error.offset <= expression.size(), "an error lies in the expression");
}

void check_nodes(const jsonpath::Expression& expression) {
  for (const jsonpath::Node& node : expression.nodes) {
    expect(node.range.start < node.range.end, "a node has a range");
    expect(node.range.end <= expression.text.size(), "a node lies in the expression");
    expect(node.depth <= jsonpath::max_depth, "nodes are not too deep");
  }
}

void check_find(jsonpath::Expression& expression, const Value& document) {
  jsonpath::Results results;
  jsonpath::Error error;
  if (!jsonpath::find(expression, document, results, error)) return check_error(error, expression.text);
  for (std::size_t i = 0; i < results.size(); i += 1 + results.size() / 32) {
    const std::optional<std::string> pointer = results.pointer(i);
    if (!pointer) continue;
    const Value* there = find(document, *pointer);
    expect(there != nullptr, "pointers name values");
    expect(!results[i].is_plain() || there == &results[i].value(), "the value is there");
  }
}

std::string match(jsonpath::Expression& expression, const Value& item) {
  jsonpath::Error error;
  bool matches = false;
  if (jsonpath::match(expression, item, matches, error)) return matches ? "match" : "no match";
  check_error(error, expression.text);
  return testing::text_of(error);
}

void check(std::string_view text, std::string_view document) {
  jsonpath::Error error;
  auto expression = jsonpath::parse(text, error);
  if (!expression) return check_error(error, text);
  check_nodes(*expression);
  const std::optional<Value> value = value_of(document);
  if (!value) return;
  check_find(*expression, *value);
  const std::string whole = match(*expression, *value);
  const std::string pruned = match(*expression, testing::prune(*value, jsonpath::reads_of(*expression)));
  expect(whole == pruned || whole.starts_with("BudgetError"), "what is not read does not matter");
}

}  // namespace

}  // namespace stactask::fuzzing

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = stactask::fuzzing::text_of(data, size);
  const std::size_t line = text.find('\n');
  const bool has_document = line != std::string_view::npos;
  stactask::fuzzing::check(text.substr(0, line), has_document ? text.substr(line + 1) : "");
  return 0;
}

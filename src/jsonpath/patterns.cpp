#include "jsonpath/patterns.hpp"

#include <utility>

#include "json/join.hpp"

namespace stactask::jsonpath {

namespace {

// A byte of a string's value, in the source with its quotes and backslashes.
std::size_t source_offset(std::string_view text, const json::ByteRange& range, std::size_t offset) {
  const char quote = text[range.start];
  if (quote != '\'' && quote != '"' && quote != '`') return range.start + offset;
  std::size_t at = range.start + 1;
  for (; offset > 0 && at + 1 < range.end; --offset) at += text[at] == '\\' ? 2 : 1;
  return at;
}

void report(const regex::Error& raised, Error& error) {
  error.type = raised.type == "error" ? "re.error" : raised.type;
  error.message = raised.message;
}

bool compile(Expression& expression, Node& node, std::size_t pattern_offset, Error& error) {
  const std::string& text = json::string_of(expression.constants[node.first]);
  if (text.size() > max_regex) {
    error.type = "RegexBudgetError";
    error.message =
        json::join({"the regular expression is longer than ", std::to_string(max_regex), " bytes"});
    error.offset = node.range.start;
    return false;
  }
  regex::Error raised;
  auto pattern = regex::compile(text, raised);
  if (!pattern) {
    report(raised, error);
    error.offset = source_offset(expression.text, node.range, pattern_offset + raised.offset);
    return false;
  }
  node.pattern = static_cast<std::uint32_t>(expression.patterns.size());
  expression.patterns.push_back(*std::move(pattern));
  return true;
}

// One search has its own limit; many have the evaluation's.
bool pay(std::uint32_t steps_left, bool is_out, Budget& budget, Error& error) {
  constexpr std::uint32_t steps_in_one = 2;
  if (!is_out) return budget.spend((regex::default_steps - steps_left) / steps_in_one, error);
  error.type = "RegexBudgetError";
  error.message = "the regular expression takes too many steps";
  return false;
}

}  // namespace

bool search(Expression& expression, std::uint32_t literal, std::string_view text, bool& found, Budget& budget,
            Error& error) {
  Node& node = expression.nodes[literal];
  if (node.pattern == no_node && !compile(expression, node, 0, error)) return false;
  std::uint32_t steps_left = regex::default_steps;
  const regex::Outcome outcome =
      regex::search(expression.patterns[node.pattern], text, 0, expression.groups, steps_left);
  found = outcome == regex::Outcome::match;
  if (pay(steps_left, outcome == regex::Outcome::out_of_budget, budget, error)) return true;
  error.offset = node.range.start;
  return false;
}

bool compile_substitute(Expression& expression, std::uint32_t node, std::size_t pattern_offset,
                        Error& error) {
  return compile(expression, expression.nodes[node], pattern_offset, error);
}

bool substitute(const Expression& expression, const Node& node, const std::string& text, std::string& out,
                Budget& budget, Error& error) {
  std::uint32_t steps_left = regex::default_steps;
  regex::Error raised;
  const std::string& replacement = json::string_of(expression.constants[node.first + 1]);
  const regex::Outcome outcome =
      regex::substitute(expression.patterns[node.pattern], replacement, text, out, raised, steps_left);
  if (raised.message.empty()) return pay(steps_left, outcome == regex::Outcome::out_of_budget, budget, error);
  report(raised, error);
  return false;
}

}  // namespace stactask::jsonpath

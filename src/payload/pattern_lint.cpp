#include "payload/pattern_lint.hpp"

#include "json/utf8.hpp"
#include "json/words.hpp"
#include "jsonpath/cache.hpp"
#include "jsonpath/find.hpp"
#include "jsonpath/patterns.hpp"
#include "payload/wording.hpp"

namespace stactask::payload {

using json::has_word;
using json::Value;
using jsonpath::Expression;
using jsonpath::Kind;
using jsonpath::Operator;

namespace {

// Whether cutting off fractions changes what a comparison with this integer says.
bool truncation_matters(Operator op, const Value& literal) {
  const bool is_big = json::is_big_integer(literal);
  const bool is_negative =
      is_big ? json::big_integer_text(literal).starts_with('-') : literal.get<double>() < 0;
  const bool is_zero = !is_big && literal.get<double>() == 0;
  switch (op) {
    case Operator::equal:
    case Operator::not_equal: return true;
    case Operator::greater:
    case Operator::less_equal: return !is_negative || is_zero;
    case Operator::less:
    case Operator::greater_equal: return is_negative || is_zero;
    default: return false;
  }
}

// `S2.*` looks like "begins with S2", and is found anywhere.
bool seems_anchored(std::string_view regex) {
  return regex.ends_with(".*") && !regex.starts_with("^") && !regex.starts_with("\\A") &&
         !regex.starts_with(".*");
}

class PatternLint {
 public:
  PatternLint(const Node& pattern, Expression& expression, Findings& findings)
      : pattern_(pattern), expression_(expression), findings_(findings) {}

  void run() {
    for (const jsonpath::Node& node : expression_.nodes) {
      if (node.kind == Kind::both) add(Code::pattern_unsupported, node.range, text_of(node));
      if (node.kind == Kind::comparison && node.op != Operator::none) lint_comparison(node);
    }
    lint_beginning();
  }

 private:
  void add(Code code, json::ByteRange inside, std::string_view argument) {
    findings_.add(code, pattern_, {argument}).inside = inside;
  }

  [[nodiscard]] std::string_view text_of(const jsonpath::Node& node) const {
    return std::string_view(expression_.text).substr(node.range.start, node.range.end - node.range.start);
  }

  void lint_comparison(const jsonpath::Node& comparison) {
    const jsonpath::Node& literal = expression_.nodes[comparison.right];
    const Value& value = expression_.constants[literal.first];
    const std::string_view text = text_of(literal);
    if (json::is_integer(value) && truncation_matters(comparison.op, value)) {
      add(Code::pattern_truncates, literal.range, text_of(comparison));
    }
    if (!value.is_string()) return;
    const bool is_quoted = text.front() == '\'' || text.front() == '"';
    if (!is_quoted && has_word("null None True False", text)) add(Code::pattern_word, literal.range, text);
    if (is_quoted && next_lost_backslash(text, 0) != std::string_view::npos) {
      add(Code::pattern_backslash, literal.range, text);
    }
    if (comparison.op == Operator::search) lint_regex(comparison, literal, json::string_of(value));
  }

  void lint_regex(const jsonpath::Node& comparison, const jsonpath::Node& literal, std::string_view regex) {
    jsonpath::Error error;
    jsonpath::Budget budget(jsonpath::max_steps);
    bool found = false;
    const bool is_compiled = literal.pattern != jsonpath::no_node;
    if (!is_compiled && !jsonpath::search(expression_, comparison.right, "", found, budget, error)) {
      const json::ByteRange place = json::character_at(expression_.text, error.offset);
      return add(Code::pattern_regex, place, error.message);
    }
    if (seems_anchored(regex)) add(Code::pattern_unanchored, literal.range, regex);
  }

  // A pattern is held against a list, which has no members.
  void lint_beginning() {
    const jsonpath::Node* node = &expression_.nodes[expression_.root];
    while (node->kind == Kind::child) {
      const jsonpath::Node& left = expression_.nodes[node->left];
      const jsonpath::Node& right = expression_.nodes[node->right];
      const bool begins = left.kind == Kind::root || left.kind == Kind::self;
      if (begins && right.kind == Kind::fields && text_of(right) != "*") {
        add(Code::pattern_never, {0, right.range.end}, expression_.text.substr(0, right.range.end));
      }
      node = &left;
    }
  }

  const Node& pattern_;
  Expression& expression_;
  Findings& findings_;
};

}  // namespace

std::size_t next_lost_backslash(std::string_view literal, std::size_t from) {
  for (std::size_t i = from; i + 1 < literal.size(); ++i) {
    if (literal[i] != '\\') continue;
    const char next = literal[++i];
    if (next != '\\' && next != '\'' && next != '"') return i - 1;
  }
  return std::string_view::npos;
}

void lint_pattern(const Node& pattern, Findings& findings) {
  jsonpath::Error error;
  Expression* expression = jsonpath::shared_cache.get(pattern.text(), error);
  if (expression != nullptr) return PatternLint(pattern, *expression, findings).run();
  const bool is_regex = error.type == "re.error";
  Finding& finding =
      findings.add(is_regex ? Code::pattern_regex : Code::pattern_syntax, pattern, {error.message});
  if (!pattern.text().empty()) finding.inside = json::character_at(pattern.text(), error.offset);
}

}  // namespace stactask::payload

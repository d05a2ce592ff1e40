#include "jsonpath/cache.hpp"

#include <utility>

#include "json/hash.hpp"
#include "jsonpath/find.hpp"
#include "jsonpath/patterns.hpp"

namespace stactask::jsonpath {

namespace {

// So that later calls add nothing to an expression that memory of theirs must not outlive.
void compile_patterns(Expression& expression) {
  for (const Node& node : expression.nodes) {
    if (node.kind != Kind::comparison || node.op != Operator::search) continue;
    if (!expression.constants[expression.nodes[node.right].first].is_string()) continue;
    Error ignored;
    Budget budget(max_steps);
    bool found = false;
    search(expression, node.right, "", found, budget, ignored);
  }
}

// What evaluating an expression leaves for the next time.
void release_memory(Expression& expression) {
  expression.scratch = Results();
  expression.groups = std::vector<regex::Span>();
  for (regex::Pattern& pattern : expression.patterns) pattern.stack = std::vector<std::uint32_t>();
}

}  // namespace

Expression* Cache::get(std::string_view text, Error& error) {
  const std::size_t hash = json::hash_text(text);
  for (std::size_t i = 0; i < count_; ++i) {
    if (hashes_[i] == hash && expressions_[i]->text == text) return &*expressions_[i];
  }
  std::optional<Expression> expression = parse(text, error);
  if (!expression) return nullptr;
  expression->reads = reads_of(*expression);
  if (count_ == capacity) return &surplus_.emplace_front(std::move(*expression));
  compile_patterns(*expression);
  hashes_[count_] = hash;
  return &expressions_[count_++].emplace(std::move(*expression));
}

void Cache::end_call() {
  for (std::size_t i = 0; i < count_; ++i) release_memory(*expressions_[i]);
  surplus_.clear();
  settled_ = count_;
}

void Cache::clear() {
  for (std::size_t i = 0; i < count_; ++i) expressions_[i].reset();
  surplus_.clear();
  count_ = settled_ = 0;
}

}  // namespace stactask::jsonpath

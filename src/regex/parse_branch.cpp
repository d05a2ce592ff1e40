// What stands between bars: alternatives, and what is simpler than alternatives.

#include <algorithm>

#include "regex/parser.hpp"

namespace stactask::regex {

namespace {

// Saturates, as Python's widths do at 2^64.
std::uint64_t sum(std::uint64_t a, std::uint64_t b) { return a + b < a ? ~0ULL : a + b; }

}  // namespace

// Python: the end of re/_parser.py, _parse: groups that are only parentheses are taken apart.
void Parser::finish_alternative() {
  Node alternative;
  alternative.value = none;
  Chain& items = alternative.body;
  for (std::uint32_t i = open().items.first; i != none;) {
    const Node& node = tree_.nodes[i];
    const std::uint32_t next = node.next;
    alternative.width.min = sum(alternative.width.min, node.width.min);
    alternative.width.max = sum(alternative.width.max, node.width.max);
    if (!node.is_plain_group()) {
      append(items, i);
    } else if (!node.body.is_empty()) {
      const Chain inner = node.body;
      const std::uint32_t second = tree_.nodes[inner.first].next;
      append(items, inner.first);
      tree_.nodes[inner.first].next = second;
      items.last = inner.last;
    }
    i = next;
  }
  open().items = {};
  Node& group = open().node;
  const bool is_first = open().alternatives.is_empty();
  group.width.min = is_first ? alternative.width.min : std::min(group.width.min, alternative.width.min);
  group.width.max = std::max(group.width.max, alternative.width.max);
  append(open().alternatives, push(alternative));
}

// Python: re/_parser.py, _parse_sub.
Chain Parser::join_alternatives() {
  const Chain alternatives = open().alternatives;
  if (alternatives.first == alternatives.last) return tree_.nodes[alternatives.first].body;
  Chain items;
  while (take_common_head(items)) {
  }
  if (merge_to_set(items)) return items;
  Node branch;
  branch.kind = Kind::branch;
  branch.body = alternatives;
  append(items, push(branch));
  return items;
}

// Move what all alternatives begin with in front of them.
bool Parser::take_common_head(Chain& items) {
  const std::uint32_t first = open().alternatives.first;
  for (std::uint32_t i = first; i != none; i = tree_.nodes[i].next) {
    const Chain& body = tree_.nodes[i].body;
    if (body.is_empty()) return false;
    if (!is_same(tree_.nodes[body.first], tree_.nodes[tree_.nodes[first].body.first])) return false;
  }
  const std::uint32_t head = tree_.nodes[first].body.first;
  for (std::uint32_t i = first; i != none; i = tree_.nodes[i].next) {
    Chain& body = tree_.nodes[i].body;
    body.first = tree_.nodes[body.first].next;
    if (body.first == none) body.last = none;
  }
  append(items, head);
  return true;
}

// Make one set of alternatives that are single characters or sets.
bool Parser::merge_to_set(Chain& items) {
  const std::uint32_t first = open().alternatives.first;
  for (std::uint32_t i = first; i != none; i = tree_.nodes[i].next) {
    const Chain& body = tree_.nodes[i].body;
    if (body.is_empty() || body.first != body.last) return false;
    const Node& node = tree_.nodes[body.first];
    if (node.kind != Kind::literal && (node.kind != Kind::set || node.is_negated)) return false;
  }
  Node merged;
  merged.kind = Kind::set;
  merged.flags = open().node.flags;
  merged.value = none;
  for (std::uint32_t i = first; i != none; i = tree_.nodes[i].next) {
    const Node& node = tree_.nodes[tree_.nodes[i].body.first];
    if (node.kind == Kind::literal) {
      add_set_item(merged, {SetItem::Kind::literal, {}, node.value, node.value});
    } else if (merged.value == none) {
      merged.value = node.value;
      merged.max = node.max;
    } else {
      tree_.items[merged.max].next = node.value;
      merged.max = node.max;
    }
  }
  append(items, push(merged));
  return true;
}

bool Parser::is_same(const Node& a, const Node& b) const {
  if (a.kind != b.kind || a.is_negated != b.is_negated) return false;
  if (a.kind == Kind::set) {
    std::uint32_t i = a.value;
    std::uint32_t j = b.value;
    for (; i != none && j != none; i = tree_.items[i].next, j = tree_.items[j].next) {
      if (!tree_.items[i].is_same(tree_.items[j])) return false;
    }
    return i == j;
  }
  const bool is_simple = a.kind == Kind::literal || a.kind == Kind::not_literal || a.kind == Kind::any ||
                         a.kind == Kind::at || a.kind == Kind::reference;
  return is_simple && a.value == b.value;
}

}  // namespace stactask::regex

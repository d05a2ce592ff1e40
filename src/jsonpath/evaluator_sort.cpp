// Sorting (jsonpath_ng/ext/iterable.py: SortedThis).

#include <algorithm>

#include "json/join.hpp"
#include "jsonpath/compare.hpp"
#include "jsonpath/evaluator.hpp"

namespace stactask::jsonpath {

// What cannot be sorted is what it gives, and not in a list.
Outcome Evaluator::sorted(const Node& node, std::uint32_t datum) {
  if (datum == bare_document || datum == no_datum) {
    const std::string_view type = datum == no_datum ? "NoneType" : type_name(view(datum));
    fail("AttributeError", json::join({"'", type, "' object has no attribute 'value'"}));
    return Outcome::failed;
  }
  const View around = view(datum);
  const bool has_keys = node.left != no_node;
  if (!around.is_list() && (has_keys || !around.is_object())) {
    found_.push_back(datum);
    return Outcome::single;
  }
  const std::size_t size = around.size();
  if (!budget_.spend_memory(size * sizeof(void*), error_)) return Outcome::failed;
  Made& made = make();
  if (around.is_object()) {
    made.value = json::Value::array();
    for (const auto& member : json::object_of(around.value())) made.value.push_back(member.first);
  }
  const View source = around.is_object() ? View{&made.value} : around;
  made.elements.reserve(size);
  for (std::size_t i = 0; i < size; ++i) made.elements.push_back(&source.at(i));
  const bool done = sort(node, made.elements) && push({&made.elements, Shape::elements});
  return done ? Outcome::list : Outcome::failed;
}

// Python: Objects/listobject.c. Up to 63 elements are compared in its order, so that an error names the same
// two, and keys that some elements lack give the same list; beyond, runs are merged plainly, where Python
// gallops.
bool Evaluator::sort(const Node& node, Elements& elements) {
  constexpr std::size_t small = 63;
  constexpr std::size_t run = 32;
  const std::size_t size = elements.size();
  const std::size_t width = size <= small ? size : run;
  for (std::size_t first = 0; first < size; first += width) {
    if (!sort_run(node, std::span(elements).subspan(first, std::min(width, size - first)))) return false;
  }
  Elements merged;
  for (std::size_t sorted = width; sorted < size; sorted *= 2) {
    merged.clear();
    merged.reserve(size);
    for (std::size_t first = 0; first < size; first += 2 * sorted) {
      const std::size_t middle = std::min(first + sorted, size);
      const std::size_t end = std::min(middle + sorted, size);
      std::size_t left = first;
      std::size_t right = middle;
      while (left < middle && right < end) {
        bool is_right = false;
        if (!comes_before(node, {elements[right]}, {elements[left]}, is_right)) return false;
        merged.push_back(is_right ? elements[right++] : elements[left++]);
      }
      merged.insert(merged.end(), elements.data() + left, elements.data() + middle);
      merged.insert(merged.end(), elements.data() + right, elements.data() + end);
    }
    elements.swap(merged);
  }
  return true;
}

// The run that the elements begin with, turned round if it descends; then each of the rest is inserted.
bool Evaluator::sort_run(const Node& node, std::span<const json::Value*> elements) {
  std::size_t length = 1;
  bool descends = false;
  for (; length < elements.size(); ++length) {
    bool is_less = false;
    if (!comes_before(node, {elements[length]}, {elements[length - 1]}, is_less)) return false;
    if (length == 1) descends = is_less;
    if (is_less != descends) break;
  }
  if (descends) std::reverse(elements.begin(), elements.begin() + static_cast<std::ptrdiff_t>(length));
  for (; length < elements.size(); ++length) {
    const json::Value* pivot = elements[length];
    std::size_t low = 0;
    std::size_t high = length;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      bool is_less = false;
      if (!comes_before(node, {pivot}, {elements[middle]}, is_less)) return false;
      (is_less ? high : low) = is_less ? middle : middle + 1;
    }
    for (std::size_t i = length; i > low; --i) elements[i] = elements[i - 1];
    elements[low] = pivot;
  }
  return true;
}

bool Evaluator::comes_before(const Node& node, View left, View right, bool& before) {
  if (node.left == no_node) return compare(Operator::less, left, right, before, budget_, error_);
  const Mark start = mark();
  std::uint32_t data[2] = {};
  if (!add(left, no_datum, data[0]) || !add(right, no_datum, data[1])) return false;
  int order = 0;
  for (std::uint32_t key = node.left; order == 0 && key != no_node; key = expression_.nodes[key].next) {
    if (!compare_keys(expression_.nodes[key], data[0], data[1], order)) return false;
  }
  before = order < 0;
  forget(start);
  return true;
}

// A key that is not found once in both says nothing.
bool Evaluator::compare_keys(const Node& key, std::uint32_t left, std::uint32_t right, int& order) {
  const std::size_t first = found_.size();
  const Outcome of_left = find(key.left, left);
  if (of_left == Outcome::failed) return false;
  const std::size_t middle = found_.size();
  const Outcome of_right = find(key.left, right);
  if (of_right == Outcome::failed) return false;
  const std::size_t count_left = middle - first;
  const std::size_t count_right = found_.size() - middle;
  if (count_left == 0 || count_right == 0) return true;
  if (of_left == Outcome::single) return no_length();
  if (count_left > 1) return true;
  if (of_right == Outcome::single) return no_length();
  if (count_right > 1) return true;
  View values[2];
  if (!value_of(found_[first], values[0]) || !value_of(found_[middle], values[1])) return false;
  bool holds = false;
  if (!compare(Operator::equal, values[0], values[1], holds, budget_, error_)) return false;
  if (holds) return true;
  if (!compare(Operator::less, values[0], values[1], holds, budget_, error_)) return false;
  order = holds == key.descends ? 1 : -1;
  return true;
}

}  // namespace stactask::jsonpath

// What computes values: arithmetic and the named operators (jsonpath_ng/ext/arithmetic.py, iterable.py,
// string.py).

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "jsonpath/arithmetic.hpp"
#include "jsonpath/evaluator.hpp"
#include "jsonpath/lexer.hpp"
#include "jsonpath/numbers.hpp"
#include "jsonpath/patterns.hpp"

namespace stactask::jsonpath {

namespace {

using json::Value;

// Python: jsonpath_ng/jsonpath.py Fields.__str__.
std::string field_text(const std::string& name) {
  const auto is_letter = [](char c) {
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '@';
  };
  // In Python, `$` matches before a line break at the end, too.
  const std::size_t end = name.ends_with('\n') ? name.size() - 1 : name.size();
  bool is_plain = end > 0 && is_letter(name.front());
  for (std::size_t i = 1; i < end; ++i) {
    is_plain = is_plain && (is_letter(name[i]) || (name[i] >= '0' && name[i] <= '9') || name[i] == '-');
  }
  return is_plain ? name : json::python_repr(name);
}

std::string text_of(const View& view) {
  if (view.is_plain()) return json::python_str(view.value());
  std::string out = "[";
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (i > 0) out.append(", ");
    out.append(json::python_repr(view.at(i)));
  }
  return out + "]";
}

}  // namespace

// Two paths are taken pairwise, where they find as many; a path and a literal one by one.
bool Evaluator::arithmetic(const Node& node, std::uint32_t datum) {
  const bool is_literal[] = {expression_.nodes[node.left].kind == Kind::literal,
                             expression_.nodes[node.right].kind == Kind::literal};
  const std::size_t first = found_.size();
  const Outcome left = is_literal[0] ? Outcome::list : find(node.left, datum);
  if (left == Outcome::failed) return false;
  const std::size_t middle = found_.size();
  const Outcome right = is_literal[1] ? Outcome::list : find(node.right, datum);
  if (right == Outcome::failed) return false;
  const std::size_t end = found_.size();
  std::size_t count = is_literal[0] ? end - middle : middle - first;
  if (is_literal[0] && is_literal[1]) {
    count = 1;
  } else if (is_literal[0] || is_literal[1]) {
    if (left == Outcome::single || right == Outcome::single) return no_list();
  } else {
    const bool has_both = middle > first && end > middle;
    if (has_both && (left == Outcome::single || right == Outcome::single)) return no_length();
    if (!has_both || middle - first != end - middle) count = 0;
  }
  const auto operand = [&](std::size_t side, std::size_t i, View& value) {
    const std::uint32_t index = side == 0 ? node.left : node.right;
    value = {&expression_.constants[expression_.nodes[index].first]};
    return is_literal[side] || value_of(found_[(side == 0 ? first : middle) + i], value);
  };
  for (std::size_t i = 0; i < count; ++i) {
    View values[2];
    if (!operand(0, i, values[0]) || !operand(1, i, values[1])) return false;
    Made& made = make();
    bool is_list = false;
    const Computed computed = compute(node.op, values[0], values[1], made, is_list, budget_, error_);
    if (computed == Computed::failed) return false;
    if (computed == Computed::unsupported) {
      found_.resize(first);
      return true;
    }
    if (!push(is_list ? View{&made.elements, Shape::elements} : View{&made.value})) return false;
  }
  drop_left(first, end);
  return true;
}

bool Evaluator::length(std::uint32_t datum) {
  const View value = view(wrap(datum));
  std::size_t size = 0;
  if (value.is_string()) {
    const std::string& text = json::string_of(value.value());
    if (!budget_.spend_bytes(text.size(), error_)) return false;
    size = count_code_points(text);
  } else if (value.is_list() || value.is_object()) {
    size = value.size();
  } else {
    return true;
  }
  return push_made(static_cast<std::int64_t>(size), Step::length);
}

bool Evaluator::keys(std::uint32_t datum) {
  const View value = view(wrap(datum));
  if (!value.is_object()) return true;
  for (const auto& member : json::object_of(value.value())) {
    if (!budget_.spend_memory(member.first.size(), error_)) return false;
    if (!push_made(member.first, Step::keys)) return false;
  }
  return true;
}

bool Evaluator::path(std::uint32_t datum) {
  const std::uint32_t parent = wrap(datum);
  const Datum& reached = results_.data[parent];
  std::string text;
  switch (reached.step) {
    case Step::self: text = "`this`"; break;
    case Step::root: text = "$"; break;
    case Step::member: text = field_text(*reached.key); break;
    case Step::element: text = json::join({"[", std::to_string(reached.index), "]"}); break;
    case Step::length: text = "`len`"; break;
    case Step::keys: text = "`keys`"; break;
    case Step::path: text = "`path`"; break;
  }
  return push_made(std::move(text), Step::path, parent);
}

bool Evaluator::text(std::uint32_t datum) {
  std::string text = text_of(view(wrap(datum)));
  return budget_.spend_memory(text.size(), error_) && push_made(std::move(text));
}

// Python's errors there are caught, whichever they are.
bool Evaluator::split(const Node& node, std::uint32_t datum) {
  const View value = view(wrap(datum));
  if (!value.is_string()) return true;
  const Value* const constants = &expression_.constants[node.first];
  const std::string& separator = json::string_of(constants[0]);
  if (json::is_big_integer(constants[2]) || constants[2].is_number_unsigned()) return true;
  std::int64_t left = constants[2].get<std::int64_t>();
  const std::string& text = json::string_of(value.value());
  if (!budget_.spend_memory(text.size(), error_)) return false;
  Value parts = Value::array();
  std::size_t start = 0;
  for (; left != 0; --left) {
    const std::size_t end = text.find(separator, start);
    if (end == std::string::npos) break;
    if (!budget_.spend_memory(sizeof(Value), error_)) return false;
    parts.push_back(text.substr(start, end - start));
    start = end + separator.size();
  }
  parts.push_back(text.substr(start));
  if (json::string_of(constants[1]) == "*") return push_made(std::move(parts));
  Value segment;
  if (to_integer({&constants[1]}, segment, error_) != Conversion::done) return true;
  if (json::is_big_integer(segment) || segment.is_number_unsigned()) return true;
  const auto size = static_cast<std::int64_t>(parts.size());
  std::int64_t index = segment.get<std::int64_t>();
  if (index >= size || index < -size) return true;
  if (index < 0) index += size;
  return push_made(json::array_of(parts)[static_cast<std::size_t>(index)]);
}

// What stays as it is, is no result. Python reads the replacement before it looks at the value.
bool Evaluator::substitute(const Node& node, std::uint32_t datum) {
  const View value = view(wrap(datum));
  const std::string nothing;
  const std::string& text = value.is_string() ? json::string_of(value.value()) : nothing;
  std::string out;
  if (!jsonpath::substitute(expression_, node, text, out, budget_, error_)) return false;
  if (!value.is_string()) {
    return fail("TypeError",
                json::join({"expected string or bytes-like object, got '", type_name(value), "'"}));
  }
  if (!budget_.spend_memory(out.size(), error_)) return false;
  return out == text || push_made(std::move(out));
}

}  // namespace stactask::jsonpath

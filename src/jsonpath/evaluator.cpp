#include "jsonpath/evaluator.hpp"

#include <algorithm>
#include <limits>

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "jsonpath/lexer.hpp"

namespace stactask::jsonpath {

namespace {

using json::Value;

// Data that are kept at a time, at most: 64 MB in wasm, and twice as much while they grow.
constexpr std::size_t max_data = 1U << 21;

const Value null_value = nullptr;

// An integer of the expression, or the nearest that 64 bits hold.
std::int64_t clamped(const Value& integer) {
  if (json::is_big_integer(integer)) {
    const bool is_negative = json::big_integer_text(integer).front() == '-';
    return is_negative ? -std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::max();
  }
  if (integer.is_number_unsigned() && integer.get<std::uint64_t>() >> 63 != 0) {
    return std::numeric_limits<std::int64_t>::max();
  }
  return std::max(integer.get<std::int64_t>(), -std::numeric_limits<std::int64_t>::max());
}

// Python: bool(value).
bool is_truthy(const View& view) {
  return view.is_plain() ? json::is_truthy(view.value()) : view.size() != 0;
}

// Where a character of a text begins.
std::size_t offset_of(std::string_view text, std::int64_t character) {
  std::size_t at = 0;
  for (; character > 0; --character) {
    do {
      ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  }
  return at;
}

std::string character_at(std::string_view text, std::int64_t index) {
  const std::size_t start = offset_of(text, index);
  const std::string_view rest = text.substr(start);
  return std::string(rest.substr(0, offset_of(rest, 1)));
}

// Python: Objects/sliceobject.c PySlice_AdjustIndices.
std::int64_t adjusted(const Value& bound, std::int64_t size, bool is_backwards, std::int64_t absent) {
  if (bound.is_null()) return absent;
  const std::int64_t value = clamped(bound);
  const std::int64_t last = is_backwards ? size - 1 : size;
  if (value >= 0) return std::min(value, last);
  return std::max(value + size, is_backwards ? std::int64_t{-1} : std::int64_t{0});
}

}  // namespace

bool Evaluator::run(View top) {
  results_.clear();
  results_.document = &top.value();
  std::uint32_t index = 0;
  if (!add(top, no_datum, index) || !add(top, no_datum, index)) return false;
  if (!find_list(expression_.root, bare_document)) return false;
  // Python: [x.value for x in …].
  View value;
  return std::all_of(found_.begin(), found_.end(),
                     [&](std::uint32_t datum) { return value_of(datum, value); });
}

Outcome Evaluator::find(std::uint32_t index, std::uint32_t datum) {
  const Node& node = expression_.nodes[index];
  bool done = budget_.spend(1, error_);
  if (done) {
    switch (node.kind) {
      case Kind::root: done = root(datum); break;
      case Kind::self: found_.push_back(wrap(datum)); break;
      case Kind::parent: done = parent(datum); break;
      case Kind::fields: done = fields(node, datum); break;
      case Kind::index: done = this->index(node, datum); break;
      case Kind::slice: done = slice(node, datum); break;
      case Kind::child: done = child(node, datum); break;
      case Kind::descendants: done = descendants(node, datum); break;
      case Kind::where:
      case Kind::where_not: done = where(node, datum); break;
      case Kind::either: done = either(node, datum); break;
      case Kind::both: done = fail("NotImplementedError", ""); break;
      case Kind::filter: done = filter(node, datum); break;
      case Kind::arithmetic: done = arithmetic(node, datum); break;
      case Kind::length: done = length(datum); break;
      case Kind::keys: done = keys(datum); break;
      case Kind::path: done = path(datum); break;
      case Kind::text: done = text(datum); break;
      case Kind::split: done = split(node, datum); break;
      case Kind::substitute: done = substitute(node, datum); break;
      case Kind::sorted: {
        const Outcome outcome = sorted(node, datum);
        if (outcome != Outcome::failed) return outcome;
        done = false;
        break;
      }
      // Whoever has them evaluates them.
      case Kind::literal:
      case Kind::comparison:
      case Kind::sort_key: break;
    }
  }
  if (done) return Outcome::list;
  locate(node);
  return Outcome::failed;
}

bool Evaluator::find_list(std::uint32_t node, std::uint32_t datum) {
  const Outcome outcome = find(node, datum);
  return outcome == Outcome::list || (outcome == Outcome::single && no_list());
}

bool Evaluator::root(std::uint32_t datum) {
  std::uint32_t top = datum == no_datum ? wrap(datum) : datum;
  while (results_.data[top].parent != no_datum) top = results_.data[top].parent;
  return push(view(top), Step::root);
}

bool Evaluator::parent(std::uint32_t datum) {
  found_.push_back(results_.data[wrap(datum)].parent);
  return true;
}

bool Evaluator::fields(const Node& node, std::uint32_t datum) {
  const std::uint32_t parent = wrap(datum);
  const View around = view(parent);
  if (!around.is_object()) return true;
  const auto& members = json::object_of(around.value());
  const auto name = [&](std::uint32_t i) -> const std::string& {
    return json::string_of(expression_.constants[node.first + i]);
  };
  for (std::uint32_t i = 0; i < node.count; ++i) {
    if (name(i) != "*") continue;
    for (const auto& [key, value] : members) {
      if (!push_member(value, key, parent)) return false;
    }
    return true;
  }
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const auto found = members.find(name(i));
    if (found != members.end() && !push_member(found->second, found->first, parent)) return false;
  }
  return true;
}

bool Evaluator::index(const Node& node, std::uint32_t datum) {
  const std::uint32_t parent = wrap(datum);
  if (!is_truthy(view(parent))) return true;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    if (!element(parent, expression_.constants[node.first + i])) return false;
  }
  return true;
}

bool Evaluator::element(std::uint32_t datum, const Value& constant) {
  const View around = view(datum);
  const bool is_string = around.is_string();
  std::size_t length = 0;
  if (is_string) {
    const std::string& text = json::string_of(around.value());
    if (!budget_.spend_bytes(text.size(), error_)) return false;
    length = count_code_points(text);
  } else if (around.is_list() || around.is_object()) {
    length = around.size();
  } else {
    return fail("TypeError", json::join({"object of type '", type_name(around), "' has no len()"}));
  }
  const auto size = static_cast<std::int64_t>(length);
  const std::int64_t index = clamped(constant);
  if (index >= size) return true;
  if (around.is_object()) return fail("KeyError", json::python_repr(constant));
  const std::int64_t position = index < 0 ? index + size : index;
  if (position < 0) {
    return fail("IndexError", json::is_big_integer(constant) ? "cannot fit 'int' into an index-sized integer"
                              : is_string                    ? "string index out of range"
                                                             : "list index out of range");
  }
  if (!is_string) return push_element(around.at(static_cast<std::size_t>(position)), index, datum);
  if (!push_made(character_at(json::string_of(around.value()), position), Step::element, datum)) return false;
  results_.data.back().index = index;
  return true;
}

// What is no list is taken for a list of it alone.
bool Evaluator::slice(const Node& node, std::uint32_t datum) {
  std::uint32_t parent = wrap(datum);
  View around = view(parent);
  if (around.is_plain() && around.value().is_null()) return true;
  if (!around.is_list()) {
    Datum list = results_.data[parent];
    list.shape = Shape::only_element;
    if (!add(around, no_datum, parent)) return false;
    results_.data[parent] = list;
    around = list.view();
  }
  const Value* const bounds = &expression_.constants[node.first];
  const std::int64_t step = bounds[2].is_null() ? 1 : clamped(bounds[2]);
  if (step == 0) return fail("ValueError", "slice step cannot be zero");
  const auto size = static_cast<std::int64_t>(around.size());
  const bool is_backwards = step < 0;
  const std::int64_t start = adjusted(bounds[0], size, is_backwards, is_backwards ? size - 1 : 0);
  const std::int64_t stop = adjusted(bounds[1], size, is_backwards, is_backwards ? -1 : size);
  const std::int64_t distance = is_backwards ? start - stop : stop - start;
  const std::int64_t count = distance <= 0 ? 0 : (distance - 1) / (is_backwards ? -step : step) + 1;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t position = start + i * step;
    if (!push_element(around.at(static_cast<std::size_t>(position)), position, parent)) return false;
  }
  return true;
}

bool Evaluator::child(const Node& node, std::uint32_t datum) {
  const std::size_t first = found_.size();
  if (!find_list(node.left, datum)) return false;
  const std::size_t end = found_.size();
  for (std::size_t i = first; i < end; ++i) {
    if (!find_list(node.right, found_[i])) return false;
  }
  drop_left(first, end);
  return true;
}

bool Evaluator::descendants(const Node& node, std::uint32_t datum) {
  const std::size_t first = found_.size();
  if (find(node.left, datum) == Outcome::failed) return false;
  const std::size_t end = found_.size();
  for (std::size_t i = first; i < end; ++i) {
    if (!walk(node, found_[i])) return false;
  }
  drop_left(first, end);
  return true;
}

// The right side over a datum, then over what it holds. Python comes to a single datum's failure to be a list
// after all that lies below it.
bool Evaluator::walk(const Node& node, std::uint32_t start) {
  struct Frame {
    std::uint32_t datum;
    bool is_single;
    std::size_t next;
    Mark before;
  };
  std::vector<Frame> open;
  std::uint32_t datum = start;
  for (Mark before = mark();;) {
    const Outcome outcome = find(node.right, datum);
    View value;
    if (outcome == Outcome::failed || !value_of(datum, value)) return false;
    open.push_back({datum, outcome == Outcome::single, 0, before});
    for (;;) {
      Frame& frame = open.back();
      value = view(frame.datum);
      if ((value.is_list() || value.is_object()) && frame.next < value.size()) break;
      if (frame.is_single) {
        return fail("TypeError", "unsupported operand type(s) for +: 'DatumInContext' and 'list'");
      }
      if (found_.size() == frame.before.found) forget(frame.before);
      open.pop_back();
      if (open.empty()) return true;
    }
    before = mark();
    const std::uint32_t parent = open.back().datum;
    const std::size_t i = open.back().next++;
    if (!add({&value.at(i)}, parent, datum)) return false;
    Datum& below = results_.data[datum];
    if (value.is_object()) {
      below.step = Step::member;
      below.key = &value.key(i);
    } else {
      below.step = Step::element;
      below.index = static_cast<std::int64_t>(i);
    }
  }
}

bool Evaluator::where(const Node& node, std::uint32_t datum) {
  const std::size_t first = found_.size();
  if (!find_list(node.left, datum)) return false;
  const std::size_t end = found_.size();
  for (std::size_t i = first; i < end; ++i) {
    const Mark before = mark();
    const Outcome outcome = find(node.right, found_[i]);
    if (outcome == Outcome::failed) return false;
    const bool has_match = found_.size() > before.found;
    forget(before);
    if (has_match == (node.kind == Kind::where)) found_.push_back(found_[i]);
  }
  drop_left(first, end);
  return true;
}

bool Evaluator::either(const Node& node, std::uint32_t datum) {
  const Outcome left = find(node.left, datum);
  if (left == Outcome::failed) return false;
  const Outcome right = find(node.right, datum);
  if (right == Outcome::failed) return false;
  if (left == Outcome::list && right == Outcome::list) return true;
  if (left == Outcome::list)
    return fail("TypeError", "can only concatenate list (not \"DatumInContext\") to list");
  return fail("TypeError", json::join({"unsupported operand type(s) for +: 'DatumInContext' and '",
                                       right == Outcome::list ? "list" : "DatumInContext", "'"}));
}

// Python: DatumInContext.wrap. There, None in the place of a datum is a value like any other.
std::uint32_t Evaluator::wrap(std::uint32_t datum) {
  if (datum == bare_document) return document;
  if (datum != no_datum) return datum;
  Datum none;
  none.what = &null_value;
  results_.data.push_back(none);
  return static_cast<std::uint32_t>(results_.data.size() - 1);
}

bool Evaluator::add(View value, std::uint32_t parent, std::uint32_t& index) {
  const std::size_t size = results_.data.size();
  if (!budget_.spend(size < max_data ? 1 : max_steps + 1, error_)) return false;
  Datum datum;
  datum.what = value.what;
  datum.shape = value.shape;
  datum.parent = parent;
  results_.data.push_back(datum);
  index = static_cast<std::uint32_t>(size);
  return true;
}

bool Evaluator::push(View value, Step step, std::uint32_t parent) {
  std::uint32_t index = 0;
  if (!add(value, parent, index)) return false;
  results_.data.back().step = step;
  found_.push_back(index);
  return true;
}

bool Evaluator::push_member(const Value& value, const std::string& key, std::uint32_t parent) {
  if (!push({&value}, Step::member, parent)) return false;
  results_.data.back().key = &key;
  return true;
}

bool Evaluator::push_element(const Value& value, std::int64_t index, std::uint32_t parent) {
  if (!push({&value}, Step::element, parent)) return false;
  results_.data.back().index = index;
  return true;
}

bool Evaluator::push_made(Value value, Step step, std::uint32_t parent) {
  Made& made = make();
  made.value = std::move(value);
  return push({&made.value}, step, parent);
}

Made& Evaluator::make() {
  results_.made.push_back(std::make_unique<Made>());
  return *results_.made.back();
}

bool Evaluator::value_of(std::uint32_t datum, View& value) {
  if (datum == no_datum) return fail("AttributeError", "'NoneType' object has no attribute 'value'");
  value = view(datum);
  return true;
}

void Evaluator::forget(Mark mark) {
  results_.data.resize(mark.data);
  found_.resize(mark.found);
  results_.made.resize(mark.made);
}

// Of what was found, [first, end) is what the rest was made of.
void Evaluator::drop_left(std::size_t first, std::size_t end) {
  found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(first),
               found_.begin() + static_cast<std::ptrdiff_t>(end));
}

bool Evaluator::fail(std::string_view type, std::string message) {
  error_.type = type;
  error_.message = std::move(message);
  return false;
}

// The innermost node that failed is where the error is.
bool Evaluator::locate(const Node& node) {
  if (!is_located_) error_.offset = node.range.start;
  is_located_ = true;
  return false;
}

bool Evaluator::no_list() { return fail("TypeError", "'DatumInContext' object is not iterable"); }

bool Evaluator::no_length() { return fail("TypeError", "object of type 'DatumInContext' has no len()"); }

bool find(Expression& expression, const Value& root, Results& out, Error& error) {
  return Evaluator(expression, out, error).run({&root});
}

bool match(Expression& expression, const Value& item, bool& matches, Error& error) {
  if (expression.is_member_filter) {
    if (Evaluator(expression, expression.scratch, error).match_members(item, matches)) return true;
    // It fails again, and says where.
  }
  if (!Evaluator(expression, expression.scratch, error).run({&item, Shape::only_element})) return false;
  matches = expression.scratch.size() == 1;
  return true;
}

}  // namespace stactask::jsonpath

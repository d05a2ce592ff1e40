#include "jsonpath/arithmetic.hpp"

#include <algorithm>

#include "jsonpath/numbers.hpp"

namespace stactask::jsonpath {

namespace {

using json::Value;

bool is_integer(const View& view) {
  return view.is_plain() && is_number(view.value()) && !view.value().is_number_float();
}

void append(Elements& out, const View& list) {
  for (std::size_t i = 0; i < list.size(); ++i) out.push_back(&list.at(i));
}

// How often something of `size` is repeated. False after an error.
bool read_times(const Value& value, std::size_t size, std::uint64_t& times, Error& error) {
  if (json::is_big_integer(value) || value.is_number_unsigned()) {
    error.type = "OverflowError";
    error.message = "cannot fit 'int' into an index-sized integer";
    return false;
  }
  const std::int64_t number = value.is_boolean() ? value.get<bool>() : value.get<std::int64_t>();
  times = number > 0 && size > 0 ? static_cast<std::uint64_t>(number) : 0;
  return true;
}

Computed repeat(View what, View count, Made& out, bool& is_list, Budget& budget, Error& error) {
  is_list = what.is_list();
  const std::size_t size = is_list ? what.size() : json::string_of(what.value()).size();
  std::uint64_t times = 0;
  if (!read_times(count.value(), size, times, error)) return Computed::failed;
  const std::size_t unit = is_list ? size * sizeof(void*) : size;
  // More than the budget is more than the budget, whatever the product is.
  constexpr std::size_t limit = 1U << 30;
  const bool is_huge = times > 0 && unit > limit / times;
  if (!budget.spend_memory(is_huge ? limit : static_cast<std::size_t>(unit * times), error))
    return Computed::failed;
  std::string text;
  for (; times > 0; --times) {
    if (is_list) {
      append(out.elements, what);
    } else {
      text.append(json::string_of(what.value()));
    }
  }
  if (!is_list) out.value = std::move(text);
  return Computed::done;
}

}  // namespace

Computed compute(Operator op, View left, View right, Made& out, bool& is_list, Budget& budget, Error& error) {
  is_list = false;
  if (left.is_plain() && right.is_plain() && is_number(left.value()) && is_number(right.value())) {
    return calculate(op, left.value(), right.value(), out.value, error) ? Computed::done : Computed::failed;
  }
  const auto is_sequence = [](const View& view) { return view.is_string() || view.is_list(); };
  if (op == Operator::multiply && is_sequence(left) && is_integer(right)) {
    return repeat(left, right, out, is_list, budget, error);
  }
  if (op == Operator::multiply && is_integer(left) && is_sequence(right)) {
    return repeat(right, left, out, is_list, budget, error);
  }
  if (op != Operator::add) return Computed::unsupported;
  if (left.is_string() && right.is_string()) {
    const std::string& first = json::string_of(left.value());
    const std::string& second = json::string_of(right.value());
    if (!budget.spend_memory(first.size() + second.size(), error)) return Computed::failed;
    out.value = first + second;
    return Computed::done;
  }
  if (!left.is_list() || !right.is_list()) return Computed::unsupported;
  is_list = true;
  if (!budget.spend_memory((left.size() + right.size()) * sizeof(void*), error)) return Computed::failed;
  append(out.elements, left);
  append(out.elements, right);
  return Computed::done;
}

}  // namespace stactask::jsonpath

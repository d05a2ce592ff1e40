#include "jsonpath/numbers.hpp"

#include <algorithm>
#include <cmath>

#include "json/decimal.hpp"
#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/reader.hpp"
#include "json/syntax.hpp"
#include "json/utf8.hpp"
#include "jsonpath/characters.hpp"
#include "jsonpath/integer.hpp"

namespace stactask::jsonpath {

namespace {

using json::Value;

bool is_float(const Value& value) { return value.is_number_float(); }

// Whether an integer or a boolean is one of 64 bits with a sign.
bool is_small(const Value& value) {
  return value.is_boolean() || (value.is_number_integer() && !value.is_number_unsigned());
}

std::int64_t small(const Value& value) {
  return value.is_boolean() ? static_cast<std::int64_t>(value.get<bool>()) : value.get<std::int64_t>();
}

template <typename Number>
Order order(Number left, Number right) {
  if (left < right) return Order::less;
  if (left > right) return Order::greater;
  return left == right ? Order::equal : Order::unordered;
}

Order reversed(Order order) {
  return order == Order::unordered ? order : static_cast<Order>(-static_cast<int>(order));
}

constexpr std::int64_t exact_limit = 1LL << 53;  // all integers up to here are doubles

// Python: Objects/floatobject.c float_richcompare.
Order order_integer_and_float(const Value& left, double right) {
  if (is_small(left) && small(left) <= exact_limit && small(left) >= -exact_limit) {
    return order(static_cast<double>(small(left)), right);
  }
  if (!std::isfinite(right)) return order(0.0, right);
  const int whole = Integer(left).compare(Integer::truncate(right));
  return whole != 0 ? static_cast<Order>(whole) : order(0.0, right - std::trunc(right));
}

// The text with ASCII's digits and spaces in the place of others.
std::string to_ascii(std::string_view text) {
  const auto* p = reinterpret_cast<const json::Byte*>(text.data());
  const json::Byte* const end = p + text.size();
  std::string out;
  while (p < end) {
    const json::Utf8Sequence c = json::read_utf8(p, end);
    p += c.length > 0 ? c.length : 1;
    if (c.code_point < 0x7F) {
      out.push_back(static_cast<char>(c.code_point));
    } else if (is_space(c.code_point)) {
      out.push_back(' ');
    } else {
      const int digit = decimal_digit(c.code_point);
      out.push_back(digit < 0 ? '?' : static_cast<char>('0' + digit));
    }
  }
  return out;
}

// Python: Objects/longobject.c PyLong_FromUnicodeObject: space around it, a sign, digits of any script,
// single underscores between them. Empty where the text is none.
std::string integer_text(std::string_view text) {
  constexpr std::string_view space = " \t\n\v\f\r";
  const std::string ascii = to_ascii(text);
  std::string_view rest = ascii;
  rest.remove_prefix(std::min(rest.find_first_not_of(space), rest.size()));
  rest = rest.substr(0, rest.find_last_not_of(space) + 1);
  const bool is_negative = rest.starts_with('-');
  if (is_negative || rest.starts_with('+')) rest.remove_prefix(1);
  std::string digits;
  bool after_digit = false;
  for (const char c : rest) {
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && (c != '_' || !after_digit)) return {};
    if (is_digit) digits.push_back(c);
    after_digit = is_digit;
  }
  if (!after_digit || digits.size() > json::max_integer_digits) return {};
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return is_negative && digits != "0" ? "-" + digits : digits;
}

Value integer_of(const Integer& integer) { return json::read_number(integer.text()); }

bool to_double(const Value& value, double& out, Error& error) {
  if (is_float(value)) {
    out = value.get<double>();
  } else {
    out = is_small(value) ? static_cast<double>(small(value)) : json::parse_decimal(json::python_str(value));
  }
  if (is_float(value) || std::isfinite(out)) return true;
  error.type = "OverflowError";
  error.message = "int too large to convert to float";
  return false;
}

bool calculate_integers(Operator op, const Value& left, const Value& right, Value& out, Error& error) {
  Integer result = Integer(left);
  switch (op) {
    case Operator::multiply: result = result.times(Integer(right)); break;
    case Operator::subtract: result = result.plus(Integer(right).negated()); break;
    default: result = result.plus(Integer(right)); break;
  }
  const std::string text = result.text();
  // Python can compute with such integers, but not print them.
  if (text.size() > json::max_integer_digits + (text.front() == '-' ? 1 : 0)) {
    error.type = "ValueError";
    error.message =
        "Exceeds the limit (4300 digits) for integer string conversion; "
        "use sys.set_int_max_str_digits() to increase the limit";
    return false;
  }
  out = json::read_number(text);
  return true;
}

}  // namespace

Order order_numbers(const Value& left, const Value& right) {
  if (is_float(left) && is_float(right)) return order(left.get<double>(), right.get<double>());
  if (is_float(left)) return reversed(order_integer_and_float(right, left.get<double>()));
  if (is_float(right)) return order_integer_and_float(left, right.get<double>());
  if (is_small(left) && is_small(right)) return order(small(left), small(right));
  return order(Integer(left).compare(Integer(right)), 0);
}

Conversion to_integer(const View& view, Value& out, Error& error) {
  if (view.is_plain() && is_number(view.value()) && !is_float(view.value())) {
    out = view.value();
    return Conversion::done;
  }
  if (view.is_string()) {
    const std::string text = integer_text(json::string_of(view.value()));
    if (text.empty()) return Conversion::impossible;
    out = json::read_number(text);
    return Conversion::done;
  }
  if (!view.is_plain() || !is_float(view.value())) {
    error.type = "TypeError";
    error.message =
        json::join({"int() argument must be a string, a bytes-like object or a real number, not '",
                    type_name(view), "'"});
    return Conversion::failed;
  }
  const double value = view.value().get<double>();
  if (std::isnan(value)) return Conversion::impossible;
  if (std::isinf(value)) {
    error.type = "OverflowError";
    error.message = "cannot convert float infinity to integer";
    return Conversion::failed;
  }
  if (std::abs(value) < 0x1p62) {
    out = static_cast<std::int64_t>(value);
  } else {
    out = integer_of(Integer::truncate(value));
  }
  return Conversion::done;
}

bool calculate(Operator op, const Value& left, const Value& right, Value& out, Error& error) {
  if (!is_float(left) && !is_float(right)) return calculate_integers(op, left, right, out, error);
  double a = 0;
  double b = 0;
  if (!to_double(left, a, error) || !to_double(right, b, error)) return false;
  switch (op) {
    case Operator::multiply: out = a * b; break;
    case Operator::subtract: out = a - b; break;
    default: out = a + b; break;
  }
  return true;
}

}  // namespace stactask::jsonpath

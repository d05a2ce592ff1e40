#include "json/dump.hpp"

#include <cmath>
#include <utility>

#include "json/python_text.hpp"
#include "json/writer.hpp"

namespace stactask::json {

namespace {

void append_number(std::string& out, const Value& value) {
  const double number = value.is_number_float() ? value.get<double>() : 0;
  if (std::isnan(number)) {
    out.append("NaN");
  } else if (std::isinf(number)) {
    out.append(number < 0 ? "-Infinity" : "Infinity");
  } else {
    out.append(python_repr(value));
  }
}

}  // namespace

// Recursion is bounded by max_depth, which the stack of the wasm build is made for.
void append_json(std::string& out, const Value& value) {
  if (value.is_string()) {
    write_string(out, string_of(value));
  } else if (value.is_array()) {
    out.push_back('[');
    for (bool first = true; const Value& element : array_of(value)) {
      if (!std::exchange(first, false)) out.push_back(',');
      append_json(out, element);
    }
    out.push_back(']');
  } else if (value.is_object()) {
    out.push_back('{');
    for (bool first = true; const auto& [key, element] : object_of(value)) {
      if (!std::exchange(first, false)) out.push_back(',');
      write_string(out, key);
      out.push_back(':');
      append_json(out, element);
    }
    out.push_back('}');
  } else if (value.is_boolean()) {
    out.append(value.get<bool>() ? "true" : "false");
  } else if (value.is_null()) {
    out.append("null");
  } else {
    append_number(out, value);
  }
}

}  // namespace stactask::json

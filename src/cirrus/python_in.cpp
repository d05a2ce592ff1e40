#include "cirrus/python_in.hpp"

#include "json/python_text.hpp"

namespace stactask::cirrus {

using json::Value;

bool python_member(const Value& value, std::string_view key, const Value*& out, task::Failure& failure) {
  out = json::member(&value, key);
  if (value.is_object()) return true;
  bool is_in = value.is_string() && json::string_of(value).find(key) != std::string::npos;
  if (value.is_array()) {
    for (const Value& element : json::array_of(value)) is_in = is_in || json::is_text(element, key);
  } else if (!value.is_string()) {
    return task::fail(failure, "TypeError",
                      {"argument of type '", json::python_type_name(value), "' is not iterable"});
  }
  return !is_in || task::fail(failure, "TypeError", {json::python_subscript_error(value)});
}

}  // namespace stactask::cirrus

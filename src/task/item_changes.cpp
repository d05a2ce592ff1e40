#include "task/item_changes.hpp"

#include <utility>
#include <vector>

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "jsonpath/cache.hpp"
#include "jsonpath/find.hpp"
#include "task/failure.hpp"

namespace stactask::task {

using json::Value;

namespace {

using Indices = std::vector<std::size_t>;

constexpr std::string_view processing_schema =
    "https://stac-extensions.github.io/processing/v1.1.0/schema.json";

std::string type_error(std::initializer_list<std::string_view> message) {
  return failed({"TypeError", json::join(message)});
}

std::string of_type(std::string_view before, const Value& value, std::string_view after) {
  return type_error({before, json::python_type_name(value), after});
}

std::string no_attribute(const Value& value, std::string_view name) {
  return failed({"AttributeError",
                 json::join({"'", json::python_type_name(value), "' object has no attribute '", name, "'"})});
}

// `value["key"] = …` where the value is no dict.
std::string assignment_error(const Value& value) {
  if (value.is_array()) return type_error({json::python_subscript_error(value)});
  return of_type("'", value, "' object does not support item assignment");
}

std::string written(const Indices& indices) {
  json::Writer writer;
  writer.begin_array();
  for (const std::size_t index : indices) writer.number(index);
  writer.end_array();
  return writer.take();
}

// `key in value`. A dict has the key, a list the element, a string the part.
bool contains(const Value& value, std::string_view key) {
  if (value.is_object()) return json::member(&value, key) != nullptr;
  if (value.is_string()) return json::string_of(value).find(key) != std::string::npos;
  for (const Value& element : json::array_of(value)) {
    if (json::is_text(element, key)) return true;
  }
  return false;
}

// What `key in item` and then `item[key]` give: null with an empty error where the item has no such key.
const Value* looked_up(const Value& item, std::string_view key, std::string& error) {
  if (!item.is_object() && !item.is_array() && !item.is_string()) {
    error = of_type("argument of type '", item, "' is not iterable");
    return nullptr;
  }
  if (!contains(item, key)) return nullptr;
  const Value* value = json::member(&item, key);
  if (value == nullptr) error = type_error({json::python_subscript_error(item)});
  return value;
}

// `list.sort()`. jsonpath-ng's `sorted` does just that, its errors included.
std::string sorted_order(const Value& list) {
  jsonpath::Error error;
  jsonpath::Results results;
  jsonpath::Expression* sort = jsonpath::shared_cache.get("$.`sorted`", error);
  if (!jsonpath::find(*sort, list, results, error)) return failed({std::string(error.type), error.message});
  Indices order;
  bool is_sorted = true;
  for (const Value* element : results[0].elements()) {
    order.push_back(static_cast<std::size_t>(element - json::array_of(list).data()));
    is_sorted &= order.back() + 1 == order.size();
  }
  return is_sorted ? std::string() : written(order);
}

std::string post_process(const Value& item) {
  std::string error;
  const Value* extensions = looked_up(item, "stac_extensions", error);
  if (extensions == nullptr) return error;
  if (extensions->is_array()) return sorted_order(*extensions);
  return of_type("stac_extensions must be type list, not type <class '", *extensions, "'>");
}

// The same text for what is equal in Python, where 1 is 1.0 and True; a string's begins with a quote.
std::string equality_key(const Value& value) {
  if (value.is_string()) return json::join({"'", json::string_of(value)});
  if (value.is_boolean()) return value.get<bool>() ? "1" : "0";
  std::string text = json::python_repr(value);
  if (value.is_number_float() && text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

// `list(set(list))`, in order. The last of the indices is that of the schema, which Python appends.
std::string distinct(const Value& list) {
  Indices kept;
  Value::object_t seen;
  std::size_t index = 0;
  for (const Value& element : json::array_of(list)) {
    if (element.is_structured()) return of_type("unhashable type: '", element, "'");
    std::string key = equality_key(element);
    // No NaN is another.
    if (key == "nan") key.append(std::to_string(index));
    if (seen.emplace(std::move(key), Value()).second) kept.push_back(index);
    ++index;
  }
  if (seen.emplace(equality_key(Value(std::string(processing_schema))), Value()).second) {
    kept.push_back(index);
  }
  return written(kept);
}

std::string add_software(const Value& item) {
  std::string error;
  const Value* extensions = looked_up(item, "stac_extensions", error);
  if (!error.empty()) return error;
  if (extensions == nullptr && !item.is_object()) return assignment_error(item);
  if (extensions != nullptr && !extensions->is_array()) return no_attribute(*extensions, "append");
  const Value none = json::empty_container(false);
  std::string answer = distinct(extensions == nullptr ? none : *extensions);
  const Value* properties = json::member(&item, "properties");
  const bool is_error = answer.front() == '{';
  if (is_error || properties == nullptr || properties->is_object()) return answer;
  return assignment_error(*properties);
}

// Adds the link's index where it is one to the item itself. Empty, or the error.
std::string look_at_link(const Value& link, std::size_t index, Indices& own) {
  if (!link.is_object()) return type_error({json::python_subscript_error(link)});
  const Value* rel = json::member(&link, "rel");
  if (rel == nullptr) return failed({"KeyError", "'rel'"});
  if (!json::is_text(*rel, "self")) return {};
  if (json::member(&link, "href") == nullptr) return failed({"KeyError", "'href'"});
  own.push_back(index);
  return {};
}

std::string derive(const Value& item) {
  if (!item.is_object()) return no_attribute(item, "get");
  const Value* links = json::member(&item, "links");
  if (links == nullptr) return {};
  Indices own;
  if (links->is_array()) {
    for (std::size_t index = 0; const Value& link : json::array_of(*links)) {
      if (std::string error = look_at_link(link, index++, own); !error.empty()) return error;
    }
  } else if (links->is_object() || links->is_string()) {
    // Their elements are strings.
    const bool is_empty = links->is_object() ? links->empty() : json::string_of(*links).empty();
    return is_empty ? std::string() : type_error({json::python_subscript_error(Value(std::string()))});
  } else {
    return of_type("'", *links, "' object is not iterable");
  }
  return own.size() == 1 ? written(own) : std::string();
}

}  // namespace

std::string item_change(std::string_view text, ItemChange change) {
  Value item;
  json::Scanner scanner(text);
  json::DuplicateKeys duplicates;
  if (!json::read_value(scanner, item, duplicates) || !scanner.finish()) return {};
  if (change == ItemChange::post_process) return post_process(item);
  return change == ItemChange::software ? add_software(item) : derive(item);
}

}  // namespace stactask::task

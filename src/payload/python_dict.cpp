#include "payload/python_dict.hpp"

#include <cmath>
#include <string>

#include "json/decimal.hpp"
#include "json/join.hpp"
#include "json/pointer.hpp"
#include "json/python_text.hpp"
#include "json/utf8.hpp"

namespace stactask::payload {

using json::Value;

namespace {

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += (static_cast<json::Byte>(byte) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

// How many elements Python finds when it iterates the value, or -1 if it cannot.
std::ptrdiff_t python_length(const Value& value) {
  if (value.is_string()) return static_cast<std::ptrdiff_t>(code_points(json::string_of(value)));
  return value.is_structured() ? static_cast<std::ptrdiff_t>(value.size()) : -1;
}

void add_length_error(std::size_t index, std::ptrdiff_t length, std::string_view pointer,
                      Findings& findings) {
  findings.add(Code::payload_pair_length, pointer,
               json::join({"dictionary update sequence element #", std::to_string(index), " has length ",
                           std::to_string(length), "; 2 is required"}));
}

bool is_number(const Value& value) {
  return value.is_number() || value.is_boolean() || json::is_big_integer(value);
}

std::string integer_text(const Value& value) {
  return value.is_boolean() ? std::to_string(static_cast<int>(value.get<bool>())) : json::python_repr(value);
}

// Python compares an integer with a float by their exact values.
bool equal_numbers(const Value& left, const Value& right) {
  if (left.is_number_float() && right.is_number_float()) return left.get<double>() == right.get<double>();
  if (left.is_number_float()) return json::equals_integer(left.get<double>(), integer_text(right));
  if (right.is_number_float()) return json::equals_integer(right.get<double>(), integer_text(left));
  return integer_text(left) == integer_text(right);
}

}  // namespace

bool is_hashable(const Value& value) { return !value.is_structured(); }

bool equal_as_keys(const Value& left, const Value& right) {
  if (left.is_string() && right.is_string()) return json::string_of(left) == json::string_of(right);
  if (left.is_null() && right.is_null()) return true;
  if (!is_number(left) || !is_number(right)) return false;
  // json.loads gives one and the same object for every NaN, which is equal to itself as a key.
  const auto is_nan = [](const Value& value) {
    return value.is_number_float() && std::isnan(value.get<double>());
  };
  return (is_nan(left) && is_nan(right)) || equal_numbers(left, right);
}

void set_entry(std::vector<DictEntry>& entries, const Value* key, Located value) {
  for (DictEntry& entry : entries) {
    if (!equal_as_keys(*entry.key, *key)) continue;
    entry.value = std::move(value);
    return;
  }
  entries.push_back({key, std::move(value)});
}

// Python: Objects/dictobject.c PyDict_MergeFromSeq2.
std::vector<DictEntry> dict_of_pairs(const Value& root, std::forward_list<Value>& made, Findings& findings) {
  std::vector<DictEntry> entries;
  if (root.is_string()) {
    // Iterated by character, and no single character is a pair.
    if (!json::string_of(root).empty()) add_length_error(0, 1, "", findings);
    return entries;
  }
  if (!root.is_array()) {
    findings.add(Code::payload_type, "",
                 json::join({"'", json::python_type_name(root), "' object is not iterable"}));
    return entries;
  }
  const auto make = [&](std::string_view text) { return &made.emplace_front(std::string(text)); };
  for (std::size_t index = 0; const Value& pair : json::array_of(root)) {
    const std::string pointer = json::child("", index);
    const std::ptrdiff_t length = python_length(pair);
    if (length < 0) {
      findings.add(Code::payload_type, pointer,
                   json::join({"cannot convert dictionary update sequence element #", std::to_string(index),
                               " to a sequence"}));
      return entries;
    }
    if (length != 2) {
      add_length_error(index, length, pointer, findings);
      return entries;
    }
    if (pair.is_array()) {
      const Value& key = json::array_of(pair)[0];
      if (!is_hashable(key)) {
        findings.add(Code::payload_type, pointer,
                     json::join({"unhashable type: '", json::python_type_name(key), "'"}));
        return entries;
      }
      set_entry(entries, &key, {&json::array_of(pair)[1], json::child(pointer, 1)});
    } else if (pair.is_object()) {
      const auto first = json::object_of(pair).begin();
      set_entry(entries, make(first->first), {make((first + 1)->first), {}});
    } else {
      const std::string& text = json::string_of(pair);
      std::size_t split = 1;
      while ((static_cast<json::Byte>(text[split]) & 0xC0) == 0x80) ++split;
      set_entry(entries, make(text.substr(0, split)), {make(text.substr(split)), {}});
    }
    ++index;
  }
  return entries;
}

Payload payload_of_pairs(const Value& root, std::forward_list<Value>& made, Findings& findings) {
  Payload payload;
  for (DictEntry& entry : dict_of_pairs(root, made, findings)) {
    if (!entry.key->is_string()) continue;
    const std::string& key = json::string_of(*entry.key);
    if (key == "process") payload.process = std::move(entry.value);
    if (key == "features") payload.features = std::move(entry.value);
  }
  return payload;
}

}  // namespace stactask::payload

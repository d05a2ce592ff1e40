#include "payload/python_dict.hpp"

#include <cstring>
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

// One text for all keys that are equal in Python, and for no others. Numbers are compared by their exact
// values, so those that some double has go by its bits, and only the other integers by their digits.
// json.loads gives one and the same object for every NaN, which is equal to itself as a key.
std::string text_of_key(const Value& key) {
  if (key.is_string()) return json::join({"s", json::string_of(key)});
  if (key.is_null()) return {};
  double number = 0;
  if (key.is_number_float()) {
    number = key.get<double>();
  } else {
    std::string digits =
        key.is_boolean() ? std::to_string(static_cast<int>(key.get<bool>())) : json::python_repr(key);
    number = json::parse_decimal(digits);
    if (!json::equals_integer(number, digits)) return digits;
  }
  if (number == 0) number = 0;  // and not -0.0
  std::string bits("f........");
  std::memcpy(bits.data() + 1, &number, sizeof number);
  return bits;
}

}  // namespace

bool is_hashable(const Value& value) { return !value.is_structured(); }

void Dict::set(const Value* key, Located value) {
  const auto [place, is_new] = places_.emplace(text_of_key(*key), entries_.size());
  if (is_new) {
    entries_.push_back({key, std::move(value)});
  } else {
    entries_[place->second].value = std::move(value);
  }
}

// Python: Objects/dictobject.c PyDict_MergeFromSeq2.
Dict dict_of_pairs(const Value& root, std::forward_list<Value>& made, Findings& findings) {
  Dict dict;
  if (root.is_string()) {
    // Iterated by character, and no single character is a pair.
    if (!json::string_of(root).empty()) add_length_error(0, 1, "", findings);
    return dict;
  }
  if (!root.is_array()) {
    findings.add(Code::payload_type, "",
                 json::join({"'", json::python_type_name(root), "' object is not iterable"}));
    return dict;
  }
  const auto make = [&](std::string_view text) { return &made.emplace_front(std::string(text)); };
  for (std::size_t index = 0; const Value& pair : json::array_of(root)) {
    const std::string pointer = json::child("", index);
    const std::ptrdiff_t length = python_length(pair);
    if (length < 0) {
      findings.add(Code::payload_type, pointer,
                   json::join({"cannot convert dictionary update sequence element #", std::to_string(index),
                               " to a sequence"}));
      return dict;
    }
    if (length != 2) {
      add_length_error(index, length, pointer, findings);
      return dict;
    }
    if (pair.is_array()) {
      const Value& key = json::array_of(pair)[0];
      if (!is_hashable(key)) {
        findings.add(Code::payload_type, pointer,
                     json::join({"unhashable type: '", json::python_type_name(key), "'"}));
        return dict;
      }
      dict.set(&key, {&json::array_of(pair)[1], json::child(pointer, 1)});
    } else if (pair.is_object()) {
      const auto first = json::object_of(pair).begin();
      dict.set(make(first->first), {make((first + 1)->first), {}});
    } else {
      const std::string& text = json::string_of(pair);
      std::size_t split = 1;
      while ((static_cast<json::Byte>(text[split]) & 0xC0) == 0x80) ++split;
      dict.set(make(text.substr(0, split)), {make(text.substr(split)), {}});
    }
    ++index;
  }
  return dict;
}

Payload payload_of_pairs(const Value& root, std::forward_list<Value>& made, Findings& findings) {
  Payload payload;
  const Dict dict = dict_of_pairs(root, made, findings);
  for (const DictEntry& entry : dict.entries()) {
    if (!entry.key->is_string()) continue;
    const std::string& key = json::string_of(*entry.key);
    if (key == "process") payload.process = entry.value;
    if (key == "features") payload.features = entry.value;
  }
  return payload;
}

}  // namespace stactask::payload

// What the native tests share.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "doctest.hpp"
#include "json/pointer.hpp"
#include "json/reader.hpp"
#include "json/value.hpp"
#include "padded.hpp"

namespace stactask::testing {

/// The value of JSON text, which must be well-formed.
inline json::Value parse(std::string_view text) {
  const Padded padded(text);
  json::Scanner scanner(padded.view());
  json::Value value;
  json::DuplicateKeys duplicates;
  REQUIRE_MESSAGE(json::read_value(scanner, value, duplicates), "not JSON: " << std::string(text));
  REQUIRE_MESSAGE(scanner.finish(), "text after the JSON: " << std::string(text));
  return value;
}

inline const json::Value& at(const json::Value& object, std::string_view key) {
  const json::Value* value = json::member(&object, key);
  REQUIRE_MESSAGE(value != nullptr, "no member '" << std::string(key) << "'");
  return *value;
}

inline const std::string& text_at(const json::Value& object, std::string_view key) {
  return json::string_of(at(object, key));
}

/// The value at a JSON Pointer, which must name one.
inline const json::Value& value_at(const json::Value& root, std::string_view pointer) {
  const json::Value* value = &root;
  while (!pointer.empty()) {
    const std::string token = json::take_token(pointer);
    if (value->is_array()) {
      const auto& elements = json::array_of(*value);
      const std::size_t index = std::stoul(token);
      REQUIRE_MESSAGE(index < elements.size(), "no element " << token);
      value = &elements[index];
    } else {
      value = &at(*value, token);
    }
  }
  return *value;
}

/// `text` so many times over.
inline std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (; times > 0; --times) out.append(text);
  return out;
}

}  // namespace stactask::testing

// What the fuzz targets share. A target that finds something wrong says what and aborts; libFuzzer then
// writes the input to a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/pointer.hpp"
#include "json/reader.hpp"
#include "padded.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace stactask::fuzzing {

using testing::Padded;

inline void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The value of a text, if it is JSON.
inline std::optional<json::Value> value_of(std::string_view text) {
  const Padded padded(text);
  json::Scanner scanner(padded.view());
  json::Value value;
  json::DuplicateKeys duplicates;
  if (!json::read_value(scanner, value, duplicates) || !scanner.finish()) return std::nullopt;
  return value;
}

/// What the core wrote, which is JSON in ASCII; null for an empty answer.
inline json::Value answer_of(const std::string& written) {
  if (written.empty()) return nullptr;
  for (const char c : written) expect(c >= 0x20 && c < 0x7F, "the core writes printable ASCII");
  std::optional<json::Value> value = value_of(written);
  expect(value.has_value(), "the core writes JSON");
  return *std::move(value);
}

inline const json::Value& at(const json::Value& object, std::string_view key) {
  const json::Value* value = json::member(&object, key);
  expect(value != nullptr, "the answer has all of its members");
  return *value;
}

inline const std::string& text_at(const json::Value& object, std::string_view key) {
  const json::Value& value = at(object, key);
  expect(value.is_string(), "a text is a text");
  return json::string_of(value);
}

inline std::size_t number_at(const json::Value& object, std::string_view key) {
  const json::Value& value = at(object, key);
  expect(value.is_number_integer(), "a number is a number");
  return value.get<std::size_t>();
}

/// The value at a JSON Pointer, or null.
inline const json::Value* find(const json::Value& root, std::string_view pointer) {
  const json::Value* value = &root;
  while (!pointer.empty() && value != nullptr) {
    const std::string token = json::take_token(pointer);
    if (value->is_array()) {
      const auto& elements = json::array_of(*value);
      std::size_t index = 0;
      while (index < elements.size() && std::to_string(index) != token) ++index;
      value = index < elements.size() ? &elements[index] : nullptr;
    } else {
      value = json::member(value, token);
    }
  }
  return value;
}

}  // namespace stactask::fuzzing

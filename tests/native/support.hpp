// What the native tests share.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "doctest.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace stactask::testing {

/// A text followed by the padding that the scanner asks for.
class Padded {
 public:
  explicit Padded(std::string text) : size_(text.size()), buffer_(std::move(text)) {
    buffer_.append(json::text_padding, '\0');
  }
  [[nodiscard]] std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::size_t size_;
  std::string buffer_;
};

/// The value of JSON text, which must be well-formed.
inline json::Value parse(std::string text) {
  const Padded padded(std::move(text));
  json::Scanner scanner(padded.view());
  json::Value value;
  std::vector<json::DuplicateKey> duplicates;
  REQUIRE(json::read_value(scanner, value, duplicates));
  REQUIRE(scanner.finish());
  return value;
}

inline json::Value read_vectors(const std::string& name) {
  std::ifstream file(std::string(STACTASK_VECTORS) + "/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), "cannot open tests/vectors/" << name);
  return parse({std::istreambuf_iterator<char>(file), {}});
}

inline const json::Value& at(const json::Value& object, std::string_view key) {
  const json::Value* value = json::member(&object, key);
  REQUIRE_MESSAGE(value != nullptr, "no member '" << std::string(key) << "'");
  return *value;
}

inline const std::string& text_at(const json::Value& object, std::string_view key) {
  return json::string_of(at(object, key));
}

/// The value at a JSON Pointer.
const json::Value& value_at(const json::Value& root, std::string_view pointer);

}  // namespace stactask::testing

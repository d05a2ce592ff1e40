// JSON text to values, for the parts of a payload that are looked at.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "json/scanner.hpp"
#include "json/value.hpp"

namespace stactask::json {

/// A key that its object had before: the last one wins, in the place of the first.
struct DuplicateKey {
  std::string pointer;  // JSON Pointer of the member, from the value that was read
  std::size_t offset;   // of the repeated key's opening quote, in bytes
  std::size_t length;   // with both quotes
};

/// The text of a string: its escapes decoded, UTF-8, a lone surrogate as its three bytes.
std::string decode_string(const StringSpan& span);

/// Where the key stands in the scanned text, with its quotes.
DuplicateKey duplicate_key(const Scanner& scanner, const StringSpan& key, std::string pointer);

/// The value of a number's text as Python's json reads it.
Value read_number(std::string_view text);

/// Read one value of any kind. False after a syntax error. Nesting costs heap, never stack.
bool read_value(Scanner& scanner, Value& out, std::vector<DuplicateKey>& duplicates);

}  // namespace stactask::json

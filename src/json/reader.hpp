// JSON text to values, for the parts of a payload that are looked at.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "json/scanner.hpp"
#include "json/value.hpp"

namespace stactask::json {

/// Keys that their object had before: the last one wins, in the place of the first.
struct DuplicateKeys {
  static constexpr std::size_t max_kept = 10000;

  std::vector<StringSpan> kept;  // in the order of the text
  std::size_t count = 0;

  void add(const StringSpan& key) {
    ++count;
    if (kept.size() < max_kept) kept.push_back(key);
  }
};

/// The text of a string: its escapes decoded, UTF-8, a lone surrogate as its three bytes.
std::string decode_string(const StringSpan& span);

/// The value of a number's text as Python's json reads it.
Value read_number(std::string_view text);

/// Read one value of any kind. False after a syntax error. Nesting costs heap, never stack.
bool read_value(Scanner& scanner, Value& out, DuplicateKeys& duplicates);

}  // namespace stactask::json

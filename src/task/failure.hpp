// What a call about expressions fails with, as Python would.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "json/writer.hpp"

namespace stactask::task {

struct Failure {
  std::string type;     // Python's class: KeyError, JsonPathParserError, re.error …; or a budget's name
  std::string message;  // str(exception)
  std::string pointer = {};     // JSON Pointer of the matcher or pattern at fault; of a lone expression empty
  std::string expression = {};  // the one at fault
  std::optional<std::size_t> offset = std::nullopt;  // in the expression, in bytes
  std::optional<std::size_t> item = std::nullopt;    // the item that was looked at, of several
};

/// Sets `failure`, without a place, to a class of Python and a message in parts. Always false.
bool fail(Failure& failure, std::string_view type, std::initializer_list<std::string_view> message);

/// `{"type", "message", "pointer", "offset", "item"}`: `offset` in UTF-16 units, what is not known left out.
void write_failure(json::Writer& writer, const Failure& failure);

/// The answer of a call that failed: `{"error": {…}}`.
std::string failed(const Failure& failure);

}  // namespace stactask::task

// Calls of the assets chunk, and answers that have at least what is expected.
#pragma once

#include <string>
#include <string_view>

#include "assets/calls.hpp"
#include "json/python_text.hpp"
#include "support.hpp"

namespace stactask::testing {

/// What a call of this name answers.
inline json::Value ask_assets(std::string_view name, std::string_view input) {
  const Padded padded(input);
  if (name == "client") return parse(assets::client(padded.view()));
  if (name == "plan") return parse(assets::plan(padded.view()));
  if (name == "resolve") return parse(assets::resolve(padded.view()));
  REQUIRE(name == "next");
  return parse(assets::next(padded.view()));
}

/// Whether `actual` is `expected`, but for members of objects that are not expected.
inline bool has_at_least(const json::Value& actual, const json::Value& expected) {
  if (expected.is_object()) {
    for (const auto& [key, value] : json::object_of(expected)) {
      const json::Value* found = json::member(&actual, key);
      if (found == nullptr || !has_at_least(*found, value)) return false;
    }
    return actual.is_object();
  }
  if (!expected.is_array()) return json::python_repr(actual) == json::python_repr(expected);
  if (!actual.is_array() || actual.size() != expected.size()) return false;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (!has_at_least(json::array_of(actual)[i], json::array_of(expected)[i])) return false;
  }
  return true;
}

}  // namespace stactask::testing

// Templates filled with items, as tests compare them with Python's.
#pragma once

#include <string>
#include <string_view>

#include "json/join.hpp"
#include "layout/substitute.hpp"
#include "support.hpp"

namespace stactask::testing {

inline std::string error_text(const layout::Error& error) {
  return json::join({error.type, ": ", error.message});
}

/// What a template makes of an item, or Python's error as `Class: message`.
inline std::string fill(std::string_view text, const json::Value& item, const layout::Options& options = {}) {
  const layout::Template parsed = layout::parse_template(text);
  if (!parsed.error.empty()) return json::join({"ValueError: ", parsed.error});
  layout::Error error;
  const auto read = layout::read_item(item, error);
  if (!read) return error_text(error);
  std::string out;
  return layout::substitute(parsed, text, *read, options, out, error) ? out : error_text(error);
}

}  // namespace stactask::testing

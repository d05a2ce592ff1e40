// Path templates such as `s3://bucket/${collection}/${id}`.
#pragma once

#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

#include "json/locate.hpp"

namespace stactask::layout {

/// A replacement field of a template.
struct Variable {
  std::string_view key;   // its name, with `:` and a format where there is one
  json::ByteRange range;  // in the template, from brace to brace
  bool is_replaced;       // `${key}` to the letter; whatever else must exist, too, but stays as it is
};

struct Template {
  std::vector<Variable> variables;  // in their order
  std::string_view error;           // what Python says of a malformed template; empty for a good one
  std::size_t error_offset = 0;

  std::forward_list<std::string> made;  // keys that do not stand in the text
};

/// Read a template by the rules of Python's str.format (pystac/layout.py: LayoutTemplate), for which a
/// `$` is text like any other. The result points into the text.
Template parse_template(std::string_view text);

}  // namespace stactask::layout

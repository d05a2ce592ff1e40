// Filling templates with what items have (pystac/layout.py: LayoutTemplate).
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"
#include "layout/error.hpp"
#include "layout/item.hpp"
#include "layout/template.hpp"

namespace stactask::layout {

/// A text longer than this is an error, and so are values that are longer together.
constexpr std::size_t max_text = 1U << 22;

struct Options {
  const json::Value* defaults = nullptr;  // an object: texts for variables that an item does not fill
  bool pad_dates = false;                 // month and day in two digits, which pystac does not do
};

/// `LayoutTemplate(text, defaults).substitute(item)`. `parsed` is what `parse_template(text)` made of it,
/// without an error. False where Python raises.
bool substitute(const Template& parsed, std::string_view text, const Item& item, const Options& options,
                std::string& out, Error& error);

}  // namespace stactask::layout

// The values of an Item's members, each on its own.
#pragma once

#include <string>
#include <string_view>

#include "payload/item_schema.hpp"

namespace stactask::payload::item {

/// What a string that fails its check must be, or null where it passes.
const char* flaw_of_text(Check check, std::string_view text);

/// The same for numbers.
const char* flaw_of_number(Check check, double number);

/// Whether it begins like an absolute URI, with a scheme. What follows is not looked at.
bool has_scheme(std::string_view text);

}  // namespace stactask::payload::item

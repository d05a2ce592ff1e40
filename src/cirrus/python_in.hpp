// Python's `in` and `[…]` where a dict is meant and anything may stand.
#pragma once

#include <string_view>

#include "json/value.hpp"
#include "task/failure.hpp"

namespace stactask::cirrus {

/// Python: `value[key] if key in value else None`; null is what is not there. False where that raises:
/// nothing but a dict has members, though texts and lists may have the key in them.
bool python_member(const json::Value& value, std::string_view key, const json::Value*& out,
                   task::Failure& failure);

}  // namespace stactask::cirrus

// Templates as js/layout.js asks for them: JSON in, JSON out.
#pragma once

#include <string>
#include <string_view>

namespace stactask::layout {

/// `text` is `{"template", "defaults"?, "padDates"?}`, alone or with an item's JSON behind it, and is
/// followed by `json::text_padding` zero bytes. Returns one of
///   {"variables": ["collection", …]}                     of the template, where there is no item
///   {"text": "a/b"}                                      what the template makes of the item
///   {"error": {"type", "message", "variable": … | null}} what Python raises
/// and for malformed text an empty string.
std::string fill(std::string_view text);

}  // namespace stactask::layout

// Putting texts together.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace stactask::json {

/// All parts in one string. One function instead of a chain of `+`, whose inlined copies cost kilobytes
/// of wasm.
std::string join(std::initializer_list<std::string_view> parts);

}  // namespace stactask::json

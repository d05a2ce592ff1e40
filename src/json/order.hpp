// The sorts of the core.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace stactask::json {

/// The indices of `keys` in ascending order of the keys; equal keys stay in their order.
std::vector<std::size_t> order_of(std::span<const std::size_t> keys);

/// Put texts into the order of their code points, which is that of their bytes.
void sort_texts(std::span<std::string_view> texts);

}  // namespace stactask::json

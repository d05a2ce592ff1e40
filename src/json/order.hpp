// The one sort of the core.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace stactask::json {

/// The indices of `keys` in ascending order of the keys; equal keys stay in their order.
std::vector<std::size_t> order_of(std::span<const std::size_t> keys);

}  // namespace stactask::json

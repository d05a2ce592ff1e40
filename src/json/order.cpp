#include "json/order.hpp"

#include <algorithm>
#include <numeric>

namespace stactask::json {

std::vector<std::size_t> order_of(std::span<const std::size_t> keys) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto before = [&](std::size_t a, std::size_t b) {
    return keys[a] != keys[b] ? keys[a] < keys[b] : a < b;
  };
  // A heap sort: as fast as this needs, and a third of std::sort's code.
  std::make_heap(order.begin(), order.end(), before);
  std::sort_heap(order.begin(), order.end(), before);
  return order;
}

void sort_texts(std::span<std::string_view> texts) {
  std::make_heap(texts.begin(), texts.end());
  std::sort_heap(texts.begin(), texts.end());
}

}  // namespace stactask::json

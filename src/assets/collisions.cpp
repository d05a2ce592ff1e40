#include "assets/collisions.hpp"

#include <algorithm>
#include <numeric>

#include "assets/href.hpp"
#include "assets/names.hpp"
#include "json/join.hpp"

namespace stactask::assets {

namespace {

constexpr char separator = '\1';

bool is_same_or_below(std::string_view place, std::string_view other) {
  if (!place.starts_with(other)) return false;
  return place.size() == other.size() || place[other.size()] == separator;
}

}  // namespace

void Files::add(std::string_view root, std::string_view name, std::size_t object, const std::string* asset) {
  std::string place = folded(normal_path(json::join({posix_style(root), "/", name})));
  std::replace(place.begin(), place.end(), '/', separator);
  files_.push_back({std::move(place), std::string(name), object, asset});
}

Files::Collision Files::collision() const {
  std::vector<std::size_t> order(files_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto before = [&](std::size_t a, std::size_t b) {
    const int compared = files_[a].place.compare(files_[b].place);
    return compared != 0 ? compared < 0 : a < b;
  };
  // A heap sort, as in json/order.cpp.
  std::make_heap(order.begin(), order.end(), before);
  std::sort_heap(order.begin(), order.end(), before);
  std::vector<bool> collides(files_.size());
  std::size_t second = files_.size();
  for (std::size_t i = 1; i < order.size(); ++i) {
    const std::size_t a = order[i - 1];
    const std::size_t b = order[i];
    if (!is_same_or_below(files_[b].place, files_[a].place)) continue;
    collides[a] = collides[b] = true;
    second = std::min(second, std::max(a, b));
  }
  Collision out;
  if (second == files_.size()) return out;
  json::Value::object_t seen;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (collides[i] && seen.emplace(files_[i].name, nullptr).second) out.names.push_back(files_[i].name);
  }
  out.object = files_[second].object;
  out.asset = files_[second].asset;
  return out;
}

}  // namespace stactask::assets

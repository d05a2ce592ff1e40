// Whether two files of a plan would be written to one place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace stactask::assets {

/// The files that a plan writes, in its order.
class Files {
 public:
  /// `root` and `name` as the host joins them. `asset` is a key, or null for the object's own file.
  void add(std::string_view root, std::string_view name, std::size_t object, const std::string* asset);

  struct Collision {
    json::Value names;       // all that collide, each once
    std::size_t object = 0;  // the first that would overwrite another, or be overwritten by it
    const std::string* asset = nullptr;
  };

  /// Files that are one, whose names differ only by case, or of which one is a folder of another. Empty
  /// `names` where there are none.
  [[nodiscard]] Collision collision() const;

 private:
  struct File {
    std::string place;  // root and name, folded; `\1` separates segments, so that it sorts before all others
    std::string name;
    std::size_t object;
    const std::string* asset;
  };

  std::vector<File> files_;
};

}  // namespace stactask::assets

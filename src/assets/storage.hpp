// The storage extension: who pays for reading, and where a bucket is.
#pragma once

#include <string_view>

#include "json/value.hpp"

namespace stactask::assets {

struct Storage {
  bool requester_pays = false;
  std::string_view region;  // may be empty
};

/// Of what is asked first `place`, the alternate that was chosen, then the asset, then what has it; null
/// where there is none. Version 1 has the fields themselves, version 2 names schemes of the item or the
/// collection.
Storage storage_of(const json::Value* alternate, const json::Value& asset, const json::Value& object);

}  // namespace stactask::assets

// What a download fetches, under which names, and what becomes of the items.
#pragma once

#include <string>

#include "json/value.hpp"

namespace stactask::assets {

/// stac_asset/_functions.py: Downloads.add, for all items or for one collection. `call` is
///
///   {"config": {"alternateAssets", "fileNameStrategy", "include", "exclude", "warn", "failFast",
///               "clientOverride"},
///    "keepNonDownloaded",
///    "objects": [{"self": the address it was read from, "root": the folder of its assets,
///                 "file": the name it is saved under or null, "object": an item or a collection}]}
///
/// The answer is
///
///   {"objects": [{"self", "derivedFrom": absolute address or null,
///                 "links": [[index, absolute address], …], those that stay,
///                 "assets": [{"key", "selected", "name", "done", "kept", …}, …]}]}
///
/// where `done` is the address in the result of what was downloaded and `kept` of what was not; address.hpp
/// has the rest. `{"error": {…, "object", "asset"}}` where nothing may be downloaded at all. An answer has at
/// most 128 MiB.
std::string plan_downloads(const json::Value& call);

}  // namespace stactask::assets

// What the host asks of this chunk. Each call takes JSON, followed by `json::text_padding` zero bytes, and
// answers with JSON in ASCII: `{"error": {"type", "code", "message", …}}` where it fails.
#pragma once

#include <string>
#include <string_view>

namespace stactask::assets {

/// `{"href", "override"}`: which client fetches an address. `{"client", "path" or "bucket" and "objectKey"}`.
std::string client(std::string_view text);

/// What to download, from where, under which name: plan.hpp.
std::string plan(std::string_view text);

/// `{"asset", "object", "self", "alternateAssets", "override"}`: the address of one asset, as address.hpp
/// writes it. Of the object that has it only what it says of its storage is looked at.
std::string resolve(std::string_view text);

/// `{"state", "event"}`: the next step of a transfer. `{"state", "action"}`; transfer_text.hpp has what is in
/// them.
std::string next(std::string_view text);

}  // namespace stactask::assets

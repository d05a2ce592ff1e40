// Features as STAC Items: the core rules of the item-spec, 1.0.0 and 1.1.0, without extensions.
#pragma once

#include <cstddef>
#include <string_view>

#include "payload/findings.hpp"

namespace stactask::payload {

/// Check each element of the list at `offset` as a STAC Item. `text` is well-formed JSON, followed by
/// `json::text_padding` zero bytes; `offset` is that of the value of the payload's `features`.
void check_items(std::string_view text, std::size_t offset, Findings& findings);

}  // namespace stactask::payload

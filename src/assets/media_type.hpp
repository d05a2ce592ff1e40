// Whether what a server sends is what the item says.
#pragma once

#include <string>
#include <string_view>

namespace stactask::assets {

/// The media type of a Content-Type header, in lower case and without parameters. aiohttp's
/// `response.content_type`: `application/octet-stream` where it is empty.
std::string media_type_of(std::string_view header);

/// stac_asset/validate.py: content_type.
bool fits(std::string_view actual, std::string_view expected);

}  // namespace stactask::assets

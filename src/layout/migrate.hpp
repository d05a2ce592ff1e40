// Items of older STAC versions, made items of STAC 1.1 as pystac does when it reads them.
#pragma once

#include <string_view>

#include "json/value.hpp"

namespace stactask::layout {

/// The version that pystac migrates to.
constexpr std::string_view latest_version = "1.1.0";

/// Whether one `stac_version` is before another, for pystac (serialization/identify.py: STACVersionID).
bool is_earlier(std::string_view version, std::string_view other);

/// Whether `uri` is a schema of the extension with this name, in any version.
bool is_schema_of(std::string_view uri, std::string_view extension);

/// Whether `uri` is the projection extension, in any version or by a short name.
bool is_projection(std::string_view uri);

/// Migrate an item: an object whose `properties` are an object, or absent, whose assets are objects, and
/// whose `stac_extensions` are texts, or no list.
/// False for an item with `eo:epsg` but without the schema that pystac takes off the list.
///
/// Left out are checksums that are no text or an empty one, bands that were numbers in assets (`eo:bands`),
/// and `color-hint` inside of lists of classes.
bool migrate(json::Value& item, std::string_view version);

}  // namespace stactask::layout

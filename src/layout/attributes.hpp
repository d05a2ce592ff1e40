// What Python's objects answer to a name: the attributes of items, assets, datetimes and JSON values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/value.hpp"
#include "layout/error.hpp"
#include "layout/item.hpp"

namespace stactask::layout {

/// An object that a variable can name. It refers to the item, and to the name it was found by.
struct Object {
  enum class Kind : std::uint8_t {
    none,      // no such attribute
    json,      // `value`
    number,    // an int that stands in no JSON
    word,      // what has no attributes here, by its text `name`
    href,      // that of an asset or a link, `value`
    datetime,  // of the text `value`
    zone,      // its time zone
    type,      // the class `name`
    links,     // the list of all
    assets,    // the dict of all
    // Of the asset `value`, or of the item where there is none:
    owner,  // itself
    extra_fields,
    common_metadata,
    ext,
    method,        // `name`
    class_method,  // the same
  };

  Kind kind = Kind::none;
  const json::Value* value = nullptr;
  std::string_view name = {};
  int number = 0;
};

/// Whether every item has an attribute of this name, which goes before its properties. Asking for
/// `self_href` may still raise.
bool is_item_attribute(std::string_view name);

/// Whether every asset has an attribute of this name, and every `common_metadata`.
bool is_asset_attribute(std::string_view name);
bool is_metadata_attribute(std::string_view name);

/// `getattr(object, name)`, of an item or of what was found in it; for a dict, its value for that key.
/// `object` becomes what was found, of kind none where there is none. False where Python raises.
///
/// Of what Python objects have, this leaves out: names that begin with `__`, but for `__class__`; what
/// prints with a memory address, such as methods of JSON values; and the attributes of methods, classes,
/// time zones and of the extensions behind `ext`.
bool get_attribute(const Item& item, std::string_view name, Object& object, Error& error);

/// `str(object)`. The kind is neither none nor common_metadata.
bool object_str(const Item& item, const Object& object, std::string& out, Error& error);

}  // namespace stactask::layout

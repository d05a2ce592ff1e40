// An item as pystac reads it, as far as a template can see it.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "json/value.hpp"
#include "layout/error.hpp"

namespace stactask::layout {

/// What `pystac.Item.from_dict` makes of an item's JSON.
class Item {
 public:
  /// The item in STAC 1.1: an older one is migrated.
  [[nodiscard]] const json::Value& json() const { return json_; }

  /// A member, or None where there is none.
  [[nodiscard]] const json::Value& member(const char* key) const {
    const json::Value* value = json::member(&json_, key);
    return value == nullptr ? none_ : *value;
  }

  /// Its properties, which are an object.
  [[nodiscard]] const json::Value& properties() const { return member("properties"); }

  /// `str(item)`: `<Item id=S2A_1>`.
  [[nodiscard]] std::string str() const;

  [[nodiscard]] const json::Value& none() const { return none_; }
  [[nodiscard]] const json::Value& empty_list() const { return empty_list_; }

 private:
  friend std::optional<Item> read_item(json::Value item, Error& error);
  explicit Item(json::Value json) : json_(std::move(json)) {}

  json::Value json_;
  json::Value none_;
  json::Value empty_list_ = json::Value(json::Value::value_t::array);
};

/// `pystac.Item.from_dict(item)`, or what it raises.
///
/// Of an item with several faults another one may be named than Python names. What is no item, but would
/// be a catalog or a collection, is not looked at any further. `stac_extensions` that are no list are
/// not migrated.
std::optional<Item> read_item(json::Value item, Error& error);

}  // namespace stactask::layout

#include "layout/item.hpp"

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "layout/datetime.hpp"
#include "layout/migrate.hpp"

namespace stactask::layout {

using json::Value;

namespace {

bool is_text(const Value* value, const char* text) {
  return value != nullptr && value->is_string() && json::string_of(*value) == text;
}

bool has_text(const Value* list, const char* text) {
  if (list == nullptr || !list->is_array()) return false;
  for (const Value& element : json::array_of(*list)) {
    if (is_text(&element, text)) return true;
  }
  return false;
}

bool is_version(std::string_view uri) { return is_schema_of(uri, "version"); }

// Python: pystac/item.py, Item.from_dict, and what it calls, in its order.
class ItemReader {
 public:
  ItemReader(Value& item, Error& error) : item_(item), error_(error) {}

  bool read() {
    return identify() && check_properties() && check_extensions() && check_assets() &&
           (migrate(item_, version_) || fail("ValueError: list.remove(x): x not in list")) &&
           check_hashable() && check_datetime() && check_hrefs() && check_range() && check_links() &&
           check_elements(is_version);
  }

 private:
  [[nodiscard]] const Value* member(const char* key) const { return json::member(&item_, key); }
  [[nodiscard]] const Value* property(const char* key) const {
    return json::member(member("properties"), key);
  }

  bool fail(const char* text) { return raise(error_, text); }
  bool fail_over(const char* text, const Value& value) { return raise_over(error_, text, value); }

  // What Python says of `"stac_version" in document` and of `document.get`, where it is no dict.
  bool fail_no_dict() {
    if (!item_.is_string() && !item_.is_array())
      return fail_over("TypeError: argument of type '%' is not iterable", item_);
    if (item_.is_string() && json::string_of(item_).find("stac_version") != std::string::npos) {
      return fail("TypeError: string indices must be integers, not 'str'");
    }
    if (has_text(&item_, "stac_version"))
      return fail("TypeError: list indices must be integers or slices, not str");
    return fail_over("AttributeError: '%' object has no attribute 'get'", item_);
  }

  bool fail_type(const char* text) {
    const Value* id = member("id");
    const Value* type = member("type");
    return raise(error_, text,
                 {id == nullptr ? "unknown" : json::python_str(*id),
                  type == nullptr ? "not set" : json::python_str(*type)});
  }

  // Python: serialization/identify.py, identify_stac_object.
  bool identify() {
    if (!item_.is_object()) return fail_no_dict();
    const Value* version = member("stac_version");
    const Value* type = member("type");
    if (version != nullptr) {
      if (!version->is_string())
        return fail_over("AttributeError: '%' object has no attribute 'split'", *version);
      version_ = json::string_of(*version);
      if (is_text(type, "Feature")) return true;
      const bool is_parent = is_earlier(version_, "1.0.0-rc.1")
                                 ? type == nullptr || type->is_null()
                                 : is_text(type, "Catalog") || is_text(type, "Collection");
      if (is_parent) return fail_type("STACTypeError: JSON (id = %) does not represent a Item instance.");
    }
    return fail_type(
        "STACTypeError: JSON (id = %) does not represent a STACObject instance. 'type' attribute is %");
  }

  // An item of the latest version may be without, as far as this goes.
  bool check_properties() {
    if (!is_earlier("0.8.0", version_)) version_ = "0.8.0";
    if (!is_earlier(version_, latest_version)) version_ = latest_version;
    const Value* properties = member("properties");
    if (properties == nullptr) return version_ == latest_version || fail("KeyError: 'properties'");
    return properties->is_object() ||
           fail_over("AttributeError: '%' object has no attribute 'get'", *properties);
  }

  bool check_extensions() {
    const Value* list = member("stac_extensions");
    return list == nullptr || list->is_null() || list->is_string() || list->is_structured() ||
           fail_over("TypeError: argument of type '%' is not iterable", *list);
  }

  bool check_assets() {
    const Value* assets = member("assets");
    if (assets == nullptr) {
      if (has_text(member("stac_extensions"), "checksum")) return fail("KeyError: 'assets'");
      return check_elements(is_projection);
    }
    if (!assets->is_object())
      return fail_over("AttributeError: '%' object has no attribute 'items'", *assets);
    for (const auto& [key, asset] : json::object_of(*assets)) {
      if (!asset.is_object()) return fail_over("AttributeError: '%' object has no attribute 'keys'", asset);
    }
    return check_elements(is_projection);
  }

  // Python looks for an extension, and stumbles over what is no text before it.
  bool check_elements(bool (*is_sought)(std::string_view uri)) {
    const Value* list = member("stac_extensions");
    if (list == nullptr || !list->is_array()) return true;
    for (const Value& element : json::array_of(*list)) {
      if (!element.is_string())
        return fail_over("AttributeError: '%' object has no attribute 'startswith'", element);
      if (is_sought(json::string_of(element))) return true;
    }
    return true;
  }

  bool check_hashable() {
    const Value* list = member("stac_extensions");
    if (list == nullptr || !list->is_structured()) return true;
    if (list->is_object()) return list->empty() || fail("TypeError: unhashable type: 'slice'");
    for (const Value& element : json::array_of(*list)) {
      if (element.is_structured()) return fail_over("TypeError: unhashable type: '%'", element);
    }
    return true;
  }

  bool check_datetime() {
    const Value* datetime = property("datetime");
    if (datetime == nullptr || datetime->is_null()) return true;
    DateTime parsed;
    return parse_datetime(*datetime, parsed, error_);
  }

  // Python: Asset.from_dict.
  bool check_hrefs() {
    const Value* assets = member("assets");
    if (assets == nullptr) return true;
    for (const auto& [key, asset] : json::object_of(*assets)) {
      const Value* href = json::member(&asset, "href");
      if (href == nullptr) return fail("KeyError: 'href'");
      if (!href->is_string())
        return fail_over("TypeError: expected str, bytes or os.PathLike object, not %", *href);
    }
    return true;
  }

  bool check_range() {
    const Value* datetime = property("datetime");
    return (datetime != nullptr && !datetime->is_null()) ||
           (property("start_datetime") != nullptr && property("end_datetime") != nullptr) ||
           fail(
               "STACError: Invalid Item: If datetime is None, a start_datetime and end_datetime must be "
               "supplied.");
  }

  // Python: Link.from_dict.
  bool check_links() {
    const Value* links = member("links");
    if (links == nullptr) return true;
    if (!links->is_array()) {
      // What Python finds in a string and in a dict are strings.
      if (!links->is_string() && !links->is_object())
        return fail_over("TypeError: '%' object is not iterable", *links);
      return !json::is_truthy(*links) || fail("AttributeError: 'str' object has no attribute 'pop'");
    }
    for (const Value& link : json::array_of(*links)) {
      if (link.is_array()) return fail("TypeError: 'str' object cannot be interpreted as an integer");
      if (!link.is_object()) return fail_over("AttributeError: '%' object has no attribute 'pop'", link);
      if (json::member(&link, "rel") == nullptr) return fail("KeyError: 'rel'");
      if (json::member(&link, "href") == nullptr) return fail("KeyError: 'href'");
    }
    return true;
  }

  Value& item_;
  std::string_view version_;
  Error& error_;
};

}  // namespace

std::string Item::str() const { return json::join({"<Item id=", json::python_str(member("id")), ">"}); }

std::optional<Item> read_item(Value item, Error& error) {
  if (!ItemReader(item, error).read()) return std::nullopt;
  return Item(std::move(item));
}

}  // namespace stactask::layout

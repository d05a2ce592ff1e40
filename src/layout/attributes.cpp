#include "layout/attributes.hpp"

#include <algorithm>

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/words.hpp"
#include "layout/datetime.hpp"
#include "layout/migrate.hpp"

namespace stactask::layout {

using json::has_word;
using json::Value;
using Kind = Object::Kind;

namespace {

// Attributes of an item, in the order of ItemAttribute; its methods come behind them.
constexpr std::string_view item_attributes =
    "id geometry bbox properties stac_extensions collection_id collection datetime assets links extra_fields "
    "common_metadata ext self_href STAC_OBJECT_TYPE __class__";
enum ItemAttribute : std::uint8_t {
  last_field = 3,
  stac_extensions,
  collection_id,
  collection,
  datetime,
  assets,
  links,
  extra_fields,
  common_metadata,
  ext,
  self_href,
  object_type,
};

constexpr std::string_view asset_attributes =
    "href title description roles media_type owner extra_fields common_metadata ext";
enum AssetAttribute : std::uint8_t {
  href,
  last_asset_field = 3,
  media_type,
  owner,
  asset_extra_fields,
  asset_common_metadata,
  asset_ext,
};

// Methods by the class that has them. Those of a class and not of its objects stand behind a bar.
struct Methods {
  const char* owner;
  std::string_view names;
};
constexpr Methods item_methods[] = {
    {"Item",
     "_object_links add_derived_from clone full_copy get_collection get_datetime get_derived_from "
     "remove_derived_from set_collection set_datetime set_self_href to_dict | from_dict matches_object_type"},
    {"STACObject",
     "_repr_html_ add_link add_links clear_links get_links get_parent get_root get_root_link get_self_href "
     "get_single_link get_stac_objects remove_hierarchical_links remove_links resolve_links save_object "
     "set_parent set_root target_in_hierarchy validate | from_file"},
    {"Assets", "add_asset delete_asset get_assets make_asset_hrefs_absolute make_asset_hrefs_relative"}};
constexpr Methods asset_methods[] = {
    {"Asset", "_repr_html_ clone copy delete get_absolute_href has_role move set_owner to_dict | from_dict"}};

// Top-level members that are no extra fields.
constexpr std::string_view known_members =
    "id geometry bbox stac_extensions collection links assets properties type stac_version";
constexpr std::string_view known_asset_members = "href type title description roles";

// The first four are read as datetimes; providers print with their addresses where there are any.
constexpr std::string_view metadata =
    "start_datetime end_datetime created updated title description license platform instruments "
    "constellation mission gsd keywords roles providers";
constexpr int last_time = 3;
constexpr int providers = 14;

// Which word of a list it is, or -1.
int index_of(std::string_view words, std::string_view word) {
  const std::size_t start = json::find_word(words, word);
  if (start == std::string_view::npos) return -1;
  return static_cast<int>(std::count(words.begin(), words.begin() + start, ' '));
}

Object of_value(const Value& value) { return {.kind = Kind::json, .value = &value}; }

Object of_word(const char* word) { return {.kind = Kind::word, .name = word}; }

// A member, or None.
Object member_of(const Item& item, const Value& object, std::string_view key) {
  const Value* value = json::member(&object, key);
  return of_value(value == nullptr ? item.none() : *value);
}

Object datetime_of(const Item& item, const Value& object, std::string_view key) {
  Object found = member_of(item, object, key);
  if (!found.value->is_null()) found.kind = Kind::datetime;
  return found;
}

// Python: utils.py, make_posix_style.
std::string posix_style(std::string_view path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '\\') {
      out.push_back(path[i]);
      continue;
    }
    out.push_back('/');
    if (path.substr(i + 1).starts_with('\\')) ++i;
  }
  return out;
}

// The value is an asset or a link.
std::string href_of(const Value& value) { return posix_style(json::string_member(value, "href")); }

// `str` of the asset, or of the item where there is none.
std::string owner_str(const Item& item, const Value* asset) {
  return asset == nullptr ? item.str() : json::join({"<Asset href=", href_of(*asset), ">"});
}

const Methods* methods_with(bool is_asset, std::string_view name) {
  const Methods* const all = is_asset ? asset_methods : item_methods;
  for (int i = 0; i < (is_asset ? 1 : 3); ++i) {
    if (has_word(all[i].names, name) && name != "|") return &all[i];
  }
  return nullptr;
}

Object method_of(const Value* asset, std::string_view name) {
  const Methods* methods = methods_with(asset != nullptr, name);
  if (methods == nullptr) return {};
  const int bar = index_of(methods->names, "|");
  const bool is_own = bar < 0 || index_of(methods->names, name) < bar;
  return {.kind = is_own ? Kind::method : Kind::class_method, .value = asset, .name = name};
}

// Extra fields of an item, or of the asset: those that pystac has no attribute for.
bool is_extra(const Value* asset, std::string_view key) {
  return !has_word(asset == nullptr ? known_members : known_asset_members, key);
}

const Value& fields_of(const Item& item, const Value* asset) {
  return asset == nullptr ? item.json() : *asset;
}

// Python: Asset.from_dict, which asks whether any key is truthy.
bool has_extra(const Item& item, const Value* asset) {
  if (asset == nullptr) return true;
  for (const auto& [key, value] : json::object_of(fields_of(item, asset))) {
    if (!key.empty() && is_extra(asset, key)) return true;
  }
  return false;
}

// Python: Link.target. A relative href of the link to the item itself would be resolved against the
// working directory, and an absolute one normalised; here it stays.
bool append_link(const Value& link, std::string& out, Error& error) {
  const Value& target = *json::member(&link, "href");
  if (!json::is_truthy(target)) return raise(error, "ValueError: No target defined for link.");
  out.append(json::join({"<Link rel=", json::python_str(*json::member(&link, "rel")),
                         " target=", target.is_string() ? href_of(link) : json::python_str(target), ">"}));
  return true;
}

void separate(std::string& out) {
  if (out.size() > 1) out.append(", ");
}

bool links_str(const Item& item, std::string& out, Error& error) {
  out.assign(1, '[');
  const Value& all = item.member("links");
  if (all.is_array()) {
    for (const Value& link : json::array_of(all)) {
      separate(out);
      if (!append_link(link, out, error)) return false;
    }
  }
  out.push_back(']');
  return true;
}

// A dict of objects: all assets, or extra fields.
std::string dict_str(const Item& item, const Object& object) {
  const bool is_extras = object.kind == Kind::extra_fields;
  const Value& members = is_extras ? fields_of(item, object.value) : item.member("assets");
  std::string out(1, '{');
  if (members.is_object() && (!is_extras || has_extra(item, object.value))) {
    for (const auto& [key, value] : json::object_of(members)) {
      if (is_extras && !is_extra(object.value, key)) continue;
      separate(out);
      out.append(json::python_repr(Value(key))).append(": ");
      out.append(is_extras ? json::python_repr(value) : owner_str(item, &value));
    }
  }
  out.push_back('}');
  return out;
}

std::string method_str(const Item& item, const Object& object) {
  const bool is_own = object.kind == Kind::method;
  const char* const type =
      object.value == nullptr ? "<class 'pystac.item.Item'>" : "<class 'pystac.asset.Asset'>";
  return json::join({"<bound method ", methods_with(object.value != nullptr, object.name)->owner, ".",
                     object.name, " of ", is_own ? owner_str(item, object.value) : type, ">"});
}

// The first link to the item itself.
bool get_self_href(const Item& item, Object& found, Error& error) {
  const Value& all = item.member("links");
  if (all.is_array()) {
    for (const Value& link : json::array_of(all)) {
      if (json::string_member(link, "rel") != "self") continue;
      if (json::string_member(link, "href").empty()) break;
      found = {.kind = Kind::href, .value = &link};
      return true;
    }
  }
  return raise(error, "ValueError: % does not have a self_href set.", {item.str()});
}

bool item_attribute(const Item& item, std::string_view name, Object& found, Error& error) {
  const int index = index_of(item_attributes, name);
  switch (index) {
    case -1: found = method_of(nullptr, name); break;
    case stac_extensions: {
      const Value& list = item.member("stac_extensions");
      found = of_value(json::is_truthy(list) ? list : item.empty_list());
      break;
    }
    case collection_id: found = of_value(item.member("collection")); break;
    case collection: found = of_value(item.none()); break;
    case datetime: found = datetime_of(item, item.properties(), "datetime"); break;
    case assets: found.kind = Kind::assets; break;
    case links: found.kind = Kind::links; break;
    case extra_fields: found.kind = Kind::extra_fields; break;
    case common_metadata: found.kind = Kind::common_metadata; break;
    case ext: found.kind = Kind::ext; break;
    case self_href: return get_self_href(item, found, error);
    case object_type: found = of_word("Feature"); break;
    default:
      if (index <= last_field) found = member_of(item, item.json(), name);
      break;
  }
  return true;
}

void asset_attribute(const Item& item, const Value& asset, std::string_view name, Object& found) {
  found.value = &asset;
  const int index = index_of(asset_attributes, name);
  switch (index) {
    case -1: found = method_of(&asset, name); break;
    case href: found.kind = Kind::href; break;
    case media_type: found = member_of(item, asset, "type"); break;
    case owner: found = {.kind = Kind::owner}; break;
    case asset_extra_fields: found.kind = Kind::extra_fields; break;
    case asset_common_metadata: found.kind = Kind::common_metadata; break;
    case asset_ext: found.kind = Kind::ext; break;
    default: found = member_of(item, asset, name); break;
  }
}

// Python: common_metadata.py.
bool metadata_attribute(const Item& item, const Value* asset, std::string_view name, Object& found,
                        Error& error) {
  if (name == "object") {
    found = {.kind = Kind::owner, .value = asset};
    return true;
  }
  const Value& fields = asset == nullptr ? item.properties() : *asset;
  const int index = index_of(metadata, name);
  if (index < 0) return true;
  if (index <= last_time) {
    found = datetime_of(item, fields, name);
    DateTime parsed;
    return found.kind == Kind::json || parse_datetime(*found.value, parsed, error);
  }
  found = member_of(item, fields, name);
  if (index != providers || found.value->is_null()) return true;
  found = json::is_truthy(*found.value) ? Object() : of_value(item.empty_list());
  return true;
}

void value_attribute(const Value& value, std::string_view name, Object& found) {
  if (value.is_object()) {
    if (const Value* member = json::member(&value, name)) found = of_value(*member);
    return;
  }
  const int index = index_of("real numerator imag denominator", name);
  if (index < 0 || !(value.is_number() || value.is_boolean() || json::is_big_integer(value))) return;
  if (value.is_number_float()) {
    if (index == 0) found = of_value(value);
    if (index == 2) found = of_word("0.0");
  } else if (index > 1) {
    found = {.kind = Kind::number, .number = index - 2};
  } else if (value.is_boolean()) {
    found = {.kind = Kind::number, .number = value.get<bool>() ? 1 : 0};
  } else {
    found = of_value(value);
  }
}

void number_attribute(int number, std::string_view name, Object& found) {
  const int index = index_of("real numerator imag denominator", name);
  if (index >= 0) found = {.kind = Kind::number, .number = index > 1 ? index - 2 : number};
}

// A datetime that has been read before, as all have that are found.
DateTime read_datetime(const Object& object) {
  DateTime out;
  Error ignored;
  parse_datetime(*object.value, out, ignored);
  return out;
}

void datetime_attribute(const Item& item, const Object& object, std::string_view name, Object& found) {
  const DateTime at = read_datetime(object);
  const int fields[] = {at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, 0};
  const int index = index_of("year month day hour minute second microsecond fold", name);
  if (index >= 0) {
    found = {.kind = Kind::number, .number = fields[index]};
  } else if (name == "tzinfo") {
    found = at.offset ? object : of_value(item.none());
    if (at.offset) found.kind = Kind::zone;
  } else if (const int limit = index_of("min max resolution", name); limit >= 0) {
    constexpr const char* limits[] = {"0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "0:00:00.000001"};
    found = of_word(limits[limit]);
  }
}

std::string zone_str(const Object& object) {
  const int minutes = *read_datetime(object).offset;
  if (minutes == 0) return "tzutc()";
  return json::join({"tzoffset(None, ", std::to_string(minutes * 60), ")"});
}

// The class's name, or nothing for a dict, which has keys only.
std::string_view class_name(const Object& object) {
  const bool is_item = object.value == nullptr;
  switch (object.kind) {
    case Kind::json:
      return object.value->is_object() ? std::string_view() : json::python_type_name(*object.value);
    case Kind::number: return "int";
    case Kind::href: return "str";
    case Kind::datetime: return "datetime.datetime";
    case Kind::links: return "list";
    case Kind::owner: return is_item ? "pystac.item.Item" : "pystac.asset.Asset";
    case Kind::common_metadata: return "pystac.common_metadata.CommonMetadata";
    case Kind::ext: return is_item ? "pystac.extensions.ext.ItemExt" : "pystac.extensions.ext.AssetExt";
    default: return {};
  }
}

}  // namespace

bool is_item_attribute(std::string_view name) {
  return has_word(item_attributes, name) || methods_with(false, name) != nullptr;
}

bool is_asset_attribute(std::string_view name) {
  return name == "__class__" || has_word(asset_attributes, name) || methods_with(true, name) != nullptr;
}

bool is_metadata_attribute(std::string_view name) {
  return name == "__class__" || name == "object" || has_word(metadata, name);
}

bool get_attribute(const Item& item, std::string_view name, Object& object, Error& error) {
  const Object from = object;
  object = {};
  if (name == "__class__") {
    object.name = class_name(from);
    if (!object.name.empty()) {
      object.kind = Kind::type;
      return true;
    }
  }
  switch (from.kind) {
    case Kind::json: value_attribute(*from.value, name, object); break;
    case Kind::number: number_attribute(from.number, name, object); break;
    case Kind::datetime: datetime_attribute(item, from, name, object); break;
    case Kind::type:
      if (name == "__name__")
        object = {.kind = Kind::word, .name = from.name.substr(from.name.rfind('.') + 1)};
      break;
    case Kind::assets:
      if (const Value* asset = json::member(&item.member("assets"), name))
        object = {.kind = Kind::owner, .value = asset};
      break;
    case Kind::owner:
      if (from.value == nullptr) return item_attribute(item, name, object, error);
      asset_attribute(item, *from.value, name, object);
      break;
    case Kind::extra_fields: {
      const Value* value = json::member(&fields_of(item, from.value), name);
      if (value != nullptr && is_extra(from.value, name) && has_extra(item, from.value))
        object = of_value(*value);
      break;
    }
    case Kind::common_metadata: return metadata_attribute(item, from.value, name, object, error);
    case Kind::ext:
      if (name == "stac_object") object = {.kind = Kind::owner, .value = from.value};
      break;
    default: break;
  }
  return true;
}

bool object_str(const Item& item, const Object& object, std::string& out, Error& error) {
  switch (object.kind) {
    case Kind::json: out = json::python_str(*object.value); break;
    case Kind::number: out = std::to_string(object.number); break;
    case Kind::href: out = href_of(*object.value); break;
    case Kind::datetime: out = datetime_str(read_datetime(object)); break;
    case Kind::zone: out = zone_str(object); break;
    case Kind::type: out = json::join({"<class '", object.name, "'>"}); break;
    case Kind::links: return links_str(item, out, error);
    case Kind::owner: out = owner_str(item, object.value); break;
    case Kind::assets:
    case Kind::extra_fields: out = dict_str(item, object); break;
    case Kind::ext:
      out = json::join({object.value == nullptr ? "ItemExt" : "AssetExt",
                        "(stac_object=", owner_str(item, object.value), ")"});
      break;
    case Kind::method:
    case Kind::class_method: out = method_str(item, object); break;
    default: out = object.name; break;
  }
  return true;
}

}  // namespace stactask::layout

#include "layout/migrate.hpp"

#include <utility>

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/words.hpp"

namespace stactask::layout {

using json::take_part;
using json::Value;

namespace {

constexpr std::string_view schema_root = "https://stac-extensions.github.io/";
constexpr std::string_view schema_end = "/schema.json";

// The extensions that pystac knows for items, in its order (pystac/__init__.py: EXTENSION_HOOKS): a name,
// the current version, and what stood in `stac_extensions` before: older versions and short names.
constexpr std::string_view extensions =
    "classification v2.0.0 v1.0.0 v1.1.0|datacube v2.2.0 datacube v1.0.0 v2.0.0 v2.1.0|eo v1.1.0 eo v1.0.0|"
    "file v2.1.0 file v1.0.0 v2.0.0|grid v1.1.0 v1.0.0|label v1.0.1 label v1.0.0|"
    "mlm v1.4.0 v1.0.0 v1.1.0 v1.2.0 v1.3.0|pointcloud v1.0.0 pointcloud|"
    "projection v2.0.0 proj projection v1.0.0 v1.1.0|raster v1.1.0 v1.0.0|sar v1.0.0 sar|sat v1.0.0 sat|"
    "scientific v1.0.0 scientific|table v1.2.0 table v1.0.0 v1.0.1 v1.1.0|"
    "timestamps v1.1.0 timestamps v1.0.0|version v1.2.0 version v1.0.0 v1.1.0|view v1.0.0 view|"
    "xarray-assets v1.0.0 xarray";

// Extensions that became something else, and leave the list.
constexpr std::string_view removed =
    "collection-assets tiled-assets single-file-stac dtr datetime-range commons";

// Properties with other names now: the old one and the new one, which is a list of the old one's value
// where it has a bracket.
constexpr std::string_view old_eo =
    "eo:platform platform eo:instrument [instruments eo:constellation constellation";
constexpr std::string_view old_view = "off_nadir azimuth incidence_angle sun_azimuth sun_elevation";
constexpr std::string_view old_label =
    "label:property label:properties label:task label:tasks label:overview label:overviews label:method "
    "label:methods";
constexpr std::string_view old_sar =
    "sar:platform platform sar:instrument [instruments sar:constellation constellation sar:type "
    "sar:product_type sar:polarization [sar:polarizations";
constexpr std::string_view old_range = "dtr:start_datetime start_datetime dtr:end_datetime end_datetime";

struct Version {
  explicit Version(std::string_view text) : core(text.substr(0, text.find('-'))) {
    is_release = core.size() == text.size();
    if (!is_release) prerelease = text.substr(core.size() + 1);
  }

  std::string_view core;
  std::string_view prerelease;
  bool is_release;
};

std::string schema_uri(std::string_view name, std::string_view version) {
  return json::join({schema_root, name, "/", version, schema_end});
}

// Python: pystac/serialization/migrate.py and each extension's `migrate`.
class Migration {
 public:
  Migration(Value& item, std::string_view version) : item_(item), version_(version) {}

  bool run() {
    if (is_before(latest_version)) migrate_license();
    for (std::string_view rest = extensions; !rest.empty();) {
      std::string_view known = take_part(rest, '|');
      const std::string_view name = take_part(known, ' ');
      const bool had_checksums = name == "file" && has("checksum");
      if (had_checksums) remove("checksum");
      if (name == "eo" && !migrate_eo()) return false;
      if (name == "label" && is_before("1.0.0")) rename_all(old_label);
      if (name == "projection" && !migrate_projection()) continue;
      if (name == "sar" && is_before("0.9")) rename_all(old_sar);
      update_schema(name, known);
      if (had_checksums) migrate_checksums();
    }
    remove_extensions();
    return true;
  }

 private:
  [[nodiscard]] const Value* member(const char* key) const { return json::member(&item_, key); }

  [[nodiscard]] const Value* property(std::string_view key) const {
    return json::member(member("properties"), key);
  }

  static Value::object_t& object_in(Value& value) { return *value.get_ptr<Value::object_t*>(); }

  // What stands there, or null.
  static Value& slot_in(Value::object_t& object, std::string_view key) {
    return object.emplace(std::string(key), nullptr).first->second;
  }

  Value& edit(const char* key) { return slot_in(object_in(item_), key); }

  Value::object_t& edit_properties() { return object_in(edit("properties")); }

  [[nodiscard]] bool is_before(std::string_view version) const { return is_earlier(version_, version); }

  // The extensions, as a list where they are none.
  Value::array_t& list() {
    Value& value = edit("stac_extensions");
    if (!value.is_array()) value = Value(Value::value_t::array);
    return *value.get_ptr<Value::array_t*>();
  }

  Value* find(std::string_view extension) {
    const Value* value = member("stac_extensions");
    if (value == nullptr || !value->is_array()) return nullptr;
    for (Value& element : list()) {
      if (element.is_string() && json::string_of(element) == extension) return &element;
    }
    return nullptr;
  }

  bool has(std::string_view extension) { return find(extension) != nullptr; }

  void add(std::string extension) {
    list().emplace_back(nullptr);
    list().back() = std::move(extension);
  }

  void remove(std::string_view extension) {
    list().erase(list().begin() + (find(extension) - list().data()));
  }

  Value take_property(std::string_view key) {
    auto& properties = edit_properties();
    const auto found = properties.find(key);
    Value value = std::move(found->second);
    properties.erase(found);
    return value;
  }

  void rename(std::string_view from, std::string_view to) {
    const bool becomes_list = to.starts_with('[');
    if (becomes_list) to.remove_prefix(1);
    if (property(from) == nullptr || property(to) != nullptr) return;
    Value value = take_property(from);
    Value* renamed = &slot_in(edit_properties(), to);
    if (becomes_list) {
      *renamed = Value(Value::value_t::array);
      auto& elements = *renamed->get_ptr<Value::array_t*>();
      elements.emplace_back(nullptr);
      renamed = &elements.back();
    }
    *renamed = std::move(value);
  }

  void rename_all(std::string_view names) {
    while (!names.empty()) {
      const std::string_view from = take_part(names, ' ');
      rename(from, take_part(names, ' '));
    }
  }

  void migrate_license() {
    const Value* license = property("license");
    if (license == nullptr || !license->is_string()) return;
    const std::string& text = json::string_of(*license);
    if (text == "various" || text == "proprietary") slot_in(edit_properties(), "license") = "other";
  }

  // The base class of pystac's hooks: of the former names, one gives way to the current one. Where several
  // are declared, Python's choice changes from run to run.
  void update_schema(std::string_view name, std::string_view known) {
    const std::string_view current = take_part(known, ' ');
    while (!known.empty()) {
      const std::string_view word = take_part(known, ' ');
      const bool is_version = word[0] == 'v' && word.find('.') != std::string_view::npos;
      Value* former = is_version ? find(schema_uri(name, word)) : find(word);
      if (former == nullptr) continue;
      *former = schema_uri(name, current);
      return;
    }
  }

  bool migrate_eo() {
    if (is_before("0.9")) {
      rename_all(old_eo);
      for (std::string_view names = old_view; !names.empty();) {
        const std::string_view name = take_part(names, ' ');
        const std::string former = json::join({"eo:", name});
        if (property(former) == nullptr) continue;
        const std::string view = schema_uri("view", "v1.0.0");
        if (!has(view)) add(view);
        rename(former, json::join({"view:", name}));
      }
      if (!migrate_eo_epsg()) return false;
    }
    if (is_before("1.0.0-beta.1") && property("eo:gsd") != nullptr) {
      Value gsd = take_property("eo:gsd");
      slot_in(edit_properties(), "gsd") = std::move(gsd);
    }
    return true;
  }

  bool migrate_eo_epsg() {
    if (property("eo:epsg") == nullptr || property("proj:epsg") != nullptr ||
        property("proj:code") != nullptr) {
      return true;
    }
    const bool keeps_number = has("proj") || has("projection") || has(schema_uri("projection", "v1.0.0")) ||
                              has(schema_uri("projection", "v1.1.0"));
    if (keeps_number) {
      rename("eo:epsg", "proj:epsg");
    } else {
      set_code(edit_properties(), take_property("eo:epsg"));
      if (!has_projection()) add(schema_uri("projection", "v2.0.0"));
    }
    for (const auto& [key, value] : edit_properties()) {
      if (key.starts_with("eo:")) return true;
    }
    const std::string schema = schema_uri("eo", "v1.1.0");
    if (!has(schema)) return false;
    remove(schema);
    return true;
  }

  // Only what is a text: a copy of any value would take more code than all of this.
  static bool copy_checksum(Value& value) {
    std::string checksum = json::string_member(value, "checksum:multihash");
    if (checksum.empty()) return false;
    slot_in(object_in(value), "file:checksum") = std::move(checksum);
    return true;
  }

  // The extension `checksum` became a part of `file`.
  void migrate_checksums() {
    bool any = member("properties") != nullptr && copy_checksum(edit("properties"));
    for (auto& [key, asset] : object_in(edit("assets"))) any = copy_checksum(asset) || any;
    std::string schema = schema_uri("file", "v2.1.0");
    if (any && !has(schema)) add(std::move(schema));
  }

  [[nodiscard]] bool has_projection() const {
    const Value* list = member("stac_extensions");
    if (list == nullptr || !list->is_array()) return false;
    for (const Value& extension : json::array_of(*list)) {
      if (extension.is_string() && is_projection(json::string_of(extension))) return true;
    }
    return false;
  }

  static void set_code(Value::object_t& object, const Value& epsg) {
    slot_in(object, "proj:code") = json::join({"EPSG:", json::python_str(epsg)});
  }

  // `proj:epsg` becomes `proj:code`; one that Python takes for false is dropped.
  static void migrate_code(Value& value) {
    if (!value.is_object()) return;
    auto& object = object_in(value);
    const auto found = object.find("proj:epsg");
    if (found == object.end()) return;
    const Value epsg = std::move(found->second);
    object.erase(found);
    if (json::is_truthy(epsg)) set_code(object, epsg);
  }

  bool migrate_projection() {
    if (!has_projection()) return false;
    if (property("proj:epsg") != nullptr) migrate_code(edit("properties"));
    for (const char* key : {"assets", "item_assets"}) {
      const Value* assets = member(key);
      if (assets == nullptr || !assets->is_object()) continue;
      for (auto& [name, asset] : object_in(edit(key))) migrate_code(asset);
    }
    return true;
  }

  void remove_extensions() {
    for (std::string_view names = removed; !names.empty();) {
      const std::string_view name = take_part(names, ' ');
      if (!has(name)) continue;
      if ((name == "dtr" || name == "datetime-range") && is_before("0.9")) rename_all(old_range);
      while (has(name)) remove(name);
    }
  }

  Value& item_;
  std::string_view version_;
};

}  // namespace

bool is_earlier(std::string_view version, std::string_view other) {
  const Version left(version);
  const Version right(other);
  if (left.core != right.core) return left.core < right.core;
  return !left.is_release && (right.is_release || left.prerelease < right.prerelease);
}

bool is_schema_of(std::string_view uri, std::string_view extension) {
  if (!uri.starts_with(schema_root)) return false;
  uri.remove_prefix(schema_root.size());
  return uri.starts_with(extension) && uri.substr(extension.size()).starts_with('/');
}

bool is_projection(std::string_view uri) {
  return is_schema_of(uri, "projection") || uri == "proj" || uri == "projection";
}

bool migrate(Value& item, std::string_view version) { return Migration(item, version).run(); }

}  // namespace stactask::layout

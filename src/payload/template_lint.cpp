#include "payload/template_lint.hpp"

#include <vector>

#include "json/reader.hpp"
#include "json/scanner.hpp"
#include "json/words.hpp"
#include "layout/attributes.hpp"
#include "layout/template.hpp"
#include "payload/wording.hpp"

namespace stactask::payload {

using json::has_word;
using json::Scanner;
using json::StringSpan;
using json::Value;

namespace {

constexpr std::string_view dates = "date year month day";
// Top-level members of an item that become neither attribute nor extra field.
constexpr std::string_view never_fields = "type stac_version";

std::string_view take_part(std::string_view& key) { return json::take_part(key, '.'); }

// A variable that some item must have. `key` is part of a template.
struct Wanted {
  explicit Wanted(std::string_view variable) : key(variable), rest(variable), first(take_part(rest)) {
    is_date = has_word(dates, variable);
    if (!rest.empty() && (first == "properties" || first == "extra_fields")) {
      // What has no dot before it stands there, too.
      first = take_part(rest);
    } else if (first == "common_metadata" || first == "collection") {
      std::string_view path = rest;
      is_always = path.empty() || (first != "collection" && layout::is_metadata_attribute(take_part(path)));
      is_never = !is_always && rest != "__class__";
    } else if (first != "assets" || rest.empty()) {
      is_always = layout::is_item_attribute(first);
    }
    // Made of other properties when the item is read (layout/migrate.hpp).
    is_always = is_always || key.ends_with("file:checksum");
    is_code = first == "proj:code";
    is_property = has_word(never_fields, first);
  }

  std::string_view key;
  std::string_view rest;  // behind the first dot
  std::string_view first;
  bool is_date = false;
  bool is_always = false;    // every item has it
  bool is_never = false;     // no item has it
  bool is_code = false;      // `proj:epsg` will do
  bool is_property = false;  // on the top level it will not do
  bool is_found = false;
};

// Whether there is something at the path: JSON's members, and what Python's numbers have.
bool has_path(const Value& value, std::string_view path) {
  const Value* at = &value;
  while (!path.empty()) {
    const std::string_view part = take_part(path);
    if (!at->is_object()) return part.starts_with("__") || has_word("real imag numerator denominator", part);
    at = json::member(at, part);
    if (at == nullptr) return false;
  }
  return true;
}

// Whether among assets there is one that has what stands at the path.
bool has_asset_path(const Value& assets, std::string_view path) {
  const Value* asset = json::member(&assets, take_part(path));
  if (asset == nullptr || path.empty()) return asset != nullptr;
  const std::string_view attribute = take_part(path);
  if (attribute != "extra_fields" || path.empty()) return layout::is_asset_attribute(attribute);
  return path.find("proj:code") != std::string_view::npos || has_path(*asset, path);
}

// Looks for variables in items, no longer than until each is found in one of them.
class ItemSearch {
 public:
  ItemSearch(std::string_view text, std::size_t offset, std::vector<Wanted>& wanted)
      : scanner_(text), wanted_(wanted) {
    scanner_.seek(offset);
  }

  /// Whether there were items to look at.
  bool run() {
    bool any = false;
    scanner_.array([&](std::size_t /*index*/) {
      any = true;
      return scanner_.peek() == '{' ? search_item() : scanner_.skip_value();
    });
    return any;
  }

 private:
  // False ends the search.
  [[nodiscard]] bool goes_on() const {
    for (const Wanted& wanted : wanted_) {
      if (!wanted.is_found) return true;
    }
    return false;
  }

  bool search_item() {
    return scanner_.object([&](const StringSpan& key) {
      const bool are_properties = key.raw == "properties" && scanner_.peek() == '{';
      if (!are_properties) return search_member(key, false);
      return scanner_.object([&](const StringSpan& property) { return search_member(property, true); });
    });
  }

  // One field of an item or one of its properties.
  bool search_member(const StringSpan& key, bool is_property) {
    if (key.escaped) return search_named(json::decode_string(key), is_property);
    return search_named(key.raw, is_property);
  }

  bool search_named(std::string_view name, bool is_property) {
    if (!is_property && name == "stac_version" && scanner_.peek() == '"') return search_version();
    const bool is_date =
        is_property && (name == "datetime" || name == "start_datetime") && scanner_.peek() != 'n';
    bool is_deep = false;
    bool changed = false;
    for (Wanted& wanted : wanted_) {
      const bool is_named = !wanted.is_found && is_name_of(wanted, name, is_property);
      const bool fills = (is_date && wanted.is_date) || (is_named && wanted.rest.empty());
      wanted.is_found = wanted.is_found || fills;
      changed = changed || fills;
      is_deep = is_deep || (is_named && !fills);
    }
    if (is_deep) return search_inside(name, is_property);
    return (!changed || goes_on()) && scanner_.skip_value();
  }

  static bool is_name_of(const Wanted& wanted, std::string_view name, bool is_property) {
    if (wanted.first != name) return wanted.is_code && name == "proj:epsg";
    return !wanted.is_never && (is_property || !wanted.is_property);
  }

  // Items from before STAC 1.0 get new names for some properties when they are read: nothing is said of them.
  bool search_version() {
    StringSpan version;
    if (!scanner_.string(version)) return false;
    if (version.raw.starts_with("0.") || version.raw.find('-') != std::string_view::npos) {
      for (Wanted& wanted : wanted_) wanted.is_found = wanted.is_found || !wanted.is_never;
    }
    return goes_on();
  }

  // Variables with dots.
  bool search_inside(std::string_view name, bool is_property) {
    Value value;
    json::DuplicateKeys duplicates;
    if (!json::read_value(scanner_, value, duplicates)) return false;
    for (Wanted& wanted : wanted_) {
      if (!is_name_of(wanted, name, is_property)) continue;
      const bool is_asset = !is_property && name == "assets" && wanted.key.starts_with("assets.");
      if (is_asset ? has_asset_path(value, wanted.rest) : has_path(value, wanted.rest))
        wanted.is_found = true;
    }
    return goes_on();
  }

  Scanner scanner_;
  std::vector<Wanted>& wanted_;
};

// Keys beyond this number are not looked for: each costs time for every member of every item.
constexpr std::size_t max_wanted = 64;

void want(std::vector<Wanted>& all, std::string_view key) {
  for (const Wanted& wanted : all) {
    if (wanted.key == key) return;
  }
  const Wanted wanted(key);
  if (!wanted.is_always && all.size() < max_wanted) all.push_back(wanted);
}

bool cannot_be_found(const std::vector<Wanted>& all, std::string_view key) {
  for (const Wanted& wanted : all) {
    if (wanted.key == key) return !wanted.is_found;
  }
  return false;
}

void add(Code code, const PathTemplate& path, json::ByteRange inside, std::string_view argument,
         Findings& findings) {
  findings.add(code, path.pointer, argument).inside = inside;
}

// The variable as it is written, with the `$` before it.
json::ByteRange written(const layout::Variable& variable) {
  return {variable.range.start - (variable.is_replaced ? 1 : 0), variable.range.end};
}

void lint_variable(const PathTemplate& path, const layout::Variable& variable, Findings& findings) {
  const json::ByteRange range = written(variable);
  const std::string_view text = path.text.substr(range.start, range.end - range.start);
  if (!variable.is_replaced) {
    add(Code::template_not_replaced, path, range, text, findings);
  } else if (variable.key == "month" || variable.key == "day") {
    add(Code::template_unpadded, path, range, text, findings);
  }
}

}  // namespace

void lint_templates(std::string_view text, std::span<const PathTemplate> templates,
                    std::size_t features_offset, Findings& findings) {
  std::vector<layout::Template> parsed;
  std::vector<Wanted> wanted;
  for (const PathTemplate& path : templates) {
    parsed.push_back(layout::parse_template(path.text));
    for (const layout::Variable& variable : parsed.back().variables) {
      lint_variable(path, variable, findings);
      want(wanted, variable.key);
    }
    if (const layout::Template& last = parsed.back(); !last.error.empty()) {
      add(Code::template_syntax, path, json::character_at(path.text, last.error_offset), last.error,
          findings);
    }
  }
  if (features_offset == 0 || wanted.empty() || !ItemSearch(text, features_offset, wanted).run()) return;
  for (std::size_t i = 0; i < templates.size(); ++i) {
    for (const layout::Variable& variable : parsed[i].variables) {
      if (!cannot_be_found(wanted, variable.key)) continue;
      add(Code::template_variable, templates[i], written(variable), variable.key, findings);
    }
  }
}

std::vector<std::string> wanted_variables(std::span<const PathTemplate> templates) {
  std::vector<Wanted> wanted;
  std::vector<layout::Template> parsed;
  for (const PathTemplate& path : templates) {
    parsed.push_back(layout::parse_template(path.text));
    for (const layout::Variable& variable : parsed.back().variables) want(wanted, variable.key);
  }
  std::vector<std::string> variables;
  variables.reserve(wanted.size());
  for (const Wanted& each : wanted) variables.emplace_back(each.key);
  return variables;
}

bool can_fill(std::string_view text, std::size_t features_offset, std::span<const std::string> variables) {
  std::vector<Wanted> wanted;
  wanted.reserve(variables.size());
  for (const std::string& variable : variables) wanted.emplace_back(variable);
  if (features_offset == 0 || wanted.empty() || !ItemSearch(text, features_offset, wanted).run()) return true;
  for (const Wanted& each : wanted) {
    if (!each.is_found) return false;
  }
  return true;
}

}  // namespace stactask::payload

#include "payload/template_lint.hpp"

#include <vector>

#include "json/reader.hpp"
#include "json/scanner.hpp"
#include "layout/template.hpp"
#include "payload/wording.hpp"

namespace stactask::payload {

using json::Scanner;
using json::StringSpan;
using json::Value;

namespace {

// What a pystac Item answers for every item, and what Python gives the items before the upload.
constexpr std::string_view always_there =
    "id geometry bbox properties extra_fields assets datetime collection collection_id links stac_extensions "
    "common_metadata ext self_href STAC_OBJECT_TYPE";
constexpr std::string_view dates = "date year month day";
// Top-level members of an item that become neither attribute nor extra field.
constexpr std::string_view never_there = "type stac_version";

// The part up to the first dot, which is taken off.
std::string_view take_part(std::string_view& key) {
  const std::size_t end = std::min(key.find('.'), key.size());
  const std::string_view part = key.substr(0, end);
  key.remove_prefix(std::min(end + 1, key.size()));
  return part;
}

// A variable that some item must have. `key` is part of a template.
struct Wanted {
  explicit Wanted(std::string_view variable) : key(variable), rest(variable), first(take_part(rest)) {
    is_date = has_word(dates, variable);
  }

  std::string_view key;
  std::string_view rest;  // behind the first dot
  std::string_view first;
  bool is_date = false;
  bool is_found = false;
};

bool has_path(const Value& value, std::string_view path) {
  const Value* at = &value;
  while (at != nullptr && !path.empty()) at = json::member(at, take_part(path));
  return at != nullptr;
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
    const bool is_date =
        is_property && (name == "datetime" || name == "start_datetime") && scanner_.peek() != 'n';
    bool is_deep = false;
    bool changed = false;
    for (Wanted& wanted : wanted_) {
      const bool is_named = !wanted.is_found && wanted.first == name;
      const bool fills = (is_date && wanted.is_date) || (is_named && wanted.rest.empty());
      wanted.is_found = wanted.is_found || fills;
      changed = changed || fills;
      is_deep = is_deep || (is_named && !fills);
    }
    if (is_deep) return search_inside(name);
    return (!changed || goes_on()) && scanner_.skip_value();
  }

  // Variables with dots.
  bool search_inside(std::string_view name) {
    Value value;
    json::DuplicateKeys duplicates;
    if (!json::read_value(scanner_, value, duplicates)) return false;
    for (Wanted& wanted : wanted_) {
      if (wanted.first == name && has_path(value, wanted.rest)) wanted.is_found = true;
    }
    return goes_on();
  }

  Scanner scanner_;
  std::vector<Wanted>& wanted_;
};

// Keys beyond this number are not looked for: each costs time for every member of every item.
constexpr std::size_t max_wanted = 64;

// `properties.x` is looked for as `x`: what has no dot before it stands there, too.
std::string_view sought(std::string_view key) {
  return key.starts_with("properties.") ? key.substr(11) : key;
}

void want(std::vector<Wanted>& all, std::string_view key) {
  for (const Wanted& wanted : all) {
    if (wanted.key == key) return;
  }
  const Wanted wanted(key);
  if (!has_word(always_there, wanted.first) && all.size() < max_wanted) all.push_back(wanted);
}

bool cannot_be_found(const std::vector<Wanted>& all, std::string_view key) {
  if (has_word(never_there, key)) return true;
  for (const Wanted& wanted : all) {
    if (wanted.key == key) return !wanted.is_found;
  }
  return false;
}

void add(Code code, const PathTemplate& path, json::ByteRange inside, std::string_view argument,
         Findings& findings) {
  findings.add(code, path.pointer, argument).inside = inside;
}

// The whole of a character that has a byte here, or the last one.
json::ByteRange character_at(std::string_view text, std::size_t at) {
  const auto continues = [&](std::size_t i) {
    return i < text.size() && (static_cast<json::Byte>(text[i]) & 0xC0) == 0x80;
  };
  std::size_t start = std::min(at, text.size() - 1);
  while (start > 0 && continues(start)) --start;
  std::size_t end = start + 1;
  while (continues(end)) ++end;
  return {start, end};
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
      want(wanted, sought(variable.key));
    }
    if (const layout::Template& last = parsed.back(); !last.error.empty()) {
      add(Code::template_syntax, path, character_at(path.text, last.error_offset), last.error, findings);
    }
  }
  if (features_offset == 0 || wanted.empty() || !ItemSearch(text, features_offset, wanted).run()) return;
  for (std::size_t i = 0; i < templates.size(); ++i) {
    for (const layout::Variable& variable : parsed[i].variables) {
      if (!cannot_be_found(wanted, sought(variable.key))) continue;
      add(Code::template_variable, templates[i], written(variable), variable.key, findings);
    }
  }
}

}  // namespace stactask::payload

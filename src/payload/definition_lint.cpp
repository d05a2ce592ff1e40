#include "payload/definition_lint.hpp"

#include "json/words.hpp"
#include "payload/header_lint.hpp"
#include "payload/pattern_lint.hpp"
#include "payload/wording.hpp"

namespace stactask::payload {

using json::has_word;

namespace {

constexpr std::string_view definition_keys =
    "workflow workflow_options tasks upload_options collection_matchers collection_options description "
    "collections chain_filter replace";
constexpr std::string_view upload_keys = "path_template public_assets headers s3_urls collections";
constexpr std::string_view matcher_keys = "type pattern collection_name";

void add_type_error(const Node& node, std::string_view name, std::string_view wanted, Findings& findings) {
  add_kind_error(Code::option_type, node, name, wanted, findings);
}

// Python looks at none of these before the upload.
void lint_path_template(const Node& path, std::vector<PathTemplate>& templates, Findings& findings) {
  if (!path.is_string()) return add_type_error(path, "path_template", "a string", findings);
  // A variable at the beginning may bring the scheme.
  if (!path.text().starts_with("s3://") && !path.text().starts_with("${")) {
    findings.add(Code::path_template_scheme, path);
  }
  templates.push_back({path.text(), pointer_of(path)});
}

void lint_public_assets(const Node& assets, Findings& findings) {
  if (assets.is_list()) {
    return for_each_element(assets, [&](const Node& key) {
      if (!key.is_string()) findings.add(Code::public_asset_key, key, {kind_of(*key.value)});
    });
  }
  if (assets.is_string() && assets.text() == "ALL") return;
  if (assets.value->is_null()) return;
  findings.add(Code::public_assets, assets, {assets.is_string() ? assets.text() : kind_of(*assets.value)});
}

void lint_upload_options(const Node& options, std::vector<PathTemplate>& templates, Findings& findings) {
  lint_keys(options, upload_keys, findings);
  const Node path = options.member("path_template");
  if (path.exists()) lint_path_template(path, templates, findings);
  const Node assets = options.member("public_assets");
  if (assets.exists()) lint_public_assets(assets, findings);
  const Node urls = options.member("s3_urls");
  if (urls.exists() && !urls.value->is_boolean()) findings.add(Code::option_boolean, urls, {"s3_urls"});
  const Node headers = options.member("headers");
  if (headers.is_object()) {
    lint_headers(headers, findings);
  } else if (headers.exists() && !headers.value->is_null()) {
    add_type_error(headers, "headers", "an object", findings);
  }
}

// Options that say more than how to find a collection are meant for uploads.
bool needs_template(const Node& options) {
  const auto& members = json::object_of(*options.value);
  return members.size() > members.count("collections") && members.count("path_template") == 0;
}

// Some of them, if there are many: a payload may have as many collections.
std::string lost_keys(const Node& global, const Node& own) {
  constexpr std::size_t max_named = 8;
  std::string lost;
  std::size_t count = 0;
  for (const auto& [key, value] : json::object_of(*global.value)) {
    if (key == "collections" || own.member(key).exists()) continue;
    if (count++ != 0) lost += ", ";
    if (count > max_named) return lost + "…";
    lost += key;
  }
  return lost;
}

void lint_collection(const Node& options, const Node& global, std::vector<PathTemplate>& templates,
                     Findings& findings) {
  if (!options.is_object()) {
    findings.add(Code::collection_options_entry, options, {options.key});
    return;
  }
  lint_keys(options, "upload_options", findings);
  const Node own = options.member("upload_options");
  if (!own.exists()) return;
  if (!own.is_object()) return add_type_error(own, "upload_options", "an object", findings);
  lint_upload_options(own, templates, findings);
  // Whatever the global options say does not count here.
  if (!own.member("path_template").exists()) findings.add(Code::path_template_missing, own);
  if (!global.is_object()) return;
  const std::string lost = lost_keys(global, own);
  if (!lost.empty()) findings.add(Code::collection_upload_options, own, {lost});
}

// The type if it is one that Python knows.
std::string_view lint_matcher_type(const Node& type, Findings& findings) {
  if (type.is_string() && (type.text() == "jsonpath" || type.text() == "catch_all")) return type.text();
  if (!type.exists()) {
    findings.add(Code::matcher_key_missing, *type.parent, {"type"});
    return {};
  }
  const std::string_view name = type.is_string() ? type.text() : kind_of(*type.value);
  Finding& finding = findings.add(Code::matcher_type_unknown, type, {name});
  if (type.is_string()) finding.suggestion = nearest(name, "jsonpath catch_all");
  finding.is_suggestion_safe = true;  // Python fails on this matcher
  return {};
}

void lint_matcher_value(const Node& value, bool may_be_null, Findings& findings) {
  if (value.is_string() || (may_be_null && value.exists() && value.value->is_null())) return;
  if (value.exists()) {
    findings.add(Code::matcher_value_type, value, {value.key});
  } else {
    findings.add(Code::matcher_key_missing, *value.parent, {value.key});
  }
}

void lint_matchers(const Node& matchers, Findings& findings) {
  bool all_caught = false;
  for_each_element(matchers, [&](const Node& matcher) {
    if (!matcher.is_object()) return;
    lint_keys(matcher, matcher_keys, findings);
    const std::string_view type = lint_matcher_type(matcher.member("type"), findings);
    // A name of null assigns no collection.
    lint_matcher_value(matcher.member("collection_name"), true, findings);
    const Node pattern = matcher.member("pattern");
    if (type == "jsonpath") lint_matcher_value(pattern, false, findings);
    if (type == "jsonpath" && pattern.is_string()) lint_pattern(pattern, findings);
    if (all_caught) findings.add(Code::matcher_unreachable, matcher);
    all_caught = all_caught || type == "catch_all";
  });
}

// Keys like "10", which JavaScript puts first, in ascending order.
bool is_array_index(std::string_view key) {
  if (key.empty() || key.size() > 10 || (key[0] == '0' && key.size() > 1)) return false;
  if (key.find_first_not_of("0123456789") != std::string_view::npos) return false;
  return key.size() < 10 || key < "4294967295";
}

// Of the keys that move one finding is enough, about the first.
void lint_mapping(const Node& mapping, Findings& findings) {
  bool other_before = false;
  bool is_found = false;
  std::string_view last;
  for_each_member(mapping, [&](const Node& pattern) {
    const std::string_view key = pattern.key;
    if (pattern.is_string()) {
      lint_pattern(pattern, findings);
    } else {
      add_type_error(pattern, key, "a string", findings);
    }
    if (is_found || !is_array_index(key)) {
      other_before = true;
      return;
    }
    const bool descends = key.size() < last.size() || (key.size() == last.size() && key < last);
    last = key;
    if (!other_before && !descends) return;
    findings.add(Code::legacy_key_order, pattern, {key}).part = Part::key;
    is_found = true;
  });
}

}  // namespace

void lint_keys(const Node& object, std::string_view known, Findings& findings) {
  for_each_member(object, [&](const Node& member) {
    if (has_word(known, member.key)) return;
    const std::string_view near = nearest(member.key, known);
    if (near.empty()) return;
    Finding& finding =
        findings.add(Code::unknown_key, member, {"'", member.key, "'; did you mean '", near, "'?"});
    finding.part = Part::key;
    if (!object.member(near).exists()) finding.suggestion = near;
    // A matcher without one of its keys makes Python fail; elsewhere the new name changes what it reads.
    finding.is_suggestion_safe = known == matcher_keys && member.is_string();
  });
}

void lint_kinds(const Node& definition, Findings& findings) {
  const auto expect = [&](std::string_view name, bool may_be_object, bool may_be_list) {
    const Node node = definition.member(name);
    if (!node.exists() || (may_be_object && node.is_object()) || (may_be_list && node.is_list())) return;
    add_type_error(node, name, may_be_object ? "an object" : "a list", findings);
  };
  expect("workflow_options", true, false);
  expect("tasks", true, true);
  expect("upload_options", true, false);
  expect("collection_matchers", false, true);
  expect("collection_options", true, false);
  const Node tasks = definition.member("tasks");
  const Node matchers = definition.member("collection_matchers");
  const auto expect_object = [&](const Node& node) {
    if (!node.is_object()) add_type_error(node, node.parent->key, "made of objects", findings);
  };
  if (tasks.is_object()) for_each_member(tasks, expect_object);
  if (tasks.is_list()) for_each_element(tasks, expect_object);
  if (matchers.is_list()) for_each_element(matchers, expect_object);
}

void lint_definition(const Node& definition, std::vector<PathTemplate>& templates, Findings& findings) {
  lint_keys(definition, definition_keys, findings);
  const Node tasks = definition.member("tasks");
  if (tasks.is_list()) {
    for_each_element(tasks, [&](const Node& task) {
      if (task.is_object()) lint_keys(task, "name parameters", findings);
    });
  }
  const Node options = definition.member("upload_options");
  if (options.is_object()) {
    lint_upload_options(options, templates, findings);
    if (needs_template(options)) findings.add(Code::path_template_missing, options);
    const Node mapping = options.member("collections");
    if (mapping.is_object()) lint_mapping(mapping, findings);
  }
  const Node matchers = definition.member("collection_matchers");
  if (matchers.is_list()) lint_matchers(matchers, findings);
  const Node collections = definition.member("collection_options");
  if (!collections.is_object()) return;
  for_each_member(collections, [&](const Node& own) { lint_collection(own, options, templates, findings); });
}

}  // namespace stactask::payload

#include "payload/access.hpp"

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "payload/accessors.hpp"
#include "payload/python_dict.hpp"
#include "payload/report.hpp"

namespace stactask::payload {

using json::Value;

namespace {

bool read(std::string_view text, Value& root) {
  json::Scanner scanner(text);
  json::DuplicateKeys duplicates;
  return json::read_value(scanner, root, duplicates) && scanner.finish();
}

// A dict key as json.dumps would write it: strings as they are, True as "true".
std::string key_text(const Value& key) {
  if (key.is_string()) return json::string_of(key);
  if (key.is_null()) return "null";
  if (key.is_boolean()) return key.get<bool>() ? "true" : "false";
  std::string text = json::python_repr(key);
  if (text == "nan") return "NaN";
  if (text == "inf") return "Infinity";
  return text == "-inf" ? "-Infinity" : text;
}

void write_entries(json::Writer& writer, const Dict& dict) {
  writer.key("entries").begin_array();
  for (const DictEntry& entry : dict.entries()) {
    writer.begin_array().string(key_text(*entry.key));
    if (!entry.value.pointer.empty()) {
      writer.string(entry.value.pointer);
    } else {
      writer.null();
      // A value that stands nowhere in the text is part of a key, hence a string.
      if (entry.value.value != nullptr) writer.string(json::string_of(*entry.value.value));
    }
    writer.end_array();
  }
  writer.end_array();
}

Dict dict_of_list(const Located& tasks) {
  Dict dict;
  for (std::size_t index = 0; const Value& task : json::array_of(*tasks.value)) {
    const std::string pointer = json::join({tasks.pointer, "/", std::to_string(index++), "/parameters"});
    const Value* parameters = json::member(&task, "parameters");
    Located value;
    if (parameters != nullptr) value = {parameters, pointer};
    dict.set(json::member(&task, "name"), std::move(value));
  }
  return dict;
}

using Getter = Located (*)(const Located& definition, std::string_view argument, Findings& findings);

template <Located (*Get)(const Located&, Findings&)>
Located without_argument(const Located& definition, std::string_view /*argument*/, Findings& findings) {
  return Get(definition, findings);
}

struct Accessor {
  std::string_view name;
  Getter get;  // null for the definition itself and for what is not in it
  bool is_list;
};

constexpr Accessor accessors[] = {
    {"processDefinition", nullptr, false},
    {"items", nullptr, true},
    {"workflowOptions", without_argument<workflow_options>, false},
    {"taskOptions", without_argument<task_options>, false},
    {"uploadOptions", without_argument<upload_options>, false},
    {"collectionMapping", without_argument<collection_mapping>, false},
    {"collectionMatchers", without_argument<collection_matchers>, true},
    {"collectionOptions", without_argument<collection_options>, false},
    {"getCollectionOptions", collection_options_of, false},
    {"getCollectionUploadOptions", collection_upload_options, false},
};

const Accessor* accessor_named(std::string_view name) {
  for (const Accessor& accessor : accessors) {
    if (accessor.name == name) return &accessor;
  }
  return nullptr;
}

Located get(const Accessor& accessor, const Payload& payload, std::string_view argument, Findings& findings) {
  if (accessor.name == "items") return items_as_dicts(payload, findings);
  const Located definition = process_definition(payload, findings);
  if (findings.has_error()) return {};
  return accessor.get == nullptr ? definition : accessor.get(definition, argument, findings);
}

void write_error(json::Writer& writer, const Finding& error) {
  writer.key("error").begin_object();
  write_issue_members(writer, error);
  writer.end_object();
}

}  // namespace

std::string access(std::string_view text) {
  Value call;
  if (!read(text, call)) return {};
  const Accessor* accessor = accessor_named(json::string_member(call, "accessor"));
  if (accessor == nullptr) return {};
  const Value* object = json::member(&call, "payload");
  Payload payload;
  if (const Value* process = json::member(object, "process")) payload.process = {process, "/process"};
  if (const Value* features = json::member(object, "features")) payload.features = {features, "/features"};

  Findings findings;
  const Located located = get(*accessor, payload, json::string_member(call, "argument"), findings);
  json::Writer writer;
  writer.begin_object();
  if (const Finding* error = findings.first_error()) {
    write_error(writer, *error);
  } else if (located.value == nullptr) {
    writer.key("empty").string(accessor->is_list ? "array" : "object");
  } else if (accessor->name == "taskOptions" && located.value->is_array()) {
    write_entries(writer, dict_of_list(located));
  } else {
    writer.key("pointer").string(located.pointer);
  }
  writer.end_object();
  return writer.take();
}

std::string access_root(std::string_view text) {
  Value root;
  if (!read(text, root)) return {};
  std::forward_list<Value> made;
  Findings findings;
  const Dict dict = dict_of_pairs(root, made, findings);
  json::Writer writer;
  writer.begin_object();
  if (const Finding* error = findings.first_error()) {
    write_error(writer, *error);
  } else {
    write_entries(writer, dict);
  }
  writer.end_object();
  return writer.take();
}

}  // namespace stactask::payload

#include "payload/accessors.hpp"

#include "json/join.hpp"
#include "json/pointer.hpp"
#include "json/python_text.hpp"
#include "payload/python_dict.hpp"

namespace stactask::payload {

using json::Value;

namespace {

Located child_of(const Located& parent, std::string_view key) {
  const Value* value = json::member(parent.value, key);
  if (value == nullptr) return {};
  return {value, json::child(parent.pointer, key)};
}

// The member if it is a dict or absent, otherwise an error.
Located dict_member(const Located& parent, std::string_view key, Code otherwise, Findings& findings) {
  Located found = child_of(parent, key);
  if (found.value == nullptr || found.value->is_object()) return found;
  findings.add(otherwise, found.pointer);
  return {};
}

bool has_elements(const Located& located) { return located.value != nullptr && !located.value->empty(); }

void check_listed_task(const Located& task, Findings& findings) {
  if (!task.value->is_object()) {
    findings.add(Code::task_type, task.pointer, json::python_subscript_error(*task.value));
    return;
  }
  const Located name = child_of(task, "name");
  if (name.value == nullptr) {
    findings.add(Code::task_name_missing, task.pointer).python_message = "'name'";
    return;
  }
  const Located parameters = child_of(task, "parameters");
  if (parameters.value != nullptr && !parameters.value->is_object()) {
    findings.add(Code::task_parameters_type, parameters.pointer, json::python_str(*name.value));
  }
  if (!is_hashable(*name.value)) {
    findings.add(Code::task_name_type, name.pointer, json::python_type_name(*name.value));
  }
}

// Python warns for every dict, the default for an absent key included.
Located mapping_of(const Located& upload_options, Findings& findings) {
  Located mapping = dict_member(upload_options, "collections", Code::upload_collections_type, findings);
  if (!findings.mentions(Code::upload_collections_type)) {
    findings.add(Code::upload_collections, mapping.pointer);
  }
  return mapping;
}

}  // namespace

Located process_definition(const Payload& payload, Findings& findings) {
  const auto& [value, pointer] = payload.process;
  if (value == nullptr) return {};
  if (value->is_object()) {
    findings.add(Code::process_dict, pointer);
    return payload.process;
  }
  if (!value->is_array()) {
    findings.add(Code::process_type, pointer);
    return {};
  }
  if (value->empty()) return {};
  Located first{&json::array_of(*value).front(), json::child(pointer, 0)};
  if (first.value->is_object()) return first;
  findings.add(Code::process_element_type, first.pointer);
  return {};
}

Located items_as_dicts(const Payload& payload, Findings& findings) {
  const Located& features = payload.features;
  if (features.value == nullptr || features.value->is_array()) return features;
  findings.add(Code::features_type, features.pointer);
  return {};
}

Located workflow_options(const Located& definition, Findings& findings) {
  return dict_member(definition, "workflow_options", Code::workflow_options_type, findings);
}

Located task_options(const Located& definition, Findings& findings) {
  Located tasks = child_of(definition, "tasks");
  if (tasks.value == nullptr) return {};
  if (tasks.value->is_array()) {
    findings.add(Code::tasks_list, tasks.pointer);
    for (std::size_t index = 0; const Value& task : json::array_of(*tasks.value)) {
      check_listed_task({&task, json::child(tasks.pointer, index++)}, findings);
    }
    return tasks;
  }
  if (!tasks.value->is_object()) {
    findings.add(Code::tasks_type, tasks.pointer);
    return {};
  }
  for (const auto& [name, options] : json::object_of(*tasks.value)) {
    if (options.is_object()) continue;
    findings.add(Code::task_options_type, json::child(tasks.pointer, name), name);
  }
  return tasks;
}

Located upload_options(const Located& definition, Findings& findings) {
  return dict_member(definition, "upload_options", Code::upload_options_type, findings);
}

Located collection_mapping(const Located& definition, Findings& findings) {
  const Located options = upload_options(definition, findings);
  return findings.has_error() ? Located{} : mapping_of(options, findings);
}

Located collection_matchers(const Located& definition, Findings& findings) {
  Located matchers = child_of(definition, "collection_matchers");
  if (matchers.value == nullptr) return {};
  if (!matchers.value->is_array()) {
    findings.add(Code::collection_matchers_type, matchers.pointer);
    return {};
  }
  for (std::size_t index = 0; const Value& matcher : json::array_of(*matchers.value)) {
    if (!matcher.is_object()) findings.add(Code::matcher_type, json::child(matchers.pointer, index));
    ++index;
  }
  return matchers;
}

Located collection_options(const Located& definition, Findings& findings) {
  return dict_member(definition, "collection_options", Code::collection_options_type, findings);
}

Located collection_options_of(const Located& definition, std::string_view collection, Findings& findings) {
  const Located options = collection_options(definition, findings);
  Located entry = child_of(options, collection);
  if (entry.value == nullptr || entry.value->is_object()) return entry;
  findings.add(Code::collection_options_entry_type, entry.pointer, collection);
  return {};
}

Located collection_upload_options(const Located& definition, std::string_view collection,
                                  Findings& findings) {
  const Located options = collection_options_of(definition, collection, findings);
  // Python evaluates the fallback before it looks, so bad global options raise in any case.
  const Located global = upload_options(definition, findings);
  const Located own = child_of(options, "upload_options");
  return own.value != nullptr ? own : global;
}

void validate(const Payload& payload, Findings& findings) {
  const Located definition = process_definition(payload, findings);
  workflow_options(definition, findings);
  task_options(definition, findings);
  const Located options = upload_options(definition, findings);
  const bool has_options = !findings.mentions(Code::upload_options_type);
  const Located mapping = has_options ? mapping_of(options, findings) : Located{};
  items_as_dicts(payload, findings);
  const Located matchers = collection_matchers(definition, findings);
  collection_options(definition, findings);
  if (has_elements(matchers) && has_elements(mapping)) {
    findings.add(Code::matchers_and_collections, mapping.pointer);
  }
}

}  // namespace stactask::payload

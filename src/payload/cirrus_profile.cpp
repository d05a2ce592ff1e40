#include "payload/cirrus_profile.hpp"

#include "cirrus/encoded_length.hpp"
#include "cirrus/payload_id.hpp"
#include "json/python_text.hpp"

namespace stactask::payload {

using json::Value;

namespace {

// The first process definition of a list, where there is one.
const Value* first_definition(const Document& document) {
  const Value* process = document.payload.process.value;
  if (process == nullptr || !process->is_array() || process->empty()) return nullptr;
  const Value& first = json::array_of(*process).front();
  return first.is_object() ? &first : nullptr;
}

void validate_id(const Document& document, Findings& findings) {
  const Value* id = json::member(&document.root, "id");
  if (id == nullptr) {
    findings.add(Code::cirrus_id_missing, "").python_message = "'id'";
  } else if (!id->is_string()) {
    findings.add(Code::cirrus_id_type, "/id", json::python_type_name(*id));
  } else if (!cirrus::is_payload_id(json::string_of(*id))) {
    findings.add(Code::cirrus_id_pattern, "/id", json::string_of(*id));
  }
}

}  // namespace

void validate_for_cirrus(const Document& document, Findings& findings) {
  const Value* process = document.payload.process.value;
  if (process == nullptr) {
    findings.add(Code::cirrus_process_missing, "");
  } else if (!process->is_array() || process->empty()) {
    findings.add(Code::cirrus_process_type, document.payload.process.pointer);
  }
  const Value* definition = first_definition(document);
  if (definition != nullptr && json::member(definition, "workflow") == nullptr) {
    findings.add(Code::cirrus_workflow_missing, document.payload.process.pointer + "/0");
  }
  validate_id(document, findings);
}

void lint_for_cirrus(std::string_view text, const Document& document, Findings& findings) {
  const std::string id = json::string_member(document.root, "id");
  const Value* definition = first_definition(document);
  const std::string workflow = definition == nullptr ? "" : json::string_member(*definition, "workflow");
  if (!workflow.empty() && cirrus::is_payload_id(id) && !cirrus::names_workflow(id, workflow)) {
    findings.add(Code::cirrus_id_workflow, "/id", workflow);
  }
  constexpr std::size_t limit = cirrus::max_encoded_length;
  if (cirrus::encoded_length(text, limit) > limit) {
    findings.add(Code::cirrus_payload_size, "", std::to_string(limit));
  }
}

}  // namespace stactask::payload

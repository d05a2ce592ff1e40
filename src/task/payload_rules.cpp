#include "task/payload_rules.hpp"

#include "json/utf8.hpp"
#include "payload/accessors.hpp"
#include "payload/check.hpp"
#include "payload/python_dict.hpp"
#include "payload/report.hpp"

namespace stactask::task {

namespace {

// The rules that Python takes: matchers, and where there are none, the legacy mapping.
Rules rules_of(const payload::Located& definition) {
  payload::Findings ignored;
  payload::Located config = payload::collection_matchers(definition, ignored);
  const bool has_matchers = config.value != nullptr && !config.value->empty();
  if (!has_matchers) config = payload::collection_mapping(definition, ignored);
  return config.value == nullptr ? Rules{} : read_rules(*config.value, config.pointer);
}

}  // namespace

Rules rules_of_process(const json::Value* process) {
  payload::Payload payload;
  if (process != nullptr) payload.process = {process, "/process"};
  payload::Findings findings;
  const payload::Located definition = payload::process_definition(payload, findings);
  return findings.has_error() ? Rules{} : rules_of(definition);
}

std::string read_payload_rules(std::string_view& text, bool is_bytes, payload::Reading reading,
                               PayloadRules& out) {
  const std::string_view given = text;
  if (is_bytes) text = json::without_byte_order_mark(text);
  payload::read_document(text, reading, out.document);
  if (out.document.syntax_error) return payload::check_syntax(given, is_bytes);
  payload::Findings findings(false);
  if (!out.document.root_is_object) {
    out.document.payload = payload::payload_of_pairs(out.document.root, out.made, findings);
  }
  if (!findings.has_error()) payload::validate(out.document.payload, findings);
  if (const payload::Finding* error = findings.first_error()) {
    json::Writer writer;
    writer.begin_object().key("issue").begin_object();
    payload::write_issue_members(writer, *error);
    writer.end_object().end_object();
    return writer.take();
  }
  out.definition = payload::process_definition(out.document.payload, findings);
  out.rules = rules_of(out.definition);
  return {};
}

}  // namespace stactask::task

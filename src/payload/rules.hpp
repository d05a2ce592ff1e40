// The one table of everything that checking a payload can find: code, severity, text, Python source.
// docs/findings.md describes each code for users; a test holds the two together.
#pragma once

#include <cstdint>
#include <string_view>

namespace stactask::payload {

enum class Severity : std::uint8_t { error, warning, info };

enum class Code : std::uint8_t {
  json_empty,
  json_expected_value,
  json_expected_key,
  json_expected_colon,
  json_expected_comma,
  json_trailing_text,
  json_unterminated_string,
  json_control_character,
  json_bad_escape,
  json_bad_unicode_escape,
  json_invalid_utf8,
  json_encoding,
  json_byte_order_mark,
  json_too_deep,
  json_integer_too_long,
  input_too_large,
  not_json,
  payload_type,
  payload_pair_length,
  process_type,
  process_element_type,
  process_dict,
  workflow_options_type,
  tasks_type,
  tasks_list,
  task_type,
  task_name_missing,
  task_name_type,
  task_parameters_type,
  task_options_type,
  upload_options_type,
  upload_collections_type,
  upload_collections,
  features_type,
  collection_matchers_type,
  matcher_type,
  collection_options_type,
  collection_options_entry_type,
  matchers_and_collections,
  payload_not_object,
  duplicate_key,
  byte_order_mark,
  non_finite_number,
  lone_surrogate,
};

struct Rule {
  Code code;
  Severity severity;
  std::string_view name;         // the public, stable spelling
  std::string_view message;      // `{}` stands for the finding's argument
  std::string_view python_type;  // the class that Python raises or warns with; empty for lint
  std::string_view hint;         // what to do; may be empty
};

const Rule& rule_of(Code code);

/// The rule with this public name, or null.
const Rule* rule_named(std::string_view name);

std::string_view severity_name(Severity severity);

}  // namespace stactask::payload

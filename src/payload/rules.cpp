#include "payload/rules.hpp"

#include <iterator>

namespace stactask::payload {

namespace {

using enum Severity;

// In the order of `Code`. Texts in the voice of Python (`unable to parse …`) are stac-task's own
// (stactask/payload.py), so that logs and searches agree across the two languages.
constexpr Rule rules[] = {
    {Code::json_empty, error, "json-empty", "there is no JSON here: the input is empty", "JSONDecodeError",
     "A payload is a JSON object; the smallest is {}."},
    {Code::json_expected_value, error, "json-expected-value", "expected a value, found {}", "JSONDecodeError",
     "A value is an object, an array, a string in double quotes, a number, true, false or null."},
    {Code::json_expected_key, error, "json-expected-key", "expected a key in double quotes, found {}",
     "JSONDecodeError", "Keys need double quotes, and no comma may stand before the closing brace."},
    {Code::json_expected_colon, error, "json-expected-colon", "expected ':' after the key, found {}",
     "JSONDecodeError", ""},
    {Code::json_expected_comma, error, "json-expected-comma",
     "expected ',' or the end of the object or array, found {}", "JSONDecodeError",
     "Often a comma is missing just before this place."},
    {Code::json_trailing_text, error, "json-trailing-text", "expected the end of the text, found {}",
     "JSONDecodeError", "One text holds one payload; remove what follows it."},
    {Code::json_unterminated_string, error, "json-unterminated-string",
     "the string that begins here is never closed", "JSONDecodeError", ""},
    {Code::json_control_character, error, "json-control-character", "control character {} inside a string",
     "JSONDecodeError", R"(Write it as an escape: \n, \t, \r or \u00XX.)"},
    {Code::json_bad_escape, error, "json-bad-escape", "JSON has no escape {}", "JSONDecodeError",
     R"(A backslash itself is written \\.)"},
    {Code::json_bad_unicode_escape, error, "json-bad-unicode-escape",
     R"(\u needs four hexadecimal digits after it)", "JSONDecodeError", ""},
    {Code::json_invalid_utf8, error, "json-invalid-utf8", "these bytes are not UTF-8: {}",
     "UnicodeDecodeError", "Save the file as UTF-8."},
    {Code::json_encoding, error, "json-encoding", "the text is UTF-16 or UTF-32, not UTF-8", "",
     "Save the file as UTF-8."},
    {Code::json_byte_order_mark, error, "json-byte-order-mark", "the text begins with a byte order mark",
     "JSONDecodeError", "Remove the character U+FEFF, or pass the bytes instead of a string."},
    {Code::json_too_deep, error, "json-too-deep", "more than {} containers inside one another",
     "RecursionError", ""},
    {Code::json_integer_too_long, error, "json-integer-too-long",
     "an integer of {} digits; Python reads 4300 at most", "ValueError", ""},
    {Code::input_too_large, error, "input-too-large", "the input is too large: {}", "",
     "Raise maxBytes if this is a payload you trust."},
    {Code::not_json, error, "not-json", "this cannot be written as JSON: {}", "", ""},
    {Code::payload_type, error, "payload-type", "{}", "TypeError", "A payload is a JSON object."},
    {Code::payload_pair_length, error, "payload-pair-length", "{}", "ValueError",
     "A payload is a JSON object."},
    {Code::process_type, error, "process-type", "unable to parse 'process': must be type list", "TypeError",
     "Write a list with the process definition as its first element."},
    {Code::process_element_type, error, "process-element-type",
     "unable to parse 'process': the first element of the list must be type dict", "TypeError",
     "The first element of the list is the process definition, an object."},
    {Code::process_dict, warning, "process-dict",
     "'process' as a bare dictionary will be unsupported in a future version; wrap it in a list to "
     "remove this warning",
     "DeprecationWarning", "Put [ and ] around the object."},
    {Code::workflow_options_type, error, "workflow-options-type",
     "unable to parse 'workflow_options': must be type dict", "TypeError", "Write an object."},
    {Code::tasks_type, error, "tasks-type",
     "unable to parse 'tasks': must be type dict or type list (deprecated)", "TypeError",
     "Write an object from task names to their parameters."},
    {Code::tasks_list, warning, "tasks-list",
     "'tasks' as a list of TaskConfig objects will be unsupported in a future version; use a dictionary "
     "of task options to remove this warning",
     "DeprecationWarning", "Write an object from task names to their parameters."},
    {Code::task_type, error, "task-type", "{}", "TypeError",
     "Each element of a 'tasks' list is an object with 'name' and 'parameters'."},
    {Code::task_name_missing, error, "task-name-missing", "this element of the 'tasks' list has no 'name'",
     "KeyError", "Each element of a 'tasks' list is an object with 'name' and 'parameters'."},
    {Code::task_name_type, error, "task-name-type", "unhashable type: '{}'", "TypeError",
     "A task's name is a string."},
    {Code::task_parameters_type, error, "task-parameters-type",
     "unable to parse 'parameters' for task '{}': must be type dict", "TypeError", "Write an object."},
    {Code::task_options_type, error, "task-options-type",
     "unable to parse options for task '{}': must be type dict", "TypeError", "Write an object."},
    {Code::upload_options_type, error, "upload-options-type",
     "unable to parse 'upload_options': must be type dict", "TypeError", "Write an object."},
    {Code::upload_collections_type, error, "upload-collections-type",
     "unable to parse 'collections': must be type dict", "TypeError",
     "Use a list of 'collection_matchers' in the process definition instead."},
    {Code::upload_collections, warning, "upload-collections",
     "'upload_options.collections' is deprecated and will be removed in a future version. Use "
     "'collection_matchers' instead.",
     "DeprecationWarning", ""},
    {Code::features_type, error, "features-type", "unable to parse 'features': must be type list",
     "TypeError", "Write a list of STAC items."},
    {Code::collection_matchers_type, error, "collection-matchers-type",
     "unable to parse 'collection_matchers': must be type list", "TypeError", "Write a list of matchers."},
    {Code::matcher_type, error, "matcher-type",
     "unable to parse 'collection_matchers': each matcher must be type dict", "TypeError",
     "Write an object with 'type', 'collection_name' and, for type jsonpath, 'pattern'."},
    {Code::collection_options_type, error, "collection-options-type",
     "unable to parse 'collection_options': must be type dict", "TypeError",
     "Write an object from collection names to their options."},
    {Code::collection_options_entry_type, error, "collection-options-entry-type",
     "unable to parse 'collection_options' for collection '{}': must be type dict", "TypeError",
     "Write an object."},
    {Code::matchers_and_collections, error, "matchers-and-collections",
     "A payload must not contain both 'collection_matchers' and the legacy 'upload_options.collections'",
     "ValueError", "Keep 'collection_matchers' and remove 'upload_options.collections'."},
    {Code::payload_not_object, error, "payload-not-object", "a payload must be an object, not {}", "",
     "Python reads a list of pairs as an object too; nothing else does."},
    {Code::duplicate_key, warning, "duplicate-key", "the key '{}' stands here for the second time", "",
     "The last one counts; remove the others."},
    {Code::byte_order_mark, warning, "byte-order-mark", "the text begins with a byte order mark", "",
     "Save the file as UTF-8 without BOM; many JSON readers refuse it."},
    {Code::non_finite_number, warning, "non-finite-number", "{} is not JSON, though Python reads it", "",
     "Use null, or a string; most JSON readers refuse it."},
    {Code::lone_surrogate, warning, "lone-surrogate", "half of a surrogate pair: {}", "",
     "It cannot be written as UTF-8; write the whole pair or another character."},
};

constexpr bool in_order() {
  std::size_t index = 0;
  for (const Rule& rule : rules) {
    if (static_cast<std::size_t>(rule.code) != index++) return false;
  }
  return index == static_cast<std::size_t>(Code::lone_surrogate) + 1;
}
static_assert(in_order(), "one rule for each code, in the order of the codes");

}  // namespace

const Rule& rule_of(Code code) { return rules[static_cast<std::size_t>(code)]; }

const Rule* rule_named(std::string_view name) {
  for (const Rule& rule : rules) {
    if (rule.name == name) return &rule;
  }
  return nullptr;
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case error: return "error";
    case warning: return "warning";
    case info: break;
  }
  return "info";
}

}  // namespace stactask::payload

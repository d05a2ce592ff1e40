// What Python's Payload says of each recorded payload, tests/vectors/payloads.json, is what the core says.

#include "json/python_text.hpp"
#include "json/writer.hpp"
#include "payload/access.hpp"
#include "payload/check.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;

namespace {

struct Said {
  std::string error;  // "TypeError: text", or empty
  std::vector<std::string> warnings;
};

Said say(const std::string& text) {
  const Padded padded(text);
  const std::string json = payload::check(padded.view(), {.lint = false});
  Said said;
  if (json.empty()) return said;
  const Value report = parse(json);
  for (const Value& issue : json::array_of(at(report, "issues"))) {
    const Value& python = at(issue, "python");
    if (text_at(issue, "severity") == "warning") {
      said.warnings.push_back(text_at(python, "message"));
    } else if (said.error.empty()) {
      said.error = text_at(python, "type") + ": " + text_at(python, "message");
    }
  }
  return said;
}

std::string expected_error(const Value& error) {
  return error.is_null() ? std::string() : text_at(error, "type") + ": " + text_at(error, "message");
}

std::string access_call(std::string_view accessor, std::string_view argument, const std::string& payload) {
  std::string call = R"({"accessor":")" + std::string(accessor) + R"(","argument":)";
  json::write_string(call, argument);
  return call + R"(,"payload":)" + payload + "}";
}

// An accessor's answer in the words of the vectors: the value's repr, or the error.
std::string answer_of(const std::string& call, const Value& payload) {
  const Padded padded(call);
  const Value answer = parse(payload::access(padded.view()));
  if (const Value* error = json::member(&answer, "error")) {
    const Value& python = at(*error, "python");
    return text_at(python, "type") + ": " + text_at(python, "message");
  }
  if (const Value* empty = json::member(&answer, "empty")) {
    return json::string_of(*empty) == "array" ? "[]" : "{}";
  }
  if (const Value* pointer = json::member(&answer, "pointer")) {
    return json::python_repr(value_at(payload, json::string_of(*pointer)));
  }
  std::string entries;
  for (const Value& entry : json::array_of(at(answer, "entries"))) {
    const auto& parts = json::array_of(entry);
    entries += json::string_of(parts[0]) + " = ";
    entries += parts[1].is_null() ? "{}" : json::python_repr(value_at(payload, json::string_of(parts[1])));
    entries += "\n";
  }
  return entries;
}

std::string expected_answer(const Value& recorded) {
  if (const Value* error = json::member(&recorded, "error")) return expected_error(*error);
  return json::python_repr(parse(text_at(recorded, "json")));
}

// A key's JSON as the core writes keys: strings without their quotes.
std::string key_text(const std::string& json) {
  const Value key = parse(json);
  return key.is_string() ? json::string_of(key) : json;
}

std::string expected_entries(const Value& recorded) {
  std::string entries;
  for (const Value& entry : json::array_of(at(recorded, "entries"))) {
    const auto& parts = json::array_of(entry);
    entries += key_text(json::string_of(parts[0])) + " = ";
    entries += json::python_repr(parse(json::string_of(parts[1]))) + "\n";
  }
  return entries;
}

constexpr std::pair<std::string_view, std::string_view> accessor_names[] = {
    {"process_definition", "processDefinition"}, {"workflow_options", "workflowOptions"},
    {"task_options_dict", "taskOptions"},        {"upload_options", "uploadOptions"},
    {"collection_mapping", "collectionMapping"}, {"collection_matchers", "collectionMatchers"},
    {"collection_options", "collectionOptions"}, {"items_as_dicts", "items"},
};

bool is_task_list(const Value& payload) {
  const Value* process = json::member(&payload, "process");
  if (process != nullptr && process->is_array() && !process->empty()) process = &json::array_of(*process)[0];
  const Value* tasks = json::member(process, "tasks");
  return tasks != nullptr && tasks->is_array();
}

void compare_accessors(const Value& recorded, const std::string& text, const Value& payload) {
  for (const auto& accessor : accessor_names) {
    const std::string python(accessor.first);
    const Value& expected = at(recorded, python);
    const std::string answer = answer_of(access_call(accessor.second, "", text), payload);
    INFO("accessor ", python);
    const bool as_entries = python == "task_options_dict" && json::member(&expected, "entries") != nullptr &&
                            is_task_list(payload);
    CHECK(answer == (as_entries ? expected_entries(expected) : expected_answer(expected)));
  }
  for (const Value& call : json::array_of(at(recorded, "calls"))) {
    const Value& argument = at(call, "argument");
    const bool is_options = text_at(call, "method") == "get_collection_options";
    const std::string_view name = is_options           ? "getCollectionOptions"
                                  : argument.is_null() ? "uploadOptions"
                                                       : "getCollectionUploadOptions";
    const std::string key = argument.is_null() ? std::string() : json::string_of(argument);
    INFO("method ", text_at(call, "method"), " of '", key, "'");
    CHECK(answer_of(access_call(name, key, text), payload) == expected_answer(call));
  }
}

}  // namespace

TEST_CASE("payloads: the first error and the warnings are Python's") {
  const Value vectors = read_vectors("payloads.json");
  const auto& cases = json::array_of(at(vectors, "cases"));
  REQUIRE(cases.size() >= 300);
  for (const Value& recorded : cases) {
    INFO("case: ", text_at(recorded, "name"), "\npayload: ", text_at(recorded, "text"));
    const Said said = say(text_at(recorded, "text"));
    CHECK(said.error == expected_error(at(recorded, "error")));
    std::vector<std::string> warnings;
    for (const Value& warning : json::array_of(at(recorded, "warnings"))) {
      warnings.push_back(json::string_of(warning));
    }
    CHECK(said.warnings == warnings);
  }
}

TEST_CASE("payloads: every accessor answers as Python's") {
  const Value vectors = read_vectors("payloads.json");
  std::size_t compared = 0;
  for (const Value& recorded : json::array_of(at(vectors, "cases"))) {
    const Value& accessors = at(recorded, "accessors");
    const std::string& text = text_at(recorded, "text");
    // Roots that are no objects become one before an accessor sees them (tests/js/payload.test.js).
    if (accessors.is_null() || text.find_first_not_of(" \n\t\r") != text.find('{')) continue;
    INFO("case: ", text_at(recorded, "name"), "\npayload: ", text);
    compare_accessors(accessors, text, parse(text));
    ++compared;
  }
  CHECK(compared >= 300);
}

}  // namespace stactask::testing

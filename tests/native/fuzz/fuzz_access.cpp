// Any text as a payload, and as the call itself: what an accessor answers is JSON of the right shape, and
// the places it names are in the payload.

#include "fuzz.hpp"
#include "json/writer.hpp"
#include "payload/access.hpp"

namespace stactask::fuzzing {

namespace {

using json::Value;

constexpr std::string_view accessors[] = {"items",
                                          "processDefinition",
                                          "workflowOptions",
                                          "taskOptions",
                                          "uploadOptions",
                                          "getCollectionOptions",
                                          "collectionMapping",
                                          "collectionMatchers",
                                          "collectionOptions",
                                          "getCollectionUploadOptions"};

void check_entries(const Value& entries, const Value& root) {
  for (const Value& entry : json::array_of(entries)) {
    const auto& parts = json::array_of(entry);
    expect(parts.size() >= 2 && parts[0].is_string(), "an entry has a name");
    if (parts[1].is_null()) continue;
    expect(find(root, json::string_of(parts[1])) != nullptr, "entries name values of the payload");
  }
}

void check_answer(const std::string& written, const Value& root) {
  const Value answer = answer_of(written);
  expect(answer.is_object() && answer.size() == 1, "an answer is one of four");
  if (const Value* pointer = json::member(&answer, "pointer")) {
    expect(find(root, json::string_of(*pointer)) != nullptr, "a pointer names a value of the payload");
  } else if (const Value* entries = json::member(&answer, "entries")) {
    check_entries(*entries, root);
  } else if (const Value* error = json::member(&answer, "error")) {
    expect(!text_at(at(*error, "python"), "message").empty(), "an error is Python's");
  } else {
    at(answer, "empty");
  }
}

std::string call_of(std::string_view accessor, std::string_view argument, std::string_view payload) {
  json::Writer writer;
  writer.begin_object().key("accessor").string(accessor).key("argument").string(argument).key("payload");
  return writer.take() + std::string(payload) + "}";
}

// Some key of the payload's collection options, so that the methods have something to find.
std::string argument_for(const Value& payload) {
  const Value* process = json::member(&payload, "process");
  if (process != nullptr && process->is_array() && !process->empty()) process = &json::array_of(*process)[0];
  const Value* options = json::member(process, "collection_options");
  return options != nullptr && options->is_object() && !options->empty()
             ? json::object_of(*options).begin()->first
             : "";
}

void check(std::string_view text) {
  answer_of(payload::access(text));
  const std::string at_root = payload::access_root(text);
  const std::optional<Value> value = value_of(text);
  expect(value.has_value() || at_root.empty(), "nothing is made of malformed text");
  if (!value) return;
  check_answer(at_root, *value);
  if (!value->is_object()) return;
  for (const std::string_view accessor : accessors) {
    const Padded call(call_of(accessor, argument_for(*value), text));
    const std::string answer = payload::access(call.view());
    // One level deeper, the text may be too deep.
    if (!answer.empty() || value_of(call.view())) check_answer(answer, *value);
  }
}

}  // namespace

}  // namespace stactask::fuzzing

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stactask::fuzzing;
  check(Padded(text_of(data, size)).view());
  return 0;
}

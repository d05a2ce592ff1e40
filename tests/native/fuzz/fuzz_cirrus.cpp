// Any text as an event and as a payload of Cirrus: the answers are JSON of the right shape, the same a second
// time, and agree with one another. An event's path leads to JSON, and a payload without repeated keys has
// the size of its values.

#include "cirrus/calls.hpp"
#include "cirrus/encoded_length.hpp"
#include "cirrus/event.hpp"
#include "fuzz.hpp"
#include "json/dump.hpp"
#include "json/join.hpp"
#include "jsonpath/cache.hpp"
#include "task/calls.hpp"

namespace stactask::fuzzing {

namespace {

using json::Value;
using Call = std::string (*)(std::string_view text, bool is_bytes);

Value ask(Call call, std::string_view text) {
  const Padded padded(text);
  const std::string said = call(padded.view(), false);
  expect(said == call(padded.view(), false), "a call has one answer");
  jsonpath::shared_cache.end_call();
  return answer_of(said);
}

bool has_failed(const Value& answer) {
  if (json::member(&answer, "issues") != nullptr) return true;
  const Value* error = json::member(&answer, "error");
  if (error == nullptr) return false;
  expect(!text_at(*error, "type").empty(), "an error is Python's");
  return true;
}

void check_event(std::string_view text) {
  const Value answer = ask(cirrus::unwrap_event, text);
  if (has_failed(answer)) return;
  std::optional<Value> whole = value_of(text);
  expect(whole.has_value(), "an event is JSON");
  const auto& path = json::array_of(at(answer, "path"));
  expect(!path.empty() && path.size() <= 3, "a message is opened twice at most");
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const Value* message = find(*whole, json::string_of(path[i]));
    expect(message != nullptr && message->is_string(), "a message is a text");
    whole = value_of(std::string(json::string_of(*message)));
    expect(whole.has_value(), "a message is JSON");
  }
  const Value* record = find(*whole, json::string_of(path.back()));
  expect(record != nullptr && record->is_object(), "a payload is an object");
  if (json::member(&answer, "url") == nullptr) return;
  const Value* url = find(*whole, text_at(answer, "url"));
  expect(url != nullptr && url->is_string(), "an address is a text");
}

void check_payload(std::string_view text) {
  const Value length = ask(cirrus::length_of, text);
  if (has_failed(length)) return;
  std::string written;
  json::append_json(written, *value_of(text));
  expect(cirrus::encoded_length(Padded(written).view()) == length.get<std::size_t>(),
         "the size is that of the values");
  const Value id = ask(cirrus::set_id, text);
  if (!has_failed(id)) text_at(id, "id");
  const Value chain = ask(cirrus::next_payloads, text);
  if (!has_failed(chain)) {
    for (const Value& link : json::array_of(at(chain, "next"))) {
      expect(text_at(link, "definition").starts_with("/process/1"), "a definition is the second, or in it");
      at(link, "features");
    }
  }
  ask(task::explain, json::join({R"({"item":null,"maxItems":3,"chain":true})", text}));
}

}  // namespace

}  // namespace stactask::fuzzing

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stactask::fuzzing;
  const std::string_view text = text_of(data, size);
  check_event(text);
  check_payload(text);
  return 0;
}

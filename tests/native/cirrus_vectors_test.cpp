// What cirrus-geo says of each recorded payload and event, tests/vectors/cirrus.json, is what the core says.

#include "cirrus/calls.hpp"
#include "cirrus/event.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;

namespace {

// `type: message` of what Python raises, or empty.
std::string error_of(const Value& answer) {
  const Value* error = json::member(&answer, "error");
  if (error == nullptr) return {};
  // The class `error` of the module `re` is called with it here.
  const std::string& type = text_at(*error, "type");
  return (type == "re.error" ? "error" : type) + ": " + text_at(*error, "message");
}

std::string expected_error(const Value& recorded) { return error_of(recorded); }

Value ask(std::string (*call)(std::string_view, bool), const std::string& text) {
  const Padded padded(text);
  return parse(call(padded.view(), false));
}

void check_id(const Value& recorded, const std::string& text) {
  // An id that is there is none of the core's business.
  const Value payload = parse(text);
  if (json::member(&payload, "id") != nullptr) return;
  const Value answer = ask(cirrus::set_id, text);
  CHECK(error_of(answer) == expected_error(recorded));
  if (const Value* json = json::member(&recorded, "json")) {
    CHECK(text_at(answer, "id") == json::string_of(parse(json::string_of(*json))));
  }
}

void check_chain(const Value& recorded, const std::string& text) {
  // What is refused before is checked where it is validated.
  const std::string expected = expected_error(recorded);
  if (expected.find("Payload") != std::string::npos || expected.starts_with("KeyError")) return;
  const Value answer = ask(cirrus::next_payloads, text);
  CHECK(error_of(answer) == expected);
  if (const Value* json = json::member(&recorded, "json")) {
    const Value next = parse(json::string_of(*json));
    CHECK(at(answer, "next").size() == next.size());
  }
}

void check_event(const Value& recorded, const std::string& text) {
  const std::string expected = expected_error(recorded);
  const Value answer = ask(cirrus::unwrap_event, text);
  if (expected.starts_with("JSONDecodeError")) {
    const Value& issue = json::array_of(at(answer, "issues")).front();
    CHECK("JSONDecodeError: " + text_at(at(issue, "python"), "message") == expected);
  } else if (expected.starts_with("ValueError: ('Failed to extract record")) {
    CHECK(error_of(answer).starts_with("ValueError: Failed to extract record: "));
  } else {
    CHECK(error_of(answer) == expected);
  }
}

void check_size(const Value& recorded, const std::string& text) {
  const Padded padded(text);
  CHECK(cirrus::length_of(padded.view(), false) == text_at(recorded, "json"));
}

}  // namespace

TEST_CASE("payloads and events of Cirrus: every recorded case") {
  std::size_t checked = 0;
  const Value vectors = read_vectors("cirrus.json");
  for (const Value& recorded : json::array_of(at(vectors, "cases"))) {
    const std::string& kind = text_at(recorded, "kind");
    const std::string& text = text_at(recorded, "text");
    INFO(text_at(recorded, "name"));
    if (kind == "id") check_id(recorded, text);
    if (kind == "chain") check_chain(recorded, text);
    if (kind == "event") check_event(recorded, text);
    if (kind == "size") check_size(recorded, text);
    ++checked;
  }
  CHECK(checked > 500);
}

}  // namespace stactask::testing

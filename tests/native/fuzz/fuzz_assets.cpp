// Any text as a call of the assets chunk: the answers are JSON, the same a second time. A plan joins no name
// to a folder that could lead out of it, and a transfer ends, whatever the server says.

#include "assets/calls.hpp"
#include "assets/names.hpp"
#include "fuzz.hpp"
#include "json/dump.hpp"
#include "json/join.hpp"
#include "json/writer.hpp"

namespace stactask::fuzzing {

namespace {

using json::Value;
using Call = std::string (*)(std::string_view text);

Value ask(Call call, std::string_view text) {
  const Padded padded(text);
  const std::string said = call(padded.view());
  expect(said == call(padded.view()), "a call has one answer");
  return answer_of(said);
}

bool has_failed(const Value& answer) {
  const Value* error = json::member(&answer, "error");
  if (error == nullptr) return false;
  expect(!text_at(*error, "type").empty() && text_at(*error, "code").starts_with("ERR_"),
         "an error has a code");
  return true;
}

void check_plan(std::string_view text) {
  const Value plan = ask(assets::plan, text);
  if (has_failed(plan)) return;
  for (const Value& object : json::array_of(at(plan, "objects"))) {
    for (const Value& asset : json::array_of(at(object, "assets"))) {
      const std::string& name = text_at(asset, "name");
      expect(text_at(asset, "done").ends_with(name), "what was downloaded has its name");
      at(asset, "kept");
      if (!has_failed(asset)) expect(!assets::name_error(name), "a name is that of a file in its folder");
    }
  }
}

// The same event again and again.
void check_transfer(std::string_view text) {
  const std::optional<Value> call = value_of(text);
  const Value* event = call ? json::member(&*call, "event") : nullptr;
  if (event == nullptr) return;
  std::string events;
  json::append_json(events, *event);
  std::string state = R"({"maxAttempts":3})";
  int waits = 0;
  for (int i = 0; i < 20; ++i) {
    const Value answer = ask(assets::next, json::join({R"({"state":)", state, R"(,"event":)", events, "}"}));
    const Value& action = at(answer, "action");
    const std::string& what = text_at(action, "do");
    if (what == "fail") {
      has_failed(action);
      return;
    }
    if (what == "wait") ++waits;
    state.clear();
    json::append_json(state, at(answer, "state"));
  }
  expect(waits <= 3, "nothing is tried for ever");
}

}  // namespace

}  // namespace stactask::fuzzing

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stactask::fuzzing;
  using namespace stactask;
  const std::string_view text = text_of(data, size);
  check_plan(text);
  check_transfer(text);
  has_failed(ask(assets::client, text));
  has_failed(ask(assets::resolve, text));
  ask(assets::next, text);
  std::string call = R"({"href":)";
  json::write_string(call, text);
  has_failed(ask(assets::client, call + "}"));
  return 0;
}

// Any text as the call that fills a template: the answer is JSON of the right shape, no longer than it may
// be, and the same a second time. JSON is an item as well, for templates that look everywhere.

#include "fuzz.hpp"
#include "json/writer.hpp"
#include "layout/fill.hpp"
#include "layout/substitute.hpp"

namespace stactask::fuzzing {

namespace {

using json::Value;

constexpr std::string_view templates[] = {
    "${date} ${datetime} ${year}/${month}/${day} ${collection} ${datetime.tzinfo}",
    "${id} ${geometry} ${bbox} ${properties} ${stac_extensions} ${collection_id}",
    "${assets} ${links}",
    "${extra_fields} ${ext} ${clone} ${from_file} ${__class__.__name__}",
    "${self_href}",
    "${common_metadata.created} ${common_metadata.start_datetime.day} ${common_metadata.gsd.real}",
    "${assets.a.href} ${assets.a.extra_fields} ${assets.a.owner.assets.a.ext} "
    "${assets.a.common_metadata.created}",
    "${a}${b}${a.b}${properties.a.b}"};

void check_answer(const std::string& written) {
  if (written.empty()) return;
  const Value answer = answer_of(written);
  expect(answer.is_object() && answer.size() == 1, "an answer is one of three");
  if (const Value* error = json::member(&answer, "error")) {
    expect(!text_at(*error, "type").empty() && json::member(error, "message") != nullptr,
           "an error is Python's");
  } else if (const Value* variables = json::member(&answer, "variables")) {
    expect(variables->is_array(), "variables are a list");
  } else {
    expect(text_at(answer, "text").size() <= layout::max_text, "no text is too long");
  }
}

void check_call(std::string_view text) {
  const Padded call(text);
  const std::string answer = layout::fill(call.view());
  check_answer(answer);
  expect(answer == layout::fill(call.view()), "a call has one answer");
}

void check(std::string_view text) {
  check_call(text);
  if (!value_of(text)) return;
  for (const std::string_view each : templates) {
    json::Writer writer;
    writer.begin_object().key("template").string(each).end_object();
    const std::string call = writer.take() + std::string(text);
    check_call(call);
    expect(!layout::fill(Padded(call).view()).empty(), "an item that is JSON has an answer");
  }
}

}  // namespace

}  // namespace stactask::fuzzing

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stactask::fuzzing;
  check(text_of(data, size));
  return 0;
}

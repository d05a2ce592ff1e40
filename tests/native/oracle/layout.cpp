#include "engines.hpp"
#include "json/writer.hpp"
#include "layout/substitute.hpp"

namespace stactask::oracle {

namespace {

bool fill(const json::Value& question, std::string& out, layout::Error& error) {
  const std::string text = json::string_member(question, "template");
  const layout::Template parsed = layout::parse_template(text);
  if (!parsed.error.empty()) return layout::raise(error, "ValueError: %", {parsed.error});
  const json::Value* json = json::member(&question, "item");
  const std::optional<layout::Item> item = layout::read_item(json == nullptr ? json::Value() : *json, error);
  return item && layout::substitute(parsed, text, *item, {json::member(&question, "defaults")}, out, error);
}

}  // namespace

std::string answer_layout(const json::Value& question) {
  std::string text;
  layout::Error error;
  json::Writer writer;
  writer.begin_object();
  if (fill(question, text, error)) {
    writer.key("text").string(text);
  } else {
    writer.key("error").begin_object().key("type").string(error.type).key("message").string(error.message);
    writer.end_object();
  }
  return writer.end_object().take();
}

}  // namespace stactask::oracle

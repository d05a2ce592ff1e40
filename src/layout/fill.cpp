#include "layout/fill.hpp"

#include "json/reader.hpp"
#include "json/writer.hpp"
#include "layout/substitute.hpp"

namespace stactask::layout {

using json::Value;

namespace {

bool is_true(const Value* value) { return value != nullptr && value->is_boolean() && value->get<bool>(); }

void write_error(json::Writer& writer, const Error& error) {
  writer.key("error").begin_object();
  writer.key("type").string(error.type).key("message").string(error.message).key("variable");
  if (error.variable) {
    writer.string(*error.variable);
  } else {
    writer.null();
  }
  writer.end_object();
}

void write_variables(json::Writer& writer, const Template& parsed) {
  writer.key("variables").begin_array();
  for (const Variable& variable : parsed.variables) writer.string(variable.key);
  writer.end_array();
}

// The variables, or the text where there is an item.
bool write_answer(json::Writer& writer, const Value& call, Value* json, Error& error) {
  const std::string text = json::string_member(call, "template");
  const Template parsed = parse_template(text);
  if (!parsed.error.empty()) return raise(error, "ValueError: %", {parsed.error});
  if (json == nullptr) {
    write_variables(writer, parsed);
    return true;
  }
  const std::optional<Item> item = read_item(std::move(*json), error);
  if (!item) return false;
  std::string out;
  const Options options{json::member(&call, "defaults"), is_true(json::member(&call, "padDates"))};
  if (!substitute(parsed, text, *item, options, out, error)) return false;
  writer.key("text").string(out);
  return true;
}

}  // namespace

std::string fill(std::string_view text) {
  json::Scanner scanner(text);
  json::DuplicateKeys duplicates;
  Value call;
  Value item;
  if (!json::read_value(scanner, call, duplicates)) return {};
  scanner.peek();
  const bool has_item = scanner.offset() < text.size();
  if (has_item && !json::read_value(scanner, item, duplicates)) return {};
  if (!scanner.finish()) return {};
  json::Writer writer;
  writer.begin_object();
  Error error;
  if (!write_answer(writer, call, has_item ? &item : nullptr, error)) write_error(writer, error);
  writer.end_object();
  return writer.take();
}

}  // namespace stactask::layout

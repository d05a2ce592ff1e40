#include <optional>

#include "cirrus/chain_explanation.hpp"
#include "json/pointer.hpp"
#include "json/python_text.hpp"
#include "json/reader.hpp"
#include "json/scanner.hpp"
#include "json/writer.hpp"
#include "task/calls.hpp"
#include "task/matching_explanation.hpp"
#include "task/payload_rules.hpp"
#include "task/upload_explanation.hpp"

namespace stactask::task {

using json::Value;

namespace {

// Bytes of an answer at most, which hostile input would make as long as it likes.
constexpr std::size_t max_answer = 32U << 20;

// Which items are asked about.
struct Question {
  std::optional<std::size_t> index;
  std::optional<std::string> id;
  std::size_t max_items = 0;
  bool chain = false;

  [[nodiscard]] bool is_about(std::size_t at, const Value& item) const {
    if (index) return at == *index;
    if (!id) return true;
    const Value* own = json::member(&item, "id");
    return own != nullptr && json::is_text(*own, *id);
  }
};

Question read_question(std::string_view& text) {
  json::Scanner scanner(text);
  json::DuplicateKeys duplicates;
  Value value;
  json::read_value(scanner, value, duplicates);
  text.remove_prefix(scanner.offset());
  Question question;
  const Value* item = json::member(&value, "item");
  if (item->is_number()) question.index = item->get<std::size_t>();
  if (item->is_string()) question.id = json::string_of(*item);
  question.max_items = json::member(&value, "maxItems")->get<std::size_t>();
  question.chain = json::member(&value, "chain") != nullptr;
  return question;
}

// Writes the matchers that are tried. The result is the rule that matches.
const Rule* explain_matching(json::Writer& writer, const Rules& rules, const Value& item,
                             std::optional<Failure>& failure) {
  const Rule* found = nullptr;
  writer.key("matchers").begin_array();
  for (const Rule& rule : rules.all) {
    json::Writer explained;
    if (explain_rule(explained, rule, item, failure)) found = &rule;
    if (failure) break;
    writer.raw(explained.take());
    if (found != nullptr) break;
  }
  writer.end_array();
  return found;
}

void explain_item(json::Writer& writer, const PayloadRules& payload, std::size_t index, Value& item) {
  std::optional<Failure> failure;
  const Value* id = json::member(&item, "id");
  writer.begin_object();
  writer.key("index").number(index);
  writer.key("pointer").string(json::child("/features", index));
  writer.key("id");
  write_name(writer, id == nullptr ? Value() : *id);
  const Rule* rule = explain_matching(writer, payload.rules, item, failure);
  const bool is_assigned = rule != nullptr && json::is_truthy(rule->collection);
  if (is_assigned && !failure) failure = assignment_failure(item);
  if (is_assigned && !failure) (*item.get_ptr<Value::object_t*>())["collection"] = rule->collection;
  const Value* collection = json::member(&item, "collection");
  const bool has_collection = collection != nullptr && !collection->is_null();
  writer.key("collection");
  write_name(writer, has_collection ? *collection : Value());
  writer.key("from").string(is_assigned ? "matcher" : has_collection ? "item" : "none");
  if (failure) {
    writer.key("error");
    write_failure(writer, *failure);
  } else {
    writer.key("upload");
    explain_upload(writer, payload.definition, item);
  }
  writer.end_object();
}

}  // namespace

std::string explain(std::string_view text, bool is_bytes) {
  const Question question = read_question(text);
  PayloadRules payload;
  if (std::string answer = read_payload_rules(text, is_bytes, payload::Reading::process, payload);
      !answer.empty())
    return answer;
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  std::size_t explained = 0;
  std::size_t omitted = 0;
  const auto visit = [&](std::size_t index, Value item) {
    if (!question.is_about(index, item)) return true;
    if (explained == question.max_items || writer.size() > max_answer) {
      ++omitted;
    } else {
      ++explained;
      explain_item(writer, payload, index, item);
    }
    return true;
  };
  for_each_item(text, payload.document, visit,
                [&](std::size_t index, json::Scanner& scanner, const Members&) {
                  Value item;
                  json::DuplicateKeys duplicates;
                  return json::read_value(scanner, item, duplicates) && visit(index, std::move(item));
                });
  writer.end_array();
  if (omitted > 0) writer.key("omitted").number(omitted);
  if (question.chain && payload.document.root_is_object) {
    writer.key("chain");
    cirrus::explain_chain(writer, text, question.max_items, max_answer);
  }
  writer.end_object();
  return writer.take();
}

}  // namespace stactask::task

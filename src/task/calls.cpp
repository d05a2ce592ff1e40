#include "task/calls.hpp"

#include <optional>

#include "json/python_text.hpp"
#include "json/reader.hpp"
#include "json/scanner.hpp"
#include "json/utf8.hpp"
#include "json/writer.hpp"
#include "jsonpath/budget.hpp"
#include "jsonpath/find.hpp"
#include "jsonpath/read_parts.hpp"
#include "payload/check.hpp"
#include "task/collections.hpp"
#include "task/payload_rules.hpp"
#include "task/rules_cache.hpp"

namespace stactask::task {

using json::Value;

namespace {

// Reads what stands first in a text, and takes it off. Empty, or the answer for what is no JSON.
std::string take_value(std::string_view& text, bool is_bytes, Value& out) {
  json::Scanner scanner(text);
  json::DuplicateKeys duplicates;
  if (!json::read_value(scanner, out, duplicates)) return payload::check_syntax(text, is_bytes);
  text.remove_prefix(scanner.offset());
  return {};
}

// Reads a text as far as is looked at. Empty, or the answer for what is no JSON.
std::string read_subject(std::string_view text, bool is_bytes, const jsonpath::Reads& reads, Value& out) {
  const std::string_view given = text;
  if (is_bytes) text = json::without_byte_order_mark(text);
  json::Scanner scanner(text);
  const bool is_json = jsonpath::read_parts(scanner, reads, out) && scanner.finish();
  return is_json ? std::string() : payload::check_syntax(given, is_bytes);
}

// An expression and what it is asked of.
struct JsonPathCall {
  jsonpath::Expression* expression = nullptr;
  Value subject;
};

// Reads of the subject what `match` looks at, or all of it. Empty, or the answer of the call.
std::string read_call(std::string_view text, bool is_bytes, bool is_match, JsonPathCall& call) {
  Value question;
  if (std::string answer = take_value(text, false, question); !answer.empty()) return answer;
  const std::string& expression = json::string_of(question);
  jsonpath::Error error;
  call.expression = jsonpath::shared_cache.get(expression, error);
  if (call.expression == nullptr) return failed(failure_of(error, expression, {}));
  const jsonpath::Reads everything{true, {}};
  return read_subject(text, is_bytes, is_match ? call.expression->reads : everything, call.subject);
}

std::string collections_of(std::string_view text, const PayloadRules& payload,
                           std::optional<Failure>& failure) {
  const std::vector<Rule>& rules = payload.rules.all;
  json::Writer writer;
  writer.begin_object().key("names").begin_array();
  for (const Rule& rule : rules) write_name(writer, rule.collection);
  writer.end_array().key("rules").begin_array();
  const auto assign = [&](std::size_t index, const Rule* rule, const Value* other) {
    const bool is_named = rule != nullptr && json::is_truthy(rule->collection);
    if (is_named && other != nullptr && !failure) failure = assignment_failure(*other);
    if (failure) failure->item = index;
    if (is_named) {
      writer.number(static_cast<std::size_t>(rule - rules.data()));
    } else {
      writer.null();
    }
    return !failure;
  };
  const auto visit = [&](std::size_t index, const Value& item) {
    return assign(index, find_rule(payload.rules, item, failure), &item);
  };
  jsonpath::Places places;
  for_each_item(
      text, payload.document, visit, [&](std::size_t index, json::Scanner& scanner, const Members& members) {
        if (scanner.peek() == '{') {
          return assign(index, find_rule(payload.rules, scanner, members, places, failure), nullptr);
        }
        Value item;
        return jsonpath::read_parts(scanner, payload.rules.reads, item) && visit(index, item);
      });
  writer.end_array().end_object();
  return writer.take();
}

}  // namespace

std::string jsonpath_match(std::string_view text, bool is_bytes) {
  JsonPathCall call;
  if (std::string answer = read_call(text, is_bytes, true, call); !answer.empty()) return answer;
  bool matches = false;
  jsonpath::Error error;
  if (jsonpath::match(*call.expression, call.subject, matches, error)) return matches ? "true" : "false";
  return failed(failure_of(error, call.expression->text, {}));
}

std::string jsonpath_find(std::string_view text, bool is_bytes) {
  JsonPathCall call;
  if (std::string answer = read_call(text, is_bytes, false, call); !answer.empty()) return answer;
  jsonpath::Results found;
  jsonpath::Error error;
  if (!jsonpath::find(*call.expression, call.subject, found, error)) {
    return failed(failure_of(error, call.expression->text, {}));
  }
  json::Writer writer;
  write_found(writer, found);
  return writer.take();
}

void write_found(json::Writer& writer, const jsonpath::Results& found) {
  std::string computed;
  writer.begin_object().key("pointers").begin_array();
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::optional<std::string> pointer = found[i].is_plain() ? found.pointer(i) : std::nullopt;
    if (pointer) {
      writer.string(*pointer);
      continue;
    }
    writer.null();
    computed.push_back(computed.empty() ? '[' : ',');
    jsonpath::append_json(computed, found[i]);
  }
  computed.append(computed.empty() ? "[]" : "]");
  writer.end_array().key("computed").string(computed).end_object();
}

std::string find_collection(std::string_view text, bool is_bytes) {
  const Rules* rules = shared_rules.take(text);
  if (rules == nullptr) return payload::check_syntax(text, false);
  if (std::string answer = payload::refuse_malformed(text, is_bytes); !answer.empty()) return answer;
  json::Scanner scanner(text);
  std::optional<Failure> failure;
  const Rule* rule = nullptr;
  if (scanner.peek() == '{') {
    jsonpath::Places places;
    rule = find_rule(*rules, scanner, Members(), places, failure);
  } else {
    Value item;
    jsonpath::read_parts(scanner, rules->reads, item);
    rule = find_rule(*rules, item, failure);
  }
  if (failure) return failed(*failure);
  json::Writer writer;
  writer.begin_object().key("collection");
  write_name(writer, rule == nullptr ? Value() : rule->collection);
  writer.end_object();
  return writer.take();
}

std::string assign_collections(std::string_view text, bool is_bytes) {
  const jsonpath::CallBudget budget;
  PayloadRules payload;
  if (std::string answer = read_payload_rules(text, is_bytes, payload::Reading::index, payload);
      !answer.empty())
    return answer;
  if (payload.document.payload.features.value == nullptr) return failed({"KeyError", "'features'"});
  std::optional<Failure> failure;
  std::string answer = collections_of(text, payload, failure);
  return failure ? failed(*failure) : answer;
}

std::string reads(std::string_view text, QuestionKind kind) {
  Value question;
  if (std::string answer = take_value(text, false, question); !answer.empty()) return answer;
  jsonpath::Reads all;
  if (kind == QuestionKind::expression) {
    jsonpath::Error ignored;
    const jsonpath::Expression* expression = jsonpath::shared_cache.get(json::string_of(question), ignored);
    if (expression != nullptr) all = expression->reads;
  } else if (kind == QuestionKind::config) {
    all = read_rules(question, {}).reads;
  } else {
    all = rules_of_process(json::member(&question, "process")).reads;
  }
  json::Writer writer;
  if (kind == QuestionKind::payload)
    writer.begin_object().key("process").boolean(true).key("features").begin_array();
  jsonpath::write_reads(writer, all);
  if (kind == QuestionKind::payload) writer.end_array().end_object();
  return writer.take();
}

}  // namespace stactask::task

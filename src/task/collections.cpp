#include "task/collections.hpp"

#include <utility>

#include "json/join.hpp"
#include "json/pointer.hpp"
#include "json/python_text.hpp"
#include "jsonpath/find.hpp"
#include "jsonpath/read_parts.hpp"

namespace stactask::task {

using json::Value;

namespace {

// What `jsonpath_ng.ext.parser.parse` raises for what is no string.
Failure failure_of_pattern(const Value& pattern, std::string pointer) {
  if (pattern.is_array()) return {"ValueError", "Expected a string", std::move(pointer)};
  if (pattern.is_object()) return {"TypeError", "unhashable type: 'slice'", std::move(pointer)};
  return {"TypeError", json::python_subscript_error(pattern), std::move(pointer)};
}

void read_pattern(const Value& pattern, std::string pointer, Rule& rule) {
  rule.pattern_pointer = std::move(pointer);
  if (!pattern.is_string()) {
    rule.failure = failure_of_pattern(pattern, rule.pattern_pointer);
    return;
  }
  jsonpath::Error error;
  rule.expression = jsonpath::shared_cache.get(json::string_of(pattern), error);
  if (rule.expression == nullptr) {
    rule.failure = failure_of(error, json::string_of(pattern), rule.pattern_pointer);
  }
}

// The member, or what Python raises where it is missing.
const Value* need(const Value& matcher, std::string_view key, Rule& rule) {
  const Value* value = json::member(&matcher, key);
  if (value == nullptr) rule.failure = Failure{"KeyError", json::join({"'", key, "'"}), rule.pointer};
  return value;
}

void read_matcher(const Value& matcher, Rule& rule) {
  if (!matcher.is_object()) {
    rule.failure = Failure{"TypeError", json::python_subscript_error(matcher), rule.pointer};
    return;
  }
  const Value* type = need(matcher, "type", rule);
  if (type == nullptr) return;
  const Value* name = need(matcher, "collection_name", rule);
  if (name == nullptr) return;
  rule.collection = *name;
  const bool is_jsonpath = json::is_text(*type, "jsonpath");
  if (!is_jsonpath) {
    if (json::is_text(*type, "catch_all")) return;
    const std::string message = json::join({"Unknown matcher type: ", json::python_str(*type)});
    rule.failure = Failure{"ValueError", message, rule.pointer};
    return;
  }
  const Value* pattern = need(matcher, "pattern", rule);
  if (pattern != nullptr) read_pattern(*pattern, json::child(rule.pointer, "pattern"), rule);
}

// `match(rule, matches, error)` says whether a rule with an expression does; false after an error.
template <typename Match>
const Rule* first_rule(const Rules& rules, std::optional<Failure>& failure, Match match) {
  failure = rules.failure;
  if (failure) return nullptr;
  for (const Rule& rule : rules.all) {
    failure = rule.failure;
    if (failure) return nullptr;
    if (rule.expression == nullptr) return &rule;
    bool matches = false;
    jsonpath::Error error;
    if (!match(rule, matches, error)) {
      failure = failure_of(error, rule.expression->text, rule.pattern_pointer);
      return nullptr;
    }
    if (matches) return &rule;
  }
  return nullptr;
}

}  // namespace

Rules read_rules(const Value& config, std::string_view pointer) {
  Rules rules;
  if (!json::is_truthy(config)) return rules;
  if (config.is_object()) {
    for (const auto& [name, pattern] : json::object_of(config)) {
      Rule& rule = rules.all.emplace_back(Rule{json::child(pointer, name), name});
      read_pattern(pattern, rule.pointer, rule);
    }
  } else if (config.is_array()) {
    for (std::size_t index = 0; const Value& matcher : json::array_of(config)) {
      read_matcher(matcher, rules.all.emplace_back(Rule{json::child(pointer, index++)}));
    }
  } else {
    rules.failure =
        Failure{"TypeError",
                json::join({"Unsupported collection config type: <class '", json::python_type_name(config),
                            "'>. Expected dict or list of dicts."}),
                std::string(pointer)};
  }
  for (const Rule& rule : rules.all) {
    if (rule.expression != nullptr) jsonpath::add_reads(rules.reads, rule.expression->reads);
  }
  for (Rule& rule : rules.all) {
    if (rule.expression != nullptr) rule.members = jsonpath::members_of_terms(*rule.expression, rules.reads);
  }
  return rules;
}

const Rule* find_rule(const Rules& rules, const Value& item, std::optional<Failure>& failure) {
  return first_rule(rules, failure, [&](const Rule& rule, bool& matches, jsonpath::Error& error) {
    return jsonpath::match(*rule.expression, item, matches, error);
  });
}

const Rule* find_rule(const Rules& rules, json::Scanner& scanner, const Members& members,
                      jsonpath::Places& places, std::optional<Failure>& failure) {
  const std::size_t start = scanner.offset();
  const bool has_places = members ? jsonpath::find_places(scanner, *members, rules.reads, places)
                                  : jsonpath::find_places(scanner, rules.reads, places);
  const std::size_t end = scanner.offset();
  std::optional<Value> item;
  const auto match = [&](const Rule& rule, bool& matches, jsonpath::Error& error) {
    const bool is_decided = has_places && places.is_plain && rule.members && !item &&
                            jsonpath::match_places(*rule.expression, *rule.members, scanner, places, matches);
    if (is_decided) return true;
    if (!item) {
      scanner.seek(start);
      jsonpath::read_parts(scanner, rules.reads, item.emplace());
    }
    return jsonpath::match(*rule.expression, *item, matches, error);
  };
  const Rule* rule = first_rule(rules, failure, match);
  scanner.seek(end);
  return rule;
}

std::optional<Failure> assignment_failure(const Value& item) {
  if (item.is_object()) return std::nullopt;
  if (item.is_array()) return Failure{"TypeError", json::python_subscript_error(item)};
  return Failure{"TypeError", json::join({"'", json::python_type_name(item),
                                          "' object does not support item assignment"})};
}

void write_name(json::Writer& writer, const Value& name) {
  if (name.is_string()) {
    writer.string(json::string_of(name));
  } else {
    writer.null();
  }
}

Failure failure_of(const jsonpath::Error& error, std::string_view expression, std::string_view pointer) {
  return {std::string(error.type), error.message, std::string(pointer), std::string(expression),
          error.offset};
}

}  // namespace stactask::task

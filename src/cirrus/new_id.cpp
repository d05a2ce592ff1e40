#include <vector>

#include "cirrus/payload_id.hpp"
#include "cirrus/python_in.hpp"
#include "json/join.hpp"
#include "json/order.hpp"
#include "json/python_text.hpp"
#include "json/scanner.hpp"
#include "jsonpath/compare.hpp"
#include "jsonpath/read_parts.hpp"
#include "payload/document.hpp"
#include "payload/python_dict.hpp"

namespace stactask::cirrus {

using json::Value;
using task::Failure;

namespace {

using Values = std::vector<const Value*>;

// The first error about `process` or `features`, as the accessors raise it.
bool has_failed(const payload::Findings& findings, Failure& failure) {
  const payload::Finding* error = findings.first_error();
  if (error == nullptr) return false;
  task::fail(failure, payload::rule_of(error->code).python_type, {payload::python_message_of(*error)});
  failure.pointer = error->pointer;
  return true;
}

// Of each item what an id is made of.
std::vector<Value> read_items(std::string_view text, std::size_t offset) {
  const jsonpath::Reads reads{
      false,
      {{"collection", jsonpath::ReadMember::of_item, true}, {"id", jsonpath::ReadMember::of_item, true}}};
  std::vector<Value> items;
  json::Scanner scanner(text, 0);
  scanner.seek(offset);
  scanner.array(
      [&](std::size_t /*index*/) { return jsonpath::read_parts(scanner, reads, items.emplace_back()); });
  return items;
}

bool comes_before(const Value* left, const Value* right, bool& before, jsonpath::Budget& budget,
                  Failure& failure) {
  jsonpath::Error error;
  if (jsonpath::compare(jsonpath::Operator::less, {left}, {right}, before, budget, error)) return true;
  return task::fail(failure, error.type, {error.message});
}

// Python: `values.sort()` of up to 63 values, with its comparisons in their order, so that the first error is
// the same: as long as each value comes behind the one before, or each before it, with that one; then by
// halving (Objects/listobject.c: count_run, binarysort).
bool sort_values(Values& values, Failure& failure) {
  jsonpath::Budget budget(jsonpath::max_steps);
  bool descends = false;
  bool is_run = true;
  for (std::size_t sorted = 1; sorted < values.size(); ++sorted) {
    const Value* const value = values[sorted];
    bool before = false;
    // Of a run that descends, the value before is now the first.
    const Value* const last = values[descends ? 0 : sorted - 1];
    if (is_run && !comes_before(value, last, before, budget, failure)) return false;
    if (sorted == 1) descends = before;
    is_run = is_run && before == descends;
    std::size_t low = is_run && !descends ? sorted : 0;
    for (std::size_t high = is_run ? low : sorted; low < high;) {
      const std::size_t middle = (low + high) / 2;
      if (!comes_before(value, values[middle], before, budget, failure)) return false;
      (before ? high : low) = before ? middle : middle + 1;
    }
    for (std::size_t i = sorted; i > low; --i) values[i] = values[i - 1];
    values[low] = value;
  }
  return true;
}

// What Python says of values that are not all strings: that they have no order, or cannot be joined. Of more
// than are sorted at once it may be another of them.
bool fail_to_join(Values values, Failure& failure) {
  constexpr std::size_t most_sorted_at_once = 63;
  if (values.size() <= most_sorted_at_once && !sort_values(values, failure)) return false;
  std::size_t odd = 0;
  while (values[odd]->is_string()) ++odd;
  return task::fail(failure, "TypeError",
                    {"sequence item ", std::to_string(odd), ": expected str instance, ",
                     json::python_type_name(*values[odd]), " found"});
}

// Append Python's "/".join(sorted(values)), or of a set of them.
bool join_sorted(const Values& values, bool is_set, std::string& out, Failure& failure) {
  std::vector<std::string_view> texts;
  for (const Value* value : values) {
    if (!value->is_string()) return fail_to_join(values, failure);
    texts.push_back(json::string_of(*value));
  }
  json::sort_texts(texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (is_set && i != 0 && texts[i] == texts[i - 1]) continue;
    if (i != 0) out.push_back('/');
    out.append(texts[i]);
  }
  return true;
}

// Python: sorted({i["collection"] for i in items if "collection" in i}).
bool join_collections(const std::vector<Value>& items, std::string& out, Failure& failure) {
  Values names;
  for (const Value& item : items) {
    const Value* name = nullptr;
    if (!python_member(item, "collection", name, failure)) return false;
    if (name == nullptr) continue;
    if (!payload::is_hashable(*name)) {
      return task::fail(failure, "TypeError", {"unhashable type: '", json::python_type_name(*name), "'"});
    }
    // Of null there is one in a set.
    if (!name->is_null() || names.empty() || !names.back()->is_null()) names.push_back(name);
  }
  if (!names.empty()) return join_sorted(names, true, out, failure);
  out.append("none");
  return true;
}

bool join_ids(const std::vector<Value>& items, std::string& out, Failure& failure) {
  Values ids;
  for (const Value& item : items) {
    const Value* id = json::member(&item, "id");
    if (id != nullptr) {
      ids.push_back(id);
    } else if (item.is_object()) {
      return task::fail(failure, "KeyError", {"'id'"});
    } else {
      return task::fail(failure, "TypeError", {json::python_subscript_error(item)});
    }
  }
  return join_sorted(ids, false, out, failure);
}

bool fail_without(std::string_view what, Failure& failure) {
  return task::fail(failure, "ValueError",
                    {"Payload has no 'id' specified and one cannot be constructed without ", what});
}

}  // namespace

bool make_payload_id(std::string_view text, std::string& id, Failure& failure) {
  payload::Document document;
  payload::read_document(text, payload::Reading::process, document);
  payload::Findings findings(false);
  const payload::Located features = payload::items_as_dicts(document.payload, findings);
  if (has_failed(findings, failure)) return false;
  std::vector<Value> items;
  if (features.value != nullptr) items = read_items(text, document.features_offset);
  if (items.empty()) return fail_without("'features'.", failure);
  const payload::Located definition = payload::process_definition(document.payload, findings);
  if (has_failed(findings, failure)) return false;
  const Value* workflow = json::member(definition.value, "workflow");
  if (workflow == nullptr) return fail_without("'workflow' in the process definition.", failure);
  id.clear();
  if (const Value* collections = json::member(definition.value, "collections")) {
    id = json::python_str(*collections);
  } else if (!join_collections(items, id, failure)) {
    return false;
  }
  id = json::join({id, "/workflow-", json::python_str(*workflow), "/"});
  return join_ids(items, id, failure);
}

}  // namespace stactask::cirrus

#include "cirrus/chain.hpp"

#include <algorithm>
#include <utility>

#include "cirrus/python_in.hpp"
#include "json/join.hpp"
#include "json/pointer.hpp"
#include "json/python_text.hpp"
#include "json/reader.hpp"
#include "jsonpath/find.hpp"
#include "task/collections.hpp"

namespace stactask::cirrus {

using json::Value;
using task::Failure;

namespace {

constexpr std::string_view before_filter = "$.features[?(";

}  // namespace

Chain::Chain(std::string_view text) : text_(text) {
  payload::read_document(text, payload::Reading::process, document_);
  const Value& process = document_.process;
  if (!process.is_array() || process.size() < 2) return;
  const Value& next = json::array_of(process)[1];
  if (next.is_object()) {
    add("/process/1", next);
  } else if (!next.is_array()) {
    // Of a text Python would queue a payload for each character.
    task::fail(failure_.emplace(), "TypeError",
               {"'", json::python_type_name(next), "' object is not iterable"});
  } else if (std::uint64_t{next.size()} * text.size() > max_bytes) {
    task::fail(failure_.emplace(), "BudgetError", {"the chain has too many payloads"});
  } else {
    for (std::size_t index = 0; const Value& entry : json::array_of(next)) {
      add(json::child("/process/1", index++), entry);
    }
  }
}

void Chain::add(std::string pointer, const Value& definition) {
  Link& link = links_.emplace_back(Link{std::move(pointer), &definition, {}, {}});
  const Value* filter = nullptr;
  Failure failure;
  if (!python_member(definition, "chain_filter", filter, failure)) {
    failure.pointer = link.pointer;
    link.failure = std::move(failure);
  }
  if (filter != nullptr) link.filter = json::python_str(*filter);
}

// Definitions are moved into their place and back: a copy would go as deep as they do.
const Value& Chain::payload(const Link& link) {
  if (payload_.is_null()) read_payload();
  if (moved_ != nullptr) std::swap(*first_, *moved_);
  auto* list = next_.get_ptr<Value::array_t*>();
  moved_ = list == nullptr ? &next_ : list->data() + (&link - links_.data());
  std::swap(*first_, *moved_);
  return payload_;
}

void Chain::read_payload() {
  json::Scanner scanner(text_);
  json::DuplicateKeys duplicates;
  json::read_value(scanner, payload_, duplicates);
  auto& members = *payload_.get_ptr<Value::object_t*>();
  members.erase("id");
  auto& process = *members.find("process")->second.get_ptr<Value::array_t*>();
  process.erase(process.begin());
  first_ = &process.front();
  std::swap(next_, *first_);
}

bool Chain::select(const Link& link, jsonpath::Results& found, Failure& failure) {
  const Value& next = payload(link);
  const Value* features = json::member(&next, "features");
  filtered_ += features == nullptr ? 1 : features->size();
  if (filtered_ > max_filtered) {
    return task::fail(failure, "BudgetError", {"the chain has too many items to filter"});
  }
  jsonpath::Error error;
  jsonpath::Expression* expression =
      jsonpath::shared_cache.get(json::join({before_filter, *link.filter, ")]"}), error);
  if (expression != nullptr && jsonpath::find(*expression, next, found, error)) return true;
  failure = task::failure_of(error, *link.filter, json::child(link.pointer, "chain_filter"));
  // The place in the filter itself, where it is in there.
  const std::size_t offset = std::max(error.offset, before_filter.size()) - before_filter.size();
  failure.offset = std::min(offset, link.filter->size());
  return false;
}

}  // namespace stactask::cirrus

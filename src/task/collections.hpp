// Which collection an item belongs to (stactask/utils.py: find_collection).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/scanner.hpp"
#include "json/value.hpp"
#include "jsonpath/cache.hpp"
#include "jsonpath/places.hpp"
#include "jsonpath/reads.hpp"
#include "task/failure.hpp"

namespace stactask::task {

/// One way to a collection: an element of `collection_matchers`, or a member of the legacy mapping.
struct Rule {
  std::string pointer;                            // where it stands
  json::Value collection = nullptr;               // the name it gives: a string where the payload is right
  std::string pattern_pointer = {};               // where its pattern stands; empty for a catch_all
  jsonpath::Expression* expression = nullptr;     // what the pattern says; null for a catch_all
  std::optional<Failure> failure = std::nullopt;  // what Python raises once it comes to this rule
  // For rules that can be decided in a text: jsonpath::members_of_terms.
  std::optional<std::vector<std::uint32_t>> members = std::nullopt;
};

/// The rules of a payload or a call, in the order in which Python tries them. Expressions live in
/// `jsonpath::shared_cache`, so the rules do not outlive its `end_call`.
struct Rules {
  std::vector<Rule> all;
  jsonpath::Reads reads;                          // what all of them look at in an item
  std::optional<Failure> failure = std::nullopt;  // where there are no rules to be had from the config
};

/// `config` is a list of matchers or an object, which is the legacy mapping. It stands at `pointer`, and
/// outlives the rules.
Rules read_rules(const json::Value& config, std::string_view pointer);

/// The first rule that matches, or null where none does: `failure` is set where Python raises.
const Rule* find_rule(const Rules& rules, const json::Value& item, std::optional<Failure>& failure);

/// The members of an item, where they are known to stand.
using Members = std::optional<std::span<const json::MemberPlace>>;

/// The same of the object that a scanner has come to in a well-formed text; it is left behind it unless the
/// members are known. `places` is memory for this and the next item.
const Rule* find_rule(const Rules& rules, json::Scanner& scanner, const Members& members,
                      jsonpath::Places& places, std::optional<Failure>& failure);

/// What Python raises for `item["collection"] = …`, if it does: where the item is no object.
std::optional<Failure> assignment_failure(const json::Value& item);

/// Write the name of a collection: null where it is no string.
void write_name(json::Writer& writer, const json::Value& name);

/// What Python raises for an expression, which stands at `pointer`.
Failure failure_of(const jsonpath::Error& error, std::string_view expression, std::string_view pointer);

}  // namespace stactask::task

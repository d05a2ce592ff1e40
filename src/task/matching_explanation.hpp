// Why a rule does or does not match an item.
#pragma once

#include <optional>

#include "json/value.hpp"
#include "json/writer.hpp"
#include "task/collections.hpp"

namespace stactask::task {

/// Write `{"pointer", "type", "collection", "pattern", "matched", "reason", "tests"}` (js/explain.js:
/// MatcherExplanation). The result is whether the rule matches. `failure` is set, and what is written is to
/// be thrown away, where Python raises.
bool explain_rule(json::Writer& writer, const Rule& rule, const json::Value& item,
                  std::optional<Failure>& failure);

/// Write "reason" and "tests" alone, of an expression held against an item. False where Python raises.
bool explain_expression(json::Writer& writer, jsonpath::Expression& expression, const json::Value& item,
                        jsonpath::Error& error);

}  // namespace stactask::task

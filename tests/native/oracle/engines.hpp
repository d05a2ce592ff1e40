// Who can be asked. An answer is a line of JSON.
#pragma once

#include <string>

#include "json/value.hpp"

namespace stactask::oracle {

/// {"expression", "document"}. Answers {"tree", "found", "matched", "pruned"}: the syntax tree, what is found
/// in the document, and whether it matches as an item, whole and cut down to what the expression looks at.
/// Each is a text: Python's repr, or "type: message" of an error; the last three are empty where the
/// expression is none.
std::string answer_jsonpath(const json::Value& question);

/// {"template", "item", "defaults"?} of pystac's LayoutTemplate. Answers {"text"} or {"error": {"type",
/// "message"}}.
std::string answer_layout(const json::Value& question);

/// {"pattern", "text", "replacement"} of re.compile, search and sub. Answers {"error"} or {"search", "sub",
/// "steps"}; "search" has the spans of the groups, in bytes, and null for those that are unset.
std::string answer_regex(const json::Value& question);

}  // namespace stactask::oracle

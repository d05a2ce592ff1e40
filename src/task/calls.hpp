// The calls of js/jsonpath.js, js/collections.js and js/explain.js. A call's text is a question, JSON, and
// directly behind it the JSON that it is asked of, followed by `json::text_padding` zero bytes; both are
// UTF-8 in which lone surrogates may stand. `is_bytes` says whether the user gave the latter as bytes.
//
// Each answers with JSON; for what is no JSON with the report of `payload::check_syntax`, and with
// `{"error": {"type", "message", "pointer", "offset", "item"}}` where Python raises.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/writer.hpp"
#include "jsonpath/results.hpp"

namespace stactask::task {

/// The question is an expression, asked of an item. `true` or `false`.
std::string jsonpath_match(std::string_view text, bool is_bytes);

/// The question is an expression, asked of a value. `{"pointers": ["/0/id", null, …], "computed": "[…]"}`:
/// where the results stand, or null for one that was computed. Those are in `computed`, JSON as Python writes
/// it.
std::string jsonpath_find(std::string_view text, bool is_bytes);

/// Write results as `jsonpath_find` answers with them.
void write_found(json::Writer& writer, const jsonpath::Results& found);

/// The question is a config, asked of an item. `{"collection": "name" | null}`; other values than strings are
/// null.
std::string find_collection(std::string_view text, bool is_bytes);

/// No question; the text is a payload. `{"names": ["name" | null, …], "rules": [0, null, …]}`: the
/// collection of each rule, other values than strings being null, and for each item the rule that gives it
/// one, or `{"issue": {…}}` with Python's first error about the payload.
std::string assign_collections(std::string_view text, bool is_bytes);

/// The question is `{"item": "id" | index | null, "maxItems", "chain"}`, asked of a payload: the last is
/// there where the payloads that come next are asked for, too. The answer is that of js/explain.js, or as
/// that of `assign_collections` for a bad payload.
std::string explain(std::string_view text, bool is_bytes);

/// What a question looks at: `true`, which is everything, or an object of the members that it looks at and
/// what in these, or a list with what it looks at in each element.
enum class QuestionKind : unsigned char { expression, config, payload };
std::string reads(std::string_view text, QuestionKind kind);

}  // namespace stactask::task

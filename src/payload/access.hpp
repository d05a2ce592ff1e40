// The accessors of js/payload.js: which part of an object an accessor means, or what it throws.
#pragma once

#include <string>
#include <string_view>

namespace stactask::payload {

/// `text` is `{"accessor", "argument", "payload"}`: the accessor's name in JavaScript
/// (`workflowOptions`, `getCollectionOptions` …), what the two methods take, and the payload's object
/// as far as accessors look at it. It is followed by `json::text_padding` zero bytes. Returns one of
///   {"pointer": "/process/0"}                     the value at that place in the payload
///   {"empty": "object" | "array"}                 what is absent, and what Python answers instead
///   {"entries": [["name", pointer | null], …]}    a dict that Python makes of a `tasks` list
///   {"error": {issue without range}}              what Python raises
/// and for an unknown accessor or malformed text an empty string.
std::string access(std::string_view text);

/// What `Payload(root)` makes of JSON text whose root is no object: `{"entries": [[key, pointer]…]}`
/// in Python's order, or `{"error": …}`. Keys are as json.dumps writes them; where a value stands
/// nowhere in the text, its entry is `[key, null, string]`.
std::string access_root(std::string_view text);

}  // namespace stactask::payload

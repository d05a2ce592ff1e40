// The calls of js/cirrus.js. A text is followed by `json::text_padding` zero bytes. Each answers with JSON,
// for what is no JSON with the report of `payload::check_syntax`, and with `{"error": {…}}`
// (task/failure.hpp) where Python raises.
#pragma once

#include <string>
#include <string_view>

namespace stactask::cirrus {

/// The text is a payload without an id, of the items their ids and collections at least. `{"id": "…"}`.
std::string set_id(std::string_view text, bool is_bytes);

/// The text is a payload that Cirrus takes. `{"next": [{"definition": "/process/1", "features": null}, …]}`:
/// where the process definition of each stands, and what its filter finds, as `task::jsonpath_find` answers,
/// in the payload as it is without `id` and with the new `process`. Null where it has no filter.
std::string next_payloads(std::string_view text, bool is_bytes);

/// `len(json.dumps(json.dumps(payload)))`, a number.
std::string length_of(std::string_view text, bool is_bytes);

}  // namespace stactask::cirrus

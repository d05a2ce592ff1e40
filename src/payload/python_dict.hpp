// What Python's dict does with values that are not objects: `dict([["a", 1]])`, hashing, equality.
#pragma once

#include <forward_list>
#include <vector>

#include "json/value.hpp"
#include "payload/accessors.hpp"

namespace stactask::payload {

/// Whether Python can use the value as a dict key.
bool is_hashable(const json::Value& value);

/// Whether two hashable values are one key to Python: 1, 1.0 and True are.
bool equal_as_keys(const json::Value& left, const json::Value& right);

/// A key and a value of a dict. A value with an empty pointer stands nowhere in the text.
struct DictEntry {
  const json::Value* key;
  Located value;
};

/// Put an entry where Python's dict would: an equal key keeps its place and first spelling.
void set_entry(std::vector<DictEntry>& entries, const json::Value* key, Located value);

/// `dict(root)` for a root that is no object: a list of pairs, each a list, a string of two characters
/// or an object of two keys; all else is a TypeError or a ValueError in `findings`. Values that exist
/// in no text, such as the second key of an object as a value, are put into `made`.
std::vector<DictEntry> dict_of_pairs(const json::Value& root, std::forward_list<json::Value>& made,
                                     Findings& findings);

/// The same as far as Payload looks at it.
[[gnu::noinline]] Payload payload_of_pairs(const json::Value& root, std::forward_list<json::Value>& made,
                                           Findings& findings);

}  // namespace stactask::payload

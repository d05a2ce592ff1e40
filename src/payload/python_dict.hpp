// What Python's dict does with values that are not objects: `dict([["a", 1]])`, hashing, equality.
#pragma once

#include <forward_list>
#include <string>
#include <vector>

#include "json/value.hpp"
#include "payload/accessors.hpp"

namespace stactask::payload {

/// Whether Python can use the value as a dict key.
bool is_hashable(const json::Value& value);

/// A key and a value of a dict. A value with an empty pointer stands nowhere in the text.
struct DictEntry {
  const json::Value* key;
  Located value;
};

/// What Python's dict makes of a sequence of keys and values: an equal key (1, 1.0 and True are one) keeps
/// its place and first spelling, and the last value wins.
class Dict {
 public:
  /// `key` must be hashable.
  void set(const json::Value* key, Located value);

  [[nodiscard]] const std::vector<DictEntry>& entries() const { return entries_; }

 private:
  std::vector<DictEntry> entries_;
  json::OrderedMap<std::string, std::size_t> places_;  // of each key among the entries
};

/// `dict(root)` for a root that is no object: a list of pairs, each a list, a string of two characters
/// or an object of two keys; all else is a TypeError or a ValueError in `findings`. Values that exist
/// in no text, such as the second key of an object as a value, are put into `made`.
Dict dict_of_pairs(const json::Value& root, std::forward_list<json::Value>& made, Findings& findings);

/// The same as far as Payload looks at it.
[[gnu::noinline]] Payload payload_of_pairs(const json::Value& root, std::forward_list<json::Value>& made,
                                           Findings& findings);

}  // namespace stactask::payload

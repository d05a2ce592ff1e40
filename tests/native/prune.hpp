// An item with nothing but what a matcher looks at.
#pragma once

#include "json/value.hpp"
#include "jsonpath/reads.hpp"

namespace stactask::testing {

inline json::Value prune(const json::Value& value, const jsonpath::Reads& reads,
                         std::uint32_t place = jsonpath::ReadMember::of_item) {
  const bool is_whole =
      place == jsonpath::ReadMember::of_item ? reads.is_everything : reads.members[place].is_whole;
  if (is_whole || !value.is_object()) return value;
  json::Value::object_t out;
  for (const auto& [key, below] : json::object_of(value)) {
    for (std::uint32_t i = 0; i < reads.members.size(); ++i) {
      if (reads.members[i].parent == place && reads.members[i].key == key)
        out.emplace(key, prune(below, reads, i));
    }
  }
  return out;
}

}  // namespace stactask::testing

// A value and the way that led down to it, whose JSON Pointer is put together only for a finding.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/value.hpp"

namespace stactask::payload {

/// Nodes live on the stack, each no longer than its parent.
struct Node {
  const json::Value* value = nullptr;  // null where there is no such member
  const Node* parent = nullptr;
  std::string_view key = {};  // of a member; where there is no parent, the pointer of this node
  std::size_t index = 0;      // of an element

  [[nodiscard]] bool exists() const { return value != nullptr; }
  [[nodiscard]] bool is_object() const { return exists() && value->is_object(); }
  [[nodiscard]] bool is_list() const { return exists() && value->is_array(); }
  [[nodiscard]] bool is_string() const { return exists() && value->is_string(); }
  /// The text of a string.
  [[nodiscard]] std::string_view text() const { return json::string_of(*value); }

  [[nodiscard]] Node member(std::string_view name) const { return {json::member(value, name), this, name}; }
};

std::string pointer_of(const Node& node);

/// Visit the members of an object: `visit(Node)`.
template <typename Visit>
void for_each_member(const Node& object, Visit visit) {
  for (const auto& [key, value] : json::object_of(*object.value)) visit(Node{&value, &object, key});
}

/// Visit the elements of a list: `visit(Node)`.
template <typename Visit>
void for_each_element(const Node& list, Visit visit) {
  for (std::size_t i = 0; const json::Value& value : json::array_of(*list.value)) {
    visit(Node{&value, &list, {}, i++});
  }
}

}  // namespace stactask::payload

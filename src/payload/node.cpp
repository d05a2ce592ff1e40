#include "payload/node.hpp"

#include "json/pointer.hpp"

namespace stactask::payload {

std::string pointer_of(const Node& node) {
  if (node.parent == nullptr) return std::string(node.key);
  std::string pointer = pointer_of(*node.parent);
  const bool is_element = node.parent->value->is_array();
  json::append_token(pointer, is_element ? std::to_string(node.index) : std::string(node.key));
  return pointer;
}

}  // namespace stactask::payload

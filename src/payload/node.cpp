#include "payload/node.hpp"

#include "json/pointer.hpp"

namespace stactask::payload {

namespace {

void append_pointer(std::string& pointer, const Node& node) {
  if (node.parent == nullptr) {
    pointer.append(node.key);
    return;
  }
  append_pointer(pointer, *node.parent);
  const bool is_element = node.parent->value->is_array();
  json::append_token(pointer, is_element ? std::string_view(std::to_string(node.index)) : node.key);
}

}  // namespace

std::string pointer_of(const Node& node) {
  std::string pointer;
  pointer.reserve(64);  // enough for most, at once
  append_pointer(pointer, node);
  return pointer;
}

}  // namespace stactask::payload

// A payload's text, read as far as its rules for collections look at it.
#pragma once

#include <cstddef>
#include <forward_list>
#include <span>
#include <string>
#include <string_view>

#include "json/scanner.hpp"
#include "json/value.hpp"
#include "payload/document.hpp"
#include "task/collections.hpp"

namespace stactask::task {

struct PayloadRules {
  payload::Document document;
  std::forward_list<json::Value>
      made;  // values that `document.payload` points into and that stand in no text
  payload::Located definition;
  Rules rules;
};

/// Read and validate a payload, as Python's Task does before anything else, with an index of its features for
/// `for_each_item` if that will read parts of them. `text` is followed by `json::text_padding` zero bytes and
/// loses its byte order mark. The result is empty, or the answer of the
/// call:
/// `{"issues": […]}` for what is no JSON, `{"issue": {…}}` for Python's first error.
std::string read_payload_rules(std::string_view& text, bool is_bytes, payload::Reading reading,
                               PayloadRules& out);

/// The rules of a payload whose `process` is this, or null where it has none.
Rules rules_of_process(const json::Value* process);

/// Visit the items in their order: in the payload's text by `visit_text(index, scanner, members)`, with a
/// scanner that has come to the item and is to be left behind it, and the item's members if they are indexed;
/// items that stand in no text by `visit(index, item)`. Both return whether to go on.
template <typename Visit, typename VisitText>
void for_each_item(std::string_view text, const payload::Document& document, Visit visit,
                   VisitText visit_text) {
  if (document.features_offset == 0) {
    const json::Value* features = document.payload.features.value;
    if (features == nullptr) return;
    for (std::size_t index = 0; const json::Value& item : json::array_of(*features)) {
      if (!visit(index++, item)) return;
    }
    return;
  }
  json::Scanner scanner(text);
  const auto& [features, members, is_full] = document.index;
  if (features.empty() || is_full) {
    scanner.seek(document.features_offset);
    scanner.array([&](std::size_t index) { return visit_text(index, scanner, Members()); });
    return;
  }
  std::size_t from = 0;
  for (std::size_t index = 0; index < features.size(); ++index) {
    const auto [offset, end] = features[index];
    scanner.seek(offset);
    if (!visit_text(index, scanner, Members(std::span(members).subspan(from, end - from)))) return;
    from = end;
  }
}

}  // namespace stactask::task

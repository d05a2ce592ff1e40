// A payload's text, read as far as its rules for collections look at it.
#pragma once

#include <cstddef>
#include <forward_list>
#include <span>
#include <string>
#include <string_view>

#include "json/scanner.hpp"
#include "json/value.hpp"
#include "jsonpath/read_parts.hpp"
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

/// Visit the items in the order of the text: `visit(index, item)` returns whether to go on. Each item is read
/// for its visit alone, as far as `reads` says.
template <typename Visit>
void for_each_item(std::string_view text, const PayloadRules& payload, const jsonpath::Reads& reads,
                   Visit visit) {
  const payload::Document& document = payload.document;
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
  if (!features.empty() && !is_full && !reads.is_everything) {
    const std::span<const json::MemberPlace> all = members;
    std::size_t from = 0;
    for (std::size_t index = 0; index < features.size(); ++index) {
      const auto [offset, end] = features[index];
      json::Value item;
      scanner.seek(offset);
      const bool is_read = scanner.peek() == '{'
                               ? jsonpath::read_parts(scanner, all.subspan(from, end - from), reads, item)
                               : jsonpath::read_parts(scanner, reads, item);
      if (!is_read || !visit(index, std::move(item))) return;
      from = end;
    }
    return;
  }
  scanner.seek(document.features_offset);
  scanner.array([&](std::size_t index) {
    json::Value item;
    return jsonpath::read_parts(scanner, reads, item) && visit(index, std::move(item));
  });
}

}  // namespace stactask::task

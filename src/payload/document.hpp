// A payload's text, read as far as checking looks at it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "json/reader.hpp"
#include "json/scanner.hpp"
#include "json/value.hpp"
#include "payload/accessors.hpp"

namespace stactask::payload {

struct Document {
  Payload payload;
  std::optional<json::SyntaxError> syntax_error;
  bool root_is_object = false;
  std::vector<json::DuplicateKey> duplicates;  // at the root, in `process` and atop each feature
  std::vector<json::Oddity> oddities;          // anywhere

  // What `payload` points into.
  json::Value root;  // where the root is no object
  json::Value process;
  json::Value features;  // of a list an empty one: its elements are checked for grammar only
};

/// Check all of the text's grammar and read what matters. `text` must be followed by
/// `json::text_padding` bytes, zeros. Feature keys are looked at only if `look_at_features`.
void read_document(std::string_view text, bool look_at_features, Document& document);

}  // namespace stactask::payload

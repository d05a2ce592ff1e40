// Malformed JSON as a finding, with what Python's json.loads says of it.
#pragma once

#include <optional>
#include <string_view>

#include "json/syntax.hpp"
#include "payload/findings.hpp"

namespace stactask::payload {

/// `text` is what was scanned, `is_bytes` whether the caller gave bytes: then Python decodes all of it
/// before it reads any JSON, so an encoding error anywhere comes first.
[[gnu::noinline]] Finding syntax_finding(std::string_view text, const json::SyntaxError& error,
                                         bool is_bytes);

/// A finding if bytes are UTF-16 or UTF-32, by the rule of Python's json.detect_encoding.
std::optional<Finding> encoding_finding(std::string_view bytes);

}  // namespace stactask::payload

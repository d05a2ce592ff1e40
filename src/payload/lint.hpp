// What Python accepts in silence, and what surprises or fails later.
#pragma once

#include <string_view>

#include "payload/document.hpp"
#include "payload/findings.hpp"

namespace stactask::payload {

/// Everything that lint has to say of a payload whose JSON is well-formed.
[[gnu::noinline]] void lint(std::string_view text, const Document& document, Findings& findings);

}  // namespace stactask::payload

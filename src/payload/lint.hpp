// What Python accepts in silence, and what surprises or fails later.
#pragma once

#include <string_view>

#include "payload/document.hpp"
#include "payload/findings.hpp"

namespace stactask::payload {

/// Everything that lint has to say of a payload whose JSON is well-formed.
[[gnu::noinline]] void lint(std::string_view text, const Document& document, Findings& findings);

/// Whether neither Python nor lint has anything to say of a payload whose `process` is known to be clean.
bool is_clean(std::string_view text, const Document& document);

/// Remember the `process` of a payload of which neither had anything to say.
void remember_clean_process(std::string_view text, const Document& document);

}  // namespace stactask::payload

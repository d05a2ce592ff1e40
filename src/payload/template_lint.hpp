// Path templates: whether they can be read, and whether the payload's items can fill them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "payload/definition_lint.hpp"
#include "payload/findings.hpp"

namespace stactask::payload {

/// Report what is wrong or surprising in templates. `features_offset` is where the list of items stands
/// in the well-formed text, or 0 where nothing is known of the items that will fill the templates.
void lint_templates(std::string_view text, std::span<const PathTemplate> templates,
                    std::size_t features_offset, Findings& findings);

}  // namespace stactask::payload

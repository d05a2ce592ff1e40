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

/// The variables of templates that some item must have.
std::vector<std::string> wanted_variables(std::span<const PathTemplate> templates);

/// Whether each variable is found in an item of the list at `features_offset`, or there is no item.
bool can_fill(std::string_view text, std::size_t features_offset, std::span<const std::string> variables);

}  // namespace stactask::payload

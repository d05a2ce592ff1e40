// What Python does not check of a process definition before it uses it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "payload/findings.hpp"
#include "payload/node.hpp"

namespace stactask::payload {

/// A path template and where it stands.
struct PathTemplate {
  std::string_view text;
  std::string pointer;
};

/// Report what is odd or wrong in a definition, which must be an object. Its path templates are put into
/// `templates`, for payload/template_lint.hpp.
void lint_definition(const Node& definition, std::vector<PathTemplate>& templates, Findings& findings);

/// Report members of the wrong kind in a definition that Payload.validate does not look at: one for a later
/// workflow.
void lint_kinds(const Node& definition, Findings& findings);

/// Report keys of an object that are not known but near to one that is. `known` has the known keys,
/// separated by blanks.
void lint_keys(const Node& object, std::string_view known, Findings& findings);

}  // namespace stactask::payload

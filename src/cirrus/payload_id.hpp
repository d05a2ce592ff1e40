// A payload's id: `{collections}/workflow-{workflow}/{item ids}`.
#pragma once

#include <string_view>

namespace stactask::cirrus {

/// Whether Cirrus takes the text for an id (cirrus: CirrusPayload.validate, `.+/workflow-[^/]+/.+`).
bool is_payload_id(std::string_view id);

/// Whether an id may name this workflow.
bool names_workflow(std::string_view id, std::string_view workflow);

}  // namespace stactask::cirrus

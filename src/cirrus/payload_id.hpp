// A payload's id: `{collections}/workflow-{workflow}/{item ids}`.
#pragma once

#include <string>
#include <string_view>

#include "task/failure.hpp"

namespace stactask::cirrus {

/// Whether Cirrus takes the text for an id (cirrus: CirrusPayload.validate, `.+/workflow-[^/]+/.+`).
bool is_payload_id(std::string_view id);

/// Whether an id may name this workflow.
bool names_workflow(std::string_view id, std::string_view workflow);

/// The id that a payload without one gets (cirrus: CirrusPayload.set_id), from the collections and ids of its
/// items, each in the order of code points. `text` is a well-formed object, followed by `json::text_padding`
/// zero bytes. False where Python raises, and `failure` says what.
bool make_payload_id(std::string_view text, std::string& id, task::Failure& failure);

}  // namespace stactask::cirrus

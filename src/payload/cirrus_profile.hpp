// What Cirrus asks of a payload beyond stac-task.
#pragma once

#include <string_view>

#include "payload/document.hpp"
#include "payload/findings.hpp"

namespace stactask::payload {

/// What CirrusPayload.validate raises after Payload.validate, all of it, in its order.
void validate_for_cirrus(const Document& document, Findings& findings);

/// What it accepts in silence.
void lint_for_cirrus(std::string_view text, const Document& document, Findings& findings);

}  // namespace stactask::payload

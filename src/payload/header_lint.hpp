// Headers of uploads, which are boto3's arguments and not HTTP's names.
#pragma once

#include "payload/findings.hpp"
#include "payload/node.hpp"

namespace stactask::payload {

/// Report names and values of an object of headers that S3 does not take.
void lint_headers(const Node& headers, Findings& findings);

}  // namespace stactask::payload

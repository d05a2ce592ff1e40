// Findings as the JSON that the host turns into its report.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "json/writer.hpp"
#include "payload/findings.hpp"

namespace stactask::payload {

/// `{"valid", "issues", "counts"}`, or an empty string when there is nothing to say. With
/// `has_source`, each issue has its range in `text`.
[[gnu::noinline]] std::string write_report(std::string_view text, std::span<const Finding> findings,
                                           bool has_source);

/// One issue without its range.
void write_issue_members(json::Writer& writer, const Finding& finding);

}  // namespace stactask::payload

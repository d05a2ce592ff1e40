// Findings as the JSON that the host turns into its report.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/writer.hpp"
#include "payload/findings.hpp"

namespace stactask::payload {

struct ReportOptions {
  bool has_source = true;         // `text` is what the user wrote: give places in it, and fixes
  std::size_t max_issues = 1000;  // more are counted and left out
};

/// `{"valid", "issues", "counts", "omitted"}`, or an empty string when there is nothing to say. First
/// what Python says, in its order, then what it does not say, by its place in the text.
[[gnu::noinline]] std::string write_report(std::string_view text, const Findings& said,
                                           const Findings& unsaid, const ReportOptions& options);

/// One issue without its range.
void write_issue_members(json::Writer& writer, const Finding& finding);

}  // namespace stactask::payload

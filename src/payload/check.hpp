// Checking a payload: from its text to the report.
#pragma once

#include <string>
#include <string_view>

#include "payload/document.hpp"
#include "payload/report.hpp"

namespace stactask::payload {

struct CheckOptions {
  bool lint = true;       // report what Python accepts in silence, too
  bool is_bytes = false;  // the caller gave bytes, not a string: Python decodes them first
  bool cirrus = false;    // ask what Cirrus asks beyond stac-task (src/cirrus/profile.hpp)
  bool items = false;     // check each feature as a STAC Item (payload/items.hpp)
  ReportOptions report = {};
};

/// The report as JSON, in the shape of js/report.js, or an empty string for a valid payload without any
/// finding. `text` is UTF-8 in which lone surrogates may stand, followed by `json::text_padding` zero
/// bytes.
std::string check(std::string_view text, const CheckOptions& options);

/// The same with an empty document that the caller keeps, or leaves to an arena.
std::string check(std::string_view text, const CheckOptions& options, Document& document);

/// Whether text is JSON, no more: a report as from `check` if it is not; otherwise what a strict parser
/// must know of it, `{"nonFinite": [[offset, length], …], "hasRawSurrogates": bool}` with offsets and
/// lengths in UTF-16 units, or an empty string if there is nothing to know.
std::string check_syntax(std::string_view text, bool is_bytes);

/// Take a byte order mark off where the caller gave bytes, and see whether the rest is JSON: empty, or the
/// report of `check_syntax`.
std::string refuse_malformed(std::string_view& text, bool is_bytes);

/// A report of one finding that the host made: `text` is `{"code", "pointer", "argument"}`.
std::string describe(std::string_view text);

}  // namespace stactask::payload

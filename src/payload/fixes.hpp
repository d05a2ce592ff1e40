// Edits of the source text that mend what was found.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/locate.hpp"

namespace stactask::payload {

struct Finding;

/// Replace the bytes of `range` by `text`, UTF-8.
struct Edit {
  json::ByteRange range;
  std::string text;
};

struct Fix {
  std::string title;
  /// Python reads the payload after it as it did before, or failed on it before.
  bool safe;
  std::vector<Edit> edits;  // none overlaps another
};

/// The fix of a finding about the member at `place` of a well-formed text, where there is one.
[[gnu::noinline]] std::optional<Fix> fix_of(std::string_view text, const Finding& finding,
                                            const json::Place& place);

/// The edits that make JSON of a text that is none, where its errors are such that their remedy is plain:
/// control characters and unknown escapes in strings, and commas behind the last element.
[[gnu::noinline]] std::optional<Fix> fix_of_syntax(std::string_view text);

}  // namespace stactask::payload

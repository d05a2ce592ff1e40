// What the scanner says of a text, by all three walks: they must always agree.
#pragma once

#include <string>
#include <string_view>

#include "support.hpp"
#include "walks.hpp"

namespace stactask::testing {

/// What all three say; a disagreement is a failure.
inline Verdict scan(std::string_view text) {
  const Padded padded(text);
  const Verdict skipped = skip(padded.view());
  const Verdict was_read = read(padded.view());
  const Verdict visited = visit(padded.view());
  if (skipped != was_read || skipped != visited) {
    INFO("text: ", std::string(text));
    CHECK(skipped == was_read);
    CHECK(skipped == visited);
  }
  return skipped;
}

}  // namespace stactask::testing

// Places in a text, as editors count them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace stactask::json {

/// `offset` counts UTF-16 units from 0; `line` and `column` (UTF-16 units) count from 1. A line ends
/// at LF, CRLF or a lone CR.
struct Position {
  std::size_t offset = 0;
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The positions of byte offsets, in any order. One pass over the text, up to the last.
std::vector<Position> positions_of(std::string_view text, std::span<const std::size_t> offsets);

}  // namespace stactask::json

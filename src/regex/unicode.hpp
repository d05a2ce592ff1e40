// Python's classes of characters and its lower case, by the tables of Unicode 14.
#pragma once

#include <cstdint>
#include <vector>

#include "regex/pool.hpp"
#include "regex/syntax.hpp"

namespace stactask::regex {

/// A way through the table from its beginning: for the parser and for what is rare.
bool is_in_class(Class in, char32_t code_point);

/// What a decimal digit of any script stands for, or -1.
int digit_value(char32_t code_point);

/// Where a class begins and ends, in turn.
std::vector<std::uint32_t> boundaries_of(Class in);

/// Python: _sre.unicode_tolower.
char32_t to_lower(char32_t code_point);

/// Characters `distance` apart, from `first` to `last`, whose lower case is `shift` further on.
struct CaseRun {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t distance;
  std::uint32_t shift;  // modulo 2^32

  [[nodiscard]] bool contains(std::uint32_t code_point) const {
    return code_point >= first && code_point <= last && (code_point - first) % distance == 0;
  }
};

/// Append all characters that have a lower case, in ascending order.
void read_case_runs(Pool<CaseRun>& runs);

}  // namespace stactask::regex

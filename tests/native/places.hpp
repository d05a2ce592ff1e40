// Places in texts, to compare and to print.
#pragma once

#include <ostream>

#include "json/locate.hpp"

namespace stactask::json {

inline bool operator==(const ByteRange& left, const ByteRange& right) {
  return left.start == right.start && left.end == right.end;
}

inline bool operator==(const Place& left, const Place& right) {
  return left.value == right.value && left.key == right.key;
}

inline std::ostream& operator<<(std::ostream& out, const ByteRange& range) {
  return out << "[" << range.start << ", " << range.end << ")";
}

}  // namespace stactask::json

namespace stactask::testing {

inline std::string_view slice(std::string_view text, json::ByteRange range) {
  return text.substr(range.start, range.end - range.start);
}

/// Enough for the pointers of any test that is not about the limit.
constexpr std::size_t no_limit = static_cast<std::size_t>(-1);

}  // namespace stactask::testing

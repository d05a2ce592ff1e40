#include "regex/pool.hpp"

#include <cstring>

namespace stactask::regex {

void* enlarge(void* block, std::size_t used, std::size_t wanted) {
  void* const larger = std::malloc(wanted);
  if (larger == nullptr) std::abort();
  if (used > 0) std::memcpy(larger, block, used);
  std::free(block);
  return larger;
}

}  // namespace stactask::regex

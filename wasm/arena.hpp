// The memory of one call. A call reads a text and writes an answer, so what it allocates is thrown away at
// once when the next begins: `malloc` moves a pointer, `free` does nothing (but for what was allocated last),
// and no call can leak into another. What should outlive a call is kept with all that the call has allocated.
#pragma once

#include <cstddef>

namespace stactask::arena {

/// Forget everything that was allocated since the chunk was initialised, or since the last `keep`.
void reset();

/// Let everything that is allocated now outlive `reset`.
void keep();

/// Forget what was kept, too.
void clear();

/// Bytes that are allocated, those that are kept included.
std::size_t used();

/// Make the block that was allocated last longer, in its place. False if there is no memory for it.
bool extend_last(std::size_t size);

}  // namespace stactask::arena

// The memory of one call. A call reads a text, writes an answer and keeps nothing, so what it allocates is
// thrown away at once when the next begins: `malloc` moves a pointer, `free` does nothing (but for what was
// allocated last), and no call can leak into another.
#pragma once

#include <cstddef>

namespace stactask::arena {

/// Forget everything that was allocated since the chunk was initialised.
void reset();

/// Make the block that was allocated last longer, in its place. False if there is no memory for it.
bool extend_last(std::size_t size);

}  // namespace stactask::arena

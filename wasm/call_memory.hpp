// How a text comes into a chunk and an answer out of it: through linear memory, not through embind strings,
// which corrupt lone surrogates.
//
// A call: `reserve` a buffer, write UTF-8 into it, call a function with the length of the text, and
// read the answer, JSON in ASCII, from `resultPointer` for as many bytes as the function returned.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stactask::call_memory {

/// The address of a buffer for a text of so many bytes, or 0 if there is no memory for it. What the call
/// before has left is gone, its answer included, but for what the arena keeps.
std::uintptr_t reserve(std::size_t length);

/// The same buffer, made longer before anything else is called; it keeps what was written.
std::uintptr_t grow(std::size_t length);

/// The text in the buffer, with the padding that the scanner asks for.
std::string_view text_of(std::size_t length);

/// Keep an answer for the host; how many bytes it has.
std::size_t answer(std::string text);

std::uintptr_t result_pointer();

/// Let go of the answer of the call before.
void forget_answer();

/// The host's seed for hashing.
void seed(std::uint32_t low, std::uint32_t high);

}  // namespace stactask::call_memory

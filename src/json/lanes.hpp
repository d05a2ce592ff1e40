// Sixteen bytes at a time: the few vector operations that the scanner needs, written once for wasm
// SIMD128, SSE2 and plain C++ by the vector extension that Clang and GCC share.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace stactask::json {

using Byte = unsigned char;

/// Bytes that must be readable (any content but whitespace and digits; zeros by convention) after the
/// end of every text that is scanned, so that a vector load near the end stays inside the buffer.
inline constexpr std::size_t text_padding = 64;

using Lanes = std::uint8_t __attribute__((vector_size(16)));
using LaneMask = std::int8_t __attribute__((vector_size(16)));  // each lane 0 or -1

inline Lanes load_lanes(const Byte* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

/// Bit i is set where lane i of `mask` is.
inline std::uint32_t lane_bits(LaneMask mask) {
#if defined(__wasm_simd128__)
  return static_cast<std::uint32_t>(__builtin_wasm_bitmask_i8x16(mask));
#elif defined(__SSE2__)
  return static_cast<std::uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(mask)));
#else
  std::uint32_t bits = 0;
  for (int lane = 0; lane < 16; ++lane) bits |= (mask[lane] != 0 ? 1U : 0U) << lane;
  return bits;
#endif
}

}  // namespace stactask::json

// The vector operations that the scanner stands on, for every content of a mask.

#include "json/lanes.hpp"

#include <array>

#include "doctest.hpp"

#if defined(STACTASK_PORTABLE_LANES) && (defined(__SSE2__) || defined(__wasm_simd128__))
#error "this build is meant to test the plain C++ of lane_bits"
#endif

namespace stactask::testing {

using json::Byte;
using json::lane_bits;
using json::Lanes;
using json::load_lanes;

TEST_CASE("lanes: one bit for each lane, the first lane lowest") {
  for (std::uint32_t bits = 0; bits <= 0xFFFF; ++bits) {
    std::array<Byte, 16> bytes{};
    for (std::size_t lane = 0; lane < bytes.size(); ++lane) bytes.at(lane) = (bits >> lane & 1) != 0 ? 7 : 0;
    const Lanes lanes = load_lanes(bytes.data());
    if (lane_bits(lanes == 7) == bits && lane_bits(lanes != 0) == bits) continue;
    FAIL_CHECK("wrong for ", bits);
  }
}

TEST_CASE("lanes: bytes compare as unsigned, at any address") {
  for (std::size_t shift = 0; shift < 16; ++shift) {
    std::array<Byte, 32> bytes{};
    for (std::size_t i = 0; i < 16; ++i) bytes.at(shift + i) = static_cast<Byte>(i * 17);
    const Lanes lanes = load_lanes(bytes.data() + shift);
    CHECK(lane_bits(lanes >= 0x80) == 0xFF00);
    CHECK(lane_bits(lanes < 0x22) == 0x0003);
    CHECK(lane_bits(lanes == 0xFF) == 0x8000);
    CHECK(lane_bits((lanes - static_cast<Byte>('0')) < 10) == 0x0008);
  }
}

}  // namespace stactask::testing

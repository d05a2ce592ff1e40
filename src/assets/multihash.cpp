#include "assets/multihash.hpp"

#include <cstdint>

#include "json/join.hpp"

namespace stactask::assets {

namespace {

// multiformats/multicodec: table.csv, those with a tag multihash that files are hashed with.
struct Algorithm {
  std::uint16_t code;
  std::uint8_t length;  // bytes; 0 where it may be any
  const char* name;
};
constexpr Algorithm algorithms[] = {{0x11, 20, "sha1"},
                                    {0x12, 32, "sha2-256"},
                                    {0x13, 64, "sha2-512"},
                                    {0x14, 64, "sha3-512"},
                                    {0x15, 48, "sha3-384"},
                                    {0x16, 32, "sha3-256"},
                                    {0x17, 28, "sha3-224"},
                                    {0x18, 32, "shake-128"},
                                    {0x19, 64, "shake-256"},
                                    {0x1A, 28, "keccak-224"},
                                    {0x1B, 32, "keccak-256"},
                                    {0x1C, 48, "keccak-384"},
                                    {0x1D, 64, "keccak-512"},
                                    {0x1E, 0, "blake3"},
                                    {0x20, 48, "sha2-384"},
                                    {0xD4, 16, "md4"},
                                    {0xD5, 16, "md5"},
                                    {0x1013, 28, "sha2-224"},
                                    {0x1014, 28, "sha2-512-224"},
                                    {0x1015, 32, "sha2-512-256"},
                                    {0x1053, 20, "ripemd-160"}};

// BLAKE2 has a code for each length of its digest.
constexpr std::uint64_t first_blake2b = 0xB201;
constexpr std::uint64_t first_blake2s = 0xB241;
constexpr std::uint64_t last_blake2s = 0xB260;

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Takes a number off, seven bits to a byte, the lowest first.
bool take_number(std::string_view& text, std::uint64_t& out) {
  out = 0;
  for (unsigned shift = 0; shift < 63 && text.size() >= 2; shift += 7) {
    const auto byte = static_cast<unsigned>(digit(text[0]) * 16 + digit(text[1]));
    text.remove_prefix(2);
    out |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

std::string hexadecimal(std::uint64_t code) {
  std::string digits;
  for (; code != 0 || digits.empty(); code >>= 4)
    digits.insert(digits.begin(), "0123456789abcdef"[code & 0xF]);
  return json::join({"0x", digits});
}

bool name_algorithm(std::uint64_t code, std::uint64_t length, Checksum& out) {
  for (const Algorithm& known : algorithms) {
    if (known.code != code) continue;
    out.algorithm = known.name;
    return known.length == 0 || known.length == length;
  }
  if (code < first_blake2b || code > last_blake2s) {
    out.algorithm = hexadecimal(code);
    return true;
  }
  const bool is_2b = code < first_blake2s;
  const std::uint64_t bytes = code - (is_2b ? first_blake2b : first_blake2s) + 1;
  out.algorithm = json::join({is_2b ? "blake2b-" : "blake2s-", std::to_string(bytes * 8)});
  return bytes == length;
}

}  // namespace

bool read_multihash(std::string_view text, Checksum& out) {
  out.digest.clear();
  for (const char c : text) {
    const int value = digit(c);
    if (value < 0) return false;
    out.digest.push_back("0123456789abcdef"[value]);
  }
  std::uint64_t code = 0;
  std::uint64_t length = 0;
  std::string_view rest = out.digest;
  if (!take_number(rest, code) || !take_number(rest, length)) return false;
  if (length == 0 || rest.size() % 2 != 0 || rest.size() / 2 != length) return false;
  out.digest.erase(0, out.digest.size() - rest.size());
  return name_algorithm(code, length, out);
}

}  // namespace stactask::assets

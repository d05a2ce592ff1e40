// Checksums of the file extension: multihashes in hexadecimal digits.
#pragma once

#include <string>
#include <string_view>

namespace stactask::assets {

/// A checksum; `digest` in hexadecimal digits of lower case.
struct Checksum {
  std::string algorithm;  // multiformats' name: sha2-256, blake2b-512 …; `0x…` where it is not in our table
  std::string digest;
};

/// False where the text is no multihash, or its digest does not have the length of its algorithm.
bool read_multihash(std::string_view text, Checksum& out);

}  // namespace stactask::assets

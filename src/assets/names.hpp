// Under which name an asset is saved.
#pragma once

#include <string>
#include <string_view>

#include "assets/error.hpp"

namespace stactask::assets {

/// The base name of an address: of a URL decoded, of a path as it is. Empty where it ends with a slash.
std::string file_name(std::string_view href);

/// The key and the suffix that the address has, `.tif`.
std::string key_name(std::string_view key, std::string_view href);

/// Why a name should not be written to, or no error: each of its segments must be the plain name of a file on
/// every system.
Error name_error(std::string_view name);

/// The same text for names that some file systems take for one: letters of Latin, Greek and Cyrillic in lower
/// case.
std::string folded(std::string_view name);

}  // namespace stactask::assets

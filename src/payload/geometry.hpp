// GeoJSON geometries (RFC 7946) as far as STAC Items have them.
#pragma once

#include <cstddef>
#include <string_view>

#include "json/scanner.hpp"
#include "payload/item_findings.hpp"

namespace stactask::payload::item {

/// Check `coordinates`, which stand at `start`, for a geometry of this type. False for a type that an Item
/// cannot have.
bool check_coordinates(json::Scanner& scanner, std::string_view type, const Path& path, std::size_t start,
                       Reporter& reporter);

/// A list of numbers: how many, and the first of them.
struct Numbers {
  static constexpr std::size_t max_kept = 6;

  double kept[max_kept] = {};
  std::size_t count = 0;
};

/// Read the list of numbers that begins at the scanner's next byte. False if that is something else; the
/// value is passed over either way.
bool read_numbers(json::Scanner& scanner, Numbers& out);

/// Read the number that begins at the scanner's next byte, likewise.
bool read_number(json::Scanner& scanner, double& out);

}  // namespace stactask::payload::item

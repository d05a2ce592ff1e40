#include "assets/media_type.hpp"

#include <algorithm>

#include "json/words.hpp"

namespace stactask::assets {

namespace {

constexpr std::string_view octets = "application/octet-stream";

struct Pair {
  std::string_view one;
  std::string_view other;
};
constexpr Pair interchangeable[] = {
    {"image/tiff", "image/tiff; application=geotiff; profile=cloud-optimized"},
    {"image/tiff", "image/tiff; application=geotiff"},
    {"text/xml", "application/xml"}};

}  // namespace

std::string media_type_of(std::string_view header) {
  std::string_view type = json::take_part(header, ';');
  while (!type.empty() && type.front() <= ' ') type.remove_prefix(1);
  while (!type.empty() && type.back() <= ' ') type.remove_suffix(1);
  // Python: email/message.py, get_content_type.
  if (std::count(type.begin(), type.end(), '/') != 1) return std::string(octets);
  std::string out(type);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out;
}

bool fits(std::string_view actual, std::string_view expected) {
  if (actual == expected || actual == octets || actual == "binary/octet-stream") return true;
  for (const auto& [one, other] : interchangeable) {
    if ((actual == one && expected == other) || (actual == other && expected == one)) return true;
  }
  return false;
}

}  // namespace stactask::assets

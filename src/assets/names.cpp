#include "assets/names.hpp"

#include "assets/href.hpp"
#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/utf8.hpp"
#include "json/words.hpp"

namespace stactask::assets {

namespace {

constexpr std::size_t max_name = 255;    // bytes, as most file systems have it
constexpr std::size_t max_names = 4096;  // with those of the folders before it

// The path that names come from.
std::string path_of(std::string_view href) {
  const Href parts = split_href(href);
  return parts.is_path() ? std::string(href) : percent_decoded(parts.path);
}

std::string_view base_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Names that stand for devices on Windows, with any suffix.
bool is_device(std::string_view name) {
  std::string stem = folded(name.substr(0, name.find('.')));
  while (stem.ends_with(' ')) stem.pop_back();
  for (const std::string_view device : {"con", "prn", "aux", "nul", "conin$", "conout$"}) {
    if (stem == device) return true;
  }
  if (!stem.starts_with("com") && !stem.starts_with("lpt")) return false;
  const std::string_view number = std::string_view(stem).substr(3);
  // The last three are superscripts.
  for (const std::string_view superscript : {"\u00B9", "\u00B2", "\u00B3"}) {
    if (number == superscript) return true;
  }
  return number.size() == 1 && number[0] >= '0' && number[0] <= '9';
}

bool has_unsafe_character(std::string_view name) {
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || c == '/' || c == '\\' || c == ':') return true;
  }
  return false;
}

std::string_view fault(std::string_view name) {
  if (name.empty()) return "it is empty";
  if (name == "." || name == "..") return "it is a folder";
  if (has_unsafe_character(name)) return "it has a separator or a control character";
  if (name.ends_with('.') || name.ends_with(' ')) return "it ends with a dot or a blank";
  if (name.size() > max_name) return "it is longer than 255 bytes";
  return is_device(name) ? "it is the name of a device on Windows" : "";
}

char32_t lower(char32_t c) {
  const auto is_in = [&](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (is_in('A', 'Z') || is_in(0xC0, 0xDE) || is_in(0x391, 0x3A9) || is_in(0x410, 0x42F)) {
    return c == 0xD7 ? c : c + 32;
  }
  return is_in(0x400, 0x40F) ? c + 80 : c;
}

}  // namespace

// Python: stac_asset/_functions.py, Downloads.add.
std::string file_name(std::string_view href) {
  const std::string path = path_of(href);
  return std::string(base_of(path));
}

std::string key_name(std::string_view key, std::string_view href) {
  const std::string path = path_of(href);
  std::string_view base = path;
  // Python: pathlib.PurePath.suffix.
  while (base.ends_with('/')) base.remove_suffix(1);
  base = base_of(base);
  const std::size_t dot = base.rfind('.');
  const bool has_suffix = dot != std::string_view::npos && dot != 0 && dot + 1 != base.size();
  return json::join({key, has_suffix ? base.substr(dot) : ""});
}

Error name_error(std::string_view name) {
  std::string_view why = name.size() > max_names ? "it is too long" : "";
  std::string_view rest = name;
  // take_part does not tell `a/` from `a`.
  if (name.empty() || name.ends_with('/')) why = "it is empty";
  while (why.empty() && !rest.empty()) why = fault(json::take_part(rest, '/'));
  if (why.empty()) return {};
  return {"ValueError", "ERR_ASSET_NAME",
          json::join({"an asset cannot be saved as ", json::python_string_repr(name), ": ", why}),
          "Choose another name with the file name strategy KEY, or leave the asset out."};
}

std::string folded(std::string_view name) {
  std::string out;
  const auto* p = reinterpret_cast<const json::Byte*>(name.data());
  const auto* const end = p + name.size();
  while (p < end) {
    const json::Utf8Sequence sequence = json::read_utf8(p, end);
    json::append_utf8(out, lower(sequence.code_point));
    p += sequence.length == 0 ? 1 : sequence.length;
  }
  return out;
}

}  // namespace stactask::assets

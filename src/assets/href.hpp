// Addresses of assets and links: URLs, or paths of files.
#pragma once

#include <string>
#include <string_view>

namespace stactask::assets {

/// The parts of an address, as they stand in it, but for the scheme. They point into the text that was given.
struct Href {
  std::string scheme;          // in lower case; empty for a path. One letter is a drive and no scheme
  bool has_authority = false;  // whether `//` stood behind the scheme
  std::string_view authority;  // user, host and port
  std::string_view path;
  std::string_view suffix;  // query and fragment, with the `?` or `#` they begin with

  /// A path of the host's file system, or a `file:` URL.
  [[nodiscard]] bool is_local() const { return scheme.empty() || scheme == "file"; }
  /// A path and no URL of any kind. Its suffix is part of its name.
  [[nodiscard]] bool is_path() const { return scheme.empty() && !has_authority; }
};

/// A backslash ends the authority, as it does for what will fetch the address.
Href split_href(std::string_view href);

/// The host in lower case, without user and port.
std::string host_of(const Href& href);

/// Begins with a drive, `C:/`.
bool has_drive(std::string_view path);

/// Escapes such as `%20` decoded. Those that are no UTF-8 stay.
std::string percent_decoded(std::string_view text);

/// pystac/utils.py: make_posix_style.
std::string posix_style(std::string_view href);

/// pystac/utils.py: is_absolute_href. A path with a drive is absolute.
bool is_absolute(std::string_view href);

/// pystac/utils.py: make_absolute_href, with an absolute address of the file that has `href` in it. Of paths
/// of files, `?` and `#` are letters.
std::string make_absolute(std::string_view href, std::string_view file);

/// pystac/utils.py: make_relative_href. Only paths of the file system become relative.
std::string make_relative(std::string_view href, std::string_view file);

/// A path without empty and `.` segments, and without `..` but at its start. os.path.normpath.
std::string normal_path(std::string_view path);

}  // namespace stactask::assets

#include "assets/href.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "json/join.hpp"
#include "json/utf8.hpp"
#include "json/words.hpp"

namespace stactask::assets {

namespace {

using Segments = std::vector<std::string_view>;

bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

// Length of the scheme, or 0.
std::size_t scheme_length(std::string_view href) {
  if (href.empty() || !is_letter(href[0])) return 0;
  std::size_t i = 1;
  const auto is_inside = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  };
  while (i < href.size() && is_inside(href[i])) ++i;
  return i > 1 && i < href.size() && href[i] == ':' ? i : 0;
}

Segments split_path(std::string_view path) {
  Segments out;
  do out.push_back(json::take_part(path, '/'));
  while (!path.empty());
  return out;
}

std::string join_path(const Segments& segments) {
  std::string out;
  for (bool first = true; const std::string_view segment : segments) {
    if (!std::exchange(first, false)) out.push_back('/');
    out.append(segment);
  }
  return out;
}

std::string_view folder_of(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }

// Python: urllib/parse.py, urljoin, of paths. `folder` ends with a slash, or is empty.
std::string join_url_path(std::string_view folder, std::string_view path) {
  if (path.empty()) return std::string(folder);
  const bool is_rooted = path.starts_with('/');
  Segments segments = is_rooted ? Segments() : split_path(folder);
  // Without the slash at the end, a path of several segments has none behind the last.
  const Segments added = split_path(path);
  segments.insert(segments.end(), added.begin(), added.end());
  if (path.ends_with('/')) segments.emplace_back();
  Segments out;
  const std::string_view last = segments.back();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string_view segment = segments[i];
    const bool is_inner = i != 0 && i + 1 != segments.size();
    if (segment == "." || (!is_rooted && is_inner && segment.empty())) continue;
    if (segment != "..") {
      out.push_back(segment);
    } else if (!out.empty()) {
      out.pop_back();
    }
  }
  if (last == "." || last == "..") out.emplace_back();
  std::string joined = join_path(out);
  return joined.empty() ? "/" : joined;
}

std::string with_path(const Href& base, std::string_view path, std::string_view suffix) {
  const std::string_view slash = base.has_authority && !path.starts_with('/') ? "/" : "";
  return json::join({base.scheme, ":", base.has_authority ? "//" : "", base.authority, slash, path, suffix});
}

// The path of a local address; of a plain path all of it.
std::string_view local_path(const Href& href, std::string_view text) {
  return href.is_path() ? text : href.path;
}

// Python: pystac/utils.py, _make_absolute_href_path.
std::string make_absolute_path(const Href& source, std::string_view href, const Href& start,
                               std::string_view file) {
  const std::string_view folder = folder_of(local_path(start, file));
  std::string path = normal_path(json::join({folder, local_path(source, href)}));
  // A folder such as `/vsitar//a` keeps its spelling.
  const std::string_view spelled = folder.substr(0, folder.size() - (folder.size() > 1 ? 1 : 0));
  const std::string normal = normal_path(spelled);
  if (normal != spelled && path.starts_with(normal)) path.replace(0, normal.size(), spelled);
  const bool is_url = !source.scheme.empty() || !start.scheme.empty();
  return json::join({is_url ? "file://" : "", path});
}

}  // namespace

bool has_drive(std::string_view path) {
  return path.size() > 2 && is_letter(path[0]) && path[1] == ':' && (path[2] == '/' || path[2] == '\\');
}

Href split_href(std::string_view href) {
  Href out;
  const std::size_t length = scheme_length(href);
  if (length != 0) {
    out.scheme = lower(href.substr(0, length));
    href.remove_prefix(length + 1);
  }
  if (href.starts_with("//")) {
    out.has_authority = true;
    const std::size_t end = std::min(href.find_first_of("/\\?#", 2), href.size());
    out.authority = href.substr(2, end - 2);
    href.remove_prefix(end);
  }
  const std::size_t end = std::min(href.find_first_of("?#"), href.size());
  out.path = href.substr(0, end);
  out.suffix = href.substr(end);
  return out;
}

std::string host_of(const Href& href) {
  std::string_view host = href.authority;
  host.remove_prefix(host.rfind('@') + 1);
  const std::size_t bracket = host.find(']');
  const std::size_t from = bracket == std::string_view::npos ? 0 : bracket;
  return lower(host.substr(0, host.find(':', from)));
}

std::string percent_decoded(std::string_view text) {
  const auto digit = [&](std::size_t i) {
    const char c = i < text.size() ? lower(text[i]) : '?';
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  const auto is_escape = [&](std::size_t i) {
    return i < text.size() && text[i] == '%' && digit(i + 1) >= 0 && digit(i + 2) >= 0;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_escape(i)) {
      out.push_back(text[i++]);
      continue;
    }
    // As many escapes as a character may have.
    json::Byte bytes[4] = {};
    int count = 0;
    for (std::size_t at = i; count < 4 && is_escape(at); at += 3) {
      bytes[count++] = static_cast<json::Byte>(digit(at + 1) * 16 + digit(at + 2));
    }
    const json::Utf8Sequence sequence = json::read_utf8(bytes, bytes + count);
    if (sequence.length == 0 || json::is_surrogate(sequence.code_point)) {
      out.append(text.substr(i, 3));
      i += 3;
    } else {
      json::append_utf8(out, sequence.code_point);
      i += static_cast<std::size_t>(sequence.length) * 3;
    }
  }
  return out;
}

std::string posix_style(std::string_view href) {
  std::string out;
  for (std::size_t i = 0; i < href.size(); ++i) {
    const bool is_backslash = href[i] == '\\';
    out.push_back(is_backslash ? '/' : href[i]);
    if (is_backslash && href.substr(i + 1).starts_with('\\')) ++i;
  }
  return out;
}

bool is_absolute(std::string_view href) {
  const Href parts = split_href(href);
  return !parts.is_local() || parts.path.starts_with('/') || has_drive(parts.path);
}

std::string make_absolute(std::string_view href, std::string_view file) {
  const Href source = split_href(href);
  const Href start = split_href(file);
  if (source.is_local() && start.is_local()) {
    return is_absolute(href) ? std::string(href) : make_absolute_path(source, href, start, file);
  }
  if (!source.scheme.empty()) return std::string(href);
  const std::size_t slash = start.path.rfind('/');
  const std::string folder = slash == std::string_view::npos ? "/" : std::string(folder_of(start.path));
  return with_path(start, join_url_path(folder, source.path), source.suffix);
}

std::string normal_path(std::string_view path) {
  const bool is_rooted = path.starts_with('/');
  Segments out;
  for (const std::string_view segment : split_path(path)) {
    if (segment.empty() || segment == ".") continue;
    if (segment != ".." || (out.empty() && !is_rooted) || (!out.empty() && out.back() == "..")) {
      out.push_back(segment);
    } else if (!out.empty()) {
      out.pop_back();
    }
  }
  if (out.empty()) return is_rooted ? "/" : ".";
  // Two slashes at the start, and no more, are kept by POSIX.
  const bool has_two = path.starts_with("//") && !path.starts_with("///");
  return json::join({has_two ? "//" : is_rooted ? "/" : "", join_path(out)});
}

std::string make_relative(std::string_view href, std::string_view file) {
  if (!split_href(href).is_path() || !split_href(file).is_path()) return std::string(href);
  const std::string from = normal_path(folder_of(file));
  const std::string to = normal_path(href);
  const Segments folders = split_path(from);
  const Segments parts = split_path(to);
  const std::size_t most = std::min(folders.size(), parts.size());
  std::size_t common = 0;
  while (common < most && folders[common] == parts[common]) ++common;
  std::string out;
  const bool is_below_root = from != "/";
  for (std::size_t i = std::max<std::size_t>(common, 1); is_below_root && i < folders.size(); ++i) {
    out.append("../");
  }
  if (out.empty()) out.append("./");
  for (std::size_t i = common; i < parts.size(); ++i) {
    out.append(parts[i]);
    if (i + 1 < parts.size()) out.push_back('/');
  }
  if (href.ends_with('/') && !out.ends_with('/')) out.push_back('/');
  return out;
}

}  // namespace stactask::assets

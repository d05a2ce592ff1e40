#include "assets/client.hpp"

#include "json/join.hpp"
#include "json/words.hpp"

namespace stactask::assets {

namespace {

constexpr std::string_view filesystem = "filesystem";
constexpr std::string_view s3 = "s3";
constexpr std::string_view planetary_computer = "planetary-computer";
constexpr std::string_view earthdata = "earthdata";
constexpr std::string_view http = "http";

bool is_at_or_below(std::string_view host, std::string_view domain) {
  if (!host.ends_with(domain)) return false;
  const std::size_t rest = host.size() - domain.size();
  return rest == 0 || host[rest - 1] == '.';
}

// Letters that mean themselves to everyone who reads a host or a bucket.
bool is_plain_name(std::string_view name) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
  return !name.empty() && name.find_first_not_of(letters) == std::string_view::npos;
}

// Empty where no client is known.
std::string_view guess(const Href& href) {
  if (href.scheme == s3) return s3;
  const std::string host = host_of(href);
  if (host.empty() || (href.scheme == "file" && host == "localhost")) {
    return href.is_local() ? filesystem : std::string_view();
  }
  const bool is_https = href.scheme == "https";
  if (is_https && is_plain_name(host)) {
    if (is_at_or_below(host, "blob.core.windows.net")) return planetary_computer;
    if (is_at_or_below(host, "earthdata.nasa.gov") || is_at_or_below(host, "earthdatacloud.nasa.gov"))
      return earthdata;
  }
  return is_https || href.scheme == http ? http : std::string_view();
}

std::string_view named(std::string_view name) {
  for (const std::string_view known : {filesystem, s3, planetary_computer, earthdata, http}) {
    if (name == known) return known;
  }
  return {};
}

// What URL parsers of browsers take out before they look.
std::string without_controls(std::string_view href) {
  while (!href.empty() && static_cast<unsigned char>(href.front()) <= ' ') href.remove_prefix(1);
  std::string out;
  for (const char c : href) {
    if (c != '\t' && c != '\n' && c != '\r') out.push_back(c);
  }
  return out;
}

void locate_file(const Href& parts, std::string_view href, Target& target) {
  if (parts.is_path()) {
    target.path = href;
    return;
  }
  if (!parts.is_local()) {
    target.error =
        href_error({"cannot read a file with the filesystem client if it has a url scheme: ", href});
    return;
  }
  target.path = percent_decoded(parts.path);
  // file:///C:/folder
  if (target.path.starts_with('/') && has_drive(std::string_view(target.path).substr(1)))
    target.path.erase(0, 1);
}

void locate_object(const Href& parts, std::string_view href, Target& target) {
  if (!is_plain_name(parts.authority)) {
    target.error = href_error({"invalid bucket name in href: ", href});
    return;
  }
  target.bucket = parts.authority;
  target.key = percent_decoded(parts.path.substr(parts.path.empty() ? 0 : 1));
}

}  // namespace

Target target_of(std::string_view href, std::string_view name) {
  const std::string clean = without_controls(href);
  const Href parts = split_href(clean);
  Target target;
  target.client = name.empty() ? guess(parts) : named(name);
  if (target.client.empty()) {
    target.error = name.empty()
                       ? href_error({"could not guess client class for href: ", href})
                       : Error{"ValueError", "ERR_CONFIG", json::join({"no client with name: ", name})};
  } else if (target.client == filesystem) {
    locate_file(parts, parts.is_path() ? href : clean, target);
  } else if (target.client == s3) {
    locate_object(parts, href, target);
  }
  return target;
}

void write_target(json::Writer& writer, const Target& target) {
  writer.key("client").string(target.client);
  if (!target.path.empty()) writer.key("path").string(target.path);
  if (!target.bucket.empty()) {
    writer.key("bucket").string(target.bucket).key("objectKey").string(target.key);
  }
}

}  // namespace stactask::assets

// Which client fetches an address, and what it asks for.
#pragma once

#include <string>
#include <string_view>

#include "assets/error.hpp"
#include "assets/href.hpp"

namespace stactask::assets {

/// stac_asset's `Client.name`, and the address in that client's terms.
struct Target {
  std::string_view client;
  std::string path;    // filesystem
  std::string bucket;  // s3
  std::string key;
  Error error;  // no client fetches this
};

/// stac_asset/client.py: Clients.get_client, made safe: a host gets a credential only if it is that of the
/// service, or below it. `name` overrides the choice unless it is empty.
Target target_of(std::string_view href, std::string_view name);

/// `"client"`, and `"path"` or `"bucket", "objectKey"`, for an object that is open.
void write_target(json::Writer& writer, const Target& target);

}  // namespace stactask::assets

// Where one asset is fetched from, and what is known of it before.
#pragma once

#include <string>

#include "assets/client.hpp"
#include "assets/members.hpp"
#include "assets/multihash.hpp"
#include "assets/storage.hpp"
#include "json/value.hpp"

namespace stactask::assets {

/// What applies to all assets of a call.
struct AddressRules {
  const json::Value* alternates = nullptr;  // names of alternates, the preferred first; null for none
  std::string_view client;                  // overrides the choice unless it is empty
};

struct Address {
  std::string original;  // the asset's own href, absolute where it can be; empty where it has none
  std::string href;      // what to fetch; empty where that is not known
  Target target;
  std::string_view type;
  Bytes size = unknown;
  Checksum checksum;
  Storage storage;
  Error error;  // the asset cannot be downloaded
};

/// `href` of an asset in posix style, or empty.
std::string href_member(const json::Value& asset);

/// stac_asset/_functions.py: get_absolute_asset_href. `self` is the absolute address of the object that has
/// the asset, or empty; relative alternates are relative to it. Without an address the error has no text yet.
Address address_of(const json::Value& asset, const json::Value& object, std::string_view self,
                   const AddressRules& rules);

/// `"href", "client", …, "type", "size", "checksum", "requesterPays"?, "region"?, "error"?`, for an object
/// that is open.
void write_address(json::Writer& writer, const Address& address);

}  // namespace stactask::assets

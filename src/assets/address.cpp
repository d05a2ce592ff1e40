#include "assets/address.hpp"

#include "assets/href.hpp"
#include "json/join.hpp"
#include "json/python_text.hpp"

namespace stactask::assets {

using json::member;
using json::Value;

namespace {

// The absolute address, or an empty text.
std::string absolute(std::string href, std::string_view self) {
  if (is_absolute(href)) return href;
  return self.empty() ? std::string() : make_absolute(href, self);
}

// Whether an item comes from where nobody should say which files of this machine are copied.
bool is_remote(std::string_view self) { return !self.empty() && target_of(self, {}).client != "filesystem"; }

// The preferred alternate that the asset has, or null.
const Value* alternate_of(const Value& asset, const Value* preferred) {
  const Value* all = member(&asset, "alternate");
  if (all == nullptr || !all->is_object() || preferred == nullptr || !preferred->is_array()) return nullptr;
  for (const Value& name : json::array_of(*preferred)) {
    const Value* found = name.is_string() ? member(all, json::string_of(name)) : nullptr;
    if (found != nullptr) return found;
  }
  return nullptr;
}

// What is wrong with an alternate. Python's texts.
Error alternate_error(const Value& asset, const Value& alternate) {
  if (!alternate.is_object()) return {"TypeError", "ERR_ASSET_HREF", json::python_subscript_error(alternate)};
  const Value* href = member(&alternate, "href");
  if (href == nullptr) {
    return href_error({"invalid alternate asset definition (missing href): ",
                       json::python_repr(*member(&asset, "alternate"))});
  }
  if (href->is_string()) return {};
  return {"TypeError", "ERR_ASSET_HREF",
          json::join({"expected str, bytes or os.PathLike object, not ", json::python_type_name(*href)})};
}

Error read_checksum(const Value& asset, Checksum& out) {
  const Value* checksum = member(&asset, "file:checksum");
  if (checksum == nullptr || checksum->is_null()) return {};
  if (checksum->is_string() && read_multihash(json::string_of(*checksum), out)) return {};
  out = {};
  return {
      "ValueError", "ERR_CHECKSUM",
      json::join({"file:checksum is no multihash in hexadecimal digits: ", json::python_repr(*checksum)})};
}

}  // namespace

std::string href_member(const Value& asset) { return posix_style(text_member(asset, "href")); }

Address address_of(const Value& asset, const Value& object, std::string_view self,
                   const AddressRules& rules) {
  Address out;
  const Value* const own = member(&asset, "href");
  if (own != nullptr && own->is_string()) out.original = absolute(href_member(asset), self);
  out.type = text_member(asset, "type");
  out.size = number_member(asset, "file:size");
  out.href = out.original;
  const Value* alternate = alternate_of(asset, rules.alternates);
  out.storage = storage_of(alternate, asset, object);
  if (alternate != nullptr) {
    out.error = alternate_error(asset, *alternate);
    out.href = out.error ? std::string() : absolute(href_member(*alternate), self);
  }
  if (Error error = read_checksum(asset, out.checksum); !out.error) out.error = std::move(error);
  if (out.href.empty()) {
    if (!out.error) out.error.code = "ERR_ASSET_HREF";
    return out;
  }
  out.target = target_of(out.href, rules.client);
  if (!out.error) out.error = out.target.error;
  if (!out.error && rules.client.empty() && out.target.client == "filesystem" && is_remote(self)) {
    out.error = {
        "ValueError", "ERR_LOCAL_FILE",
        json::join({"the asset is a file of this machine, but its item is not from here: ", out.href}),
        "With the client filesystem for all addresses, such files are read."};
  }
  return out;
}

void write_address(json::Writer& writer, const Address& address) {
  write_text(writer, "href", address.href);
  if (!address.target.client.empty()) write_target(writer, address.target);
  write_text(writer, "type", address.type);
  write_number(writer, "size", address.size);
  writer.key("checksum");
  if (address.checksum.algorithm.empty()) {
    writer.null();
  } else {
    writer.begin_object().key("algorithm").string(address.checksum.algorithm);
    writer.key("digest").string(address.checksum.digest).end_object();
  }
  if (address.storage.requester_pays) writer.key("requesterPays").boolean(true);
  if (!address.storage.region.empty()) writer.key("region").string(address.storage.region);
  if (address.error) write_error(writer, address.error);
}

}  // namespace stactask::assets

#include "assets/storage.hpp"

namespace stactask::assets {

using json::member;
using json::Value;

namespace {

const Value* scheme_named(const Value& object, const Value& name) {
  if (!name.is_string()) return nullptr;
  for (const Value* place : {member(&object, "properties"), &object}) {
    const Value* scheme = member(member(place, "storage:schemes"), json::string_of(name));
    if (scheme != nullptr) return scheme;
  }
  return nullptr;
}

// A field of version 1 in this place, or of the first scheme that the place names and that has it.
const Value* field_at(const Value* place, const Value& object, std::string_view old_name,
                      std::string_view name) {
  const Value* field = member(place, old_name);
  const Value* refs = member(place, "storage:refs");
  if (field != nullptr || refs == nullptr || !refs->is_array()) return field;
  for (const Value& ref : json::array_of(*refs)) {
    field = member(scheme_named(object, ref), name);
    if (field != nullptr) return field;
  }
  return nullptr;
}

}  // namespace

Storage storage_of(const Value* alternate, const Value& asset, const Value& object) {
  Storage out;
  const auto find = [&](std::string_view old_name, std::string_view name) {
    for (const Value* place : {alternate, &asset, member(&object, "properties"), &object}) {
      const Value* field = field_at(place, object, old_name, name);
      if (field != nullptr) return field;
    }
    return static_cast<const Value*>(nullptr);
  };
  const Value* pays = find("storage:requester_pays", "requester_pays");
  const Value* region = find("storage:region", "region");
  out.requester_pays = pays != nullptr && pays->is_boolean() && pays->get<bool>();
  if (region != nullptr && region->is_string()) out.region = json::string_of(*region);
  return out;
}

}  // namespace stactask::assets

// What the STAC specification asks of each member of an Item, as tables: which members an object of each
// kind may have, since which version, and how their values are checked. What ties members to one another
// is in payload/items.cpp.
//
// Source: the JSON Schemas of the STAC item-spec, 1.0.0 and 1.1.0.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stactask::payload::item {

enum class Version : std::uint8_t { v1_0, v1_1 };
constexpr std::size_t version_count = 2;

/// The objects that an Item is made of.
enum class Kind : std::uint8_t { item, properties, asset, link, provider, band, statistics, geometry };
constexpr std::size_t kind_count = 8;

// The version comes first, since members are visited in this order and it decides about the others.
// clang-format off
#define STACTASK_ITEM_NAMES(NAME)                                                                            \
  NAME(stac_version)                                                                                         \
  NAME(stac_extensions)                                                                                      \
  NAME(type) NAME(id) NAME(geometry) NAME(bbox) NAME(properties) NAME(links) NAME(assets) NAME(collection)   \
      NAME(coordinates) NAME(rel) NAME(href) NAME(title) NAME(method) NAME(headers) NAME(description)        \
          NAME(keywords) NAME(roles) NAME(bands) NAME(datetime) NAME(start_datetime) NAME(end_datetime)      \
              NAME(created) NAME(updated) NAME(data_type) NAME(nodata) NAME(statistics) NAME(unit)           \
                  NAME(platform) NAME(instruments) NAME(constellation) NAME(mission) NAME(gsd) NAME(license) \
                      NAME(providers) NAME(name) NAME(url) NAME(minimum) NAME(maximum) NAME(mean)            \
                          NAME(stddev) NAME(count) NAME(valid_percent)
// clang-format on

/// The members that have a rule anywhere.
enum class Name : std::uint8_t {
#define STACTASK_ITEM_NAME(name) name,
  STACTASK_ITEM_NAMES(STACTASK_ITEM_NAME)
#undef STACTASK_ITEM_NAME
      none
};
constexpr std::size_t name_count = static_cast<std::size_t>(Name::none);

/// How one value is checked.
enum class Check : std::uint8_t {
  later,  // together with others, when its object ends
  // Strings.
  text,
  filled,  // with at least one character
  date,
  uri,
  extension,
  feature,  // the item's `type`
  version,
  license,
  method,
  data_type,
  provider_role,
  // Numbers.
  number,
  positive,
  percent,
  count,
  // Others.
  date_or_null,
  nodata,
  header,  // a string or a list of them
  object,
};

/// Whether the check is of the value itself or of what it holds.
enum class Shape : std::uint8_t { one, list, map };

using Kinds = std::uint8_t;  // a bit for each kind

struct MemberRule {
  Name name;
  Check check;
  Shape shape;
  Kind inner;      // of objects
  Kinds since[2];  // the kinds that have the member, by version
  Kinds required;  // those that must have it
};

/// The name in a key's text, or Name::none.
Name find_name(std::string_view text);

std::string_view text_of(Name name);

/// The rules by where they apply.
class Schema {
 public:
  Schema();

  /// Null where nothing is asked of the member.
  [[nodiscard]] const MemberRule* rule(Version version, Kind kind, Name name) const;

  /// A bit for each name.
  [[nodiscard]] std::uint64_t required(Kind kind) const { return required_[static_cast<std::size_t>(kind)]; }

 private:
  std::array<std::array<std::array<std::uint8_t, name_count>, kind_count>, version_count> cells_{};
  std::array<std::uint64_t, kind_count> required_{};
};

constexpr std::uint64_t bit_of(Name name) { return std::uint64_t{1} << static_cast<unsigned>(name); }

}  // namespace stactask::payload::item

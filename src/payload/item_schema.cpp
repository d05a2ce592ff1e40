#include "payload/item_schema.hpp"

#include <iterator>

namespace stactask::payload::item {

namespace {

constexpr std::string_view names[] = {
#define STACTASK_ITEM_NAME(name) #name,
    STACTASK_ITEM_NAMES(STACTASK_ITEM_NAME)
#undef STACTASK_ITEM_NAME
};

// Keys by hash, open addressing; made by the compiler.
constexpr std::size_t slot_count = 128;

constexpr std::size_t slot_of(std::string_view text) {
  const auto byte = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c)); };
  return (text.size() + byte(text.front()) * 25 + byte(text.back()) * 7) % slot_count;
}

constexpr auto slots = [] {
  std::array<Name, slot_count> out{};
  for (Name& slot : out) slot = Name::none;
  for (std::size_t i = 0; i < name_count; ++i) {
    std::size_t slot = slot_of(names[i]);
    while (out[slot] != Name::none) slot = (slot + 1) % slot_count;
    out[slot] = static_cast<Name>(i);
  }
  return out;
}();

// One letter for each kind of object, so that the table below is one.
// NOLINTBEGIN(readability-identifier-naming)
constexpr Kinds I = 1 << static_cast<int>(Kind::item);
constexpr Kinds P = 1 << static_cast<int>(Kind::properties);
constexpr Kinds A = 1 << static_cast<int>(Kind::asset);
constexpr Kinds L = 1 << static_cast<int>(Kind::link);
constexpr Kinds V = 1 << static_cast<int>(Kind::provider);
constexpr Kinds B = 1 << static_cast<int>(Kind::band);
constexpr Kinds S = 1 << static_cast<int>(Kind::statistics);
constexpr Kinds G = 1 << static_cast<int>(Kind::geometry);
// NOLINTEND(readability-identifier-naming)
// Those that have the common metadata.
constexpr Kinds old_common = P | A;
constexpr Kinds common = P | A | L | B;

using enum Check;
using enum Shape;
constexpr Kind no = Kind::item;

constexpr MemberRule rules[] = {
    {Name::stac_version, version, one, no, {I, I}, I},
    {Name::stac_extensions, extension, list, no, {I, I}, 0},
    {Name::type, feature, one, no, {I, I}, I},
    {Name::type, text, one, no, {A | L, A | L}, 0},
    {Name::type, later, one, no, {G, G}, G},
    {Name::coordinates, later, one, no, {G, G}, 0},
    {Name::bbox, later, one, no, {I | G, I | G}, 0},
    {Name::id, filled, one, no, {I, I}, I},
    {Name::geometry, object, one, Kind::geometry, {I, I}, I},
    {Name::properties, object, one, Kind::properties, {I, I}, I},
    {Name::links, object, list, Kind::link, {I, I}, I},
    {Name::assets, object, map, Kind::asset, {I, I}, I},
    {Name::collection, filled, one, no, {I, I}, 0},
    {Name::rel, filled, one, no, {L, L}, L},
    {Name::href, filled, one, no, {L | A, L | A}, L | A},
    {Name::method, method, one, no, {0, L}, 0},
    {Name::headers, header, map, no, {0, L}, 0},
    {Name::title, text, one, no, {old_common | L, common}, 0},
    {Name::description, text, one, no, {old_common | V, V}, 0},
    {Name::description, filled, one, no, {0, common}, 0},
    {Name::keywords, text, list, no, {0, common}, 0},
    {Name::roles, text, list, no, {A, common}, 0},
    {Name::roles, provider_role, list, no, {V, V}, 0},
    {Name::bands, object, list, Kind::band, {0, common}, 0},
    {Name::datetime, date_or_null, one, no, {old_common, common}, P},
    {Name::start_datetime, date, one, no, {old_common, common}, 0},
    {Name::end_datetime, date, one, no, {old_common, common}, 0},
    {Name::created, date, one, no, {old_common, common}, 0},
    {Name::updated, date, one, no, {old_common, common}, 0},
    {Name::data_type, data_type, one, no, {0, common}, 0},
    {Name::nodata, nodata, one, no, {0, common}, 0},
    {Name::statistics, object, one, Kind::statistics, {0, common}, 0},
    {Name::unit, text, one, no, {0, common}, 0},
    {Name::platform, text, one, no, {old_common, common}, 0},
    {Name::instruments, text, list, no, {old_common, common}, 0},
    {Name::constellation, text, one, no, {old_common, common}, 0},
    {Name::mission, text, one, no, {old_common, common}, 0},
    {Name::gsd, positive, one, no, {old_common, common}, 0},
    {Name::license, license, one, no, {old_common, common}, 0},
    {Name::providers, object, list, Kind::provider, {old_common, common}, 0},
    {Name::name, filled, one, no, {V, V}, V},
    {Name::name, text, one, no, {0, B}, 0},
    {Name::url, uri, one, no, {V, V}, 0},
    {Name::minimum, number, one, no, {0, S}, 0},
    {Name::maximum, number, one, no, {0, S}, 0},
    {Name::mean, number, one, no, {0, S}, 0},
    {Name::stddev, number, one, no, {0, S}, 0},
    {Name::count, count, one, no, {0, S}, 0},
    {Name::valid_percent, percent, one, no, {0, S}, 0},
};

}  // namespace

Name find_name(std::string_view text) {
  if (text.empty()) return Name::none;
  for (std::size_t slot = slot_of(text);; slot = (slot + 1) % slot_count) {
    const Name name = slots[slot];
    if (name == Name::none || text_of(name) == text) return name;
  }
}

std::string_view text_of(Name name) { return names[static_cast<std::size_t>(name)]; }

Schema::Schema() {
  for (std::size_t i = 0; i < std::size(rules); ++i) {
    const MemberRule& rule = rules[i];
    for (std::size_t kind = 0; kind < kind_count; ++kind) {
      const auto has = [&](Kinds kinds) { return (kinds >> kind & 1) != 0; };
      if (has(rule.required)) required_[kind] |= bit_of(rule.name);
      for (std::size_t version = 0; version < version_count; ++version) {
        if (!has(rule.since[version])) continue;
        cells_[version][kind][static_cast<std::size_t>(rule.name)] = static_cast<std::uint8_t>(i + 1);
      }
    }
  }
}

const MemberRule* Schema::rule(Version version, Kind kind, Name name) const {
  if (name == Name::none) return nullptr;
  const std::uint8_t cell = cells_[static_cast<std::size_t>(version)][static_cast<std::size_t>(kind)]
                                  [static_cast<std::size_t>(name)];
  return cell == 0 ? nullptr : &rules[cell - 1];
}

}  // namespace stactask::payload::item

#include "payload/items.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "json/reader.hpp"
#include "payload/datetime.hpp"
#include "payload/geometry.hpp"
#include "payload/item_findings.hpp"
#include "payload/item_schema.hpp"
#include "payload/item_values.hpp"
#include "payload/item_walk.hpp"
#include "payload/key_set.hpp"

namespace stactask::payload {

namespace {

using namespace item;
using json::StringSpan;

// Bands may hold bands. Deeper ones are not looked at, so that no input can exhaust the stack.
constexpr int max_band_depth = 8;

StringSpan span_of(Name name) { return {text_of(name)}; }

// The members of an object that have a rule: of equal keys the last.
struct Members {
  std::uint64_t seen = 0;                  // a bit for each name
  std::array<std::size_t, name_count> at;  // where their values start
  std::size_t count = 0;                   // of all members
  std::size_t start = 0;                   // of the object

  [[nodiscard]] bool has(Name name) const { return (seen & bit_of(name)) != 0; }
  [[nodiscard]] std::size_t of(Name name) const { return at[static_cast<std::size_t>(name)]; }
};

// An item is looked at quickly first: each member as it comes, and without reports. Only where there is a
// flaw, or a key twice, comes a second look, which knows of equal keys the last before it checks any.
class ItemChecker {
 public:
  ItemChecker(std::string_view text, Findings& findings) : scanner_(text, 0), reporter_(text, findings) {}

  void check_list(std::size_t offset) {
    scanner_.seek(offset);
    const Path root{nullptr, {"features"}};
    std::size_t index = 0;
    for (bool more = enter(scanner_, ']'); more; more = next(scanner_, ']')) {
      check_item(Path::element(root, index++));
    }
  }

 private:
  void check_item(const Path& path) {
    const std::size_t start = scanner_.offset();
    const auto look = [&](bool is_quick) {
      scanner_.seek(start);
      reporter_.begin(is_quick);
      has_collection_link_ = has_asset_bands_ = false;
      bands_ = 0;
      visit(Kind::item, path);
    };
    // Most items are of the version of the one before.
    const Version guess = version_;
    look(true);
    if (version_ != guess) look(true);
    if (reporter_.is_clean() && version_ == used_version_) return;
    version_ = Version::v1_1;
    look(false);
  }

  // The object at the scanner's next byte, or whatever stands there instead.
  void visit(Kind kind, const Path& path) {
    Members members;
    members.start = scanner_.offset();
    if (scanner_.peek() != '{') {
      must_be(path, members.start, "an object");
      scanner_.skip_value();
      return;
    }
    if (kind == Kind::item) used_version_ = version_;
    for (bool more = enter(scanner_, '}'); more; more = next(scanner_, '}')) {
      ++members.count;
      StringSpan key;
      scanner_.key(key);
      const Name name = find_name(decoded(key));
      const MemberRule* rule = schema_.rule(used_version_, kind, name);
      if (rule == nullptr) {
        scanner_.skip_value();
        continue;
      }
      if (members.has(name)) reporter_.give_up();
      members.seen |= bit_of(name);
      members.at[static_cast<std::size_t>(name)] = scanner_.offset();
      if (reporter_.is_quick()) {
        check_member(*rule, Path::member(path, span_of(name)));
      } else {
        scanner_.skip_value();
      }
    }
    const std::size_t end = scanner_.offset();
    if (!reporter_.is_quick()) check_members(kind, members, path);
    finish(kind, members, path);
    scanner_.seek(end);
  }

  void check_members(Kind kind, const Members& members, const Path& path) {
    for (std::uint64_t rest = members.seen; rest != 0; rest &= rest - 1) {
      const auto name = static_cast<Name>(std::countr_zero(rest));
      scanner_.seek(members.of(name));
      check_member(*schema_.rule(used_version_, kind, name), Path::member(path, span_of(name)));
    }
  }

  void check_member(const MemberRule& rule, const Path& path) {
    const std::size_t start = scanner_.offset();
    if (rule.shape == Shape::one) return check_value(rule, path);
    const bool is_list = rule.shape == Shape::list;
    if (scanner_.peek() != static_cast<json::Byte>(is_list ? '[' : '{')) {
      must_be(path, start, is_list ? "a list" : "an object");
      scanner_.skip_value();
      return;
    }
    if (rule.check == Check::extension || !is_list) keys_.clear();
    if (!is_list) return check_map(rule, path);
    std::size_t index = 0;
    for (bool more = enter(scanner_, ']'); more; more = next(scanner_, ']')) {
      check_value(rule, Path::element(path, index++));
    }
  }

  void check_map(const MemberRule& rule, const Path& path) {
    std::vector<std::size_t> last;  // where of equal keys the last stands
    StringSpan key;
    for (bool more = enter(scanner_, '}'); more; more = next(scanner_, '}')) {
      const std::size_t start = scanner_.offset();
      scanner_.key(key);
      const std::size_t index = keys_.index_of(keys_.text_of(key));
      if (index < last.size())
        reporter_.give_up();
      else
        last.push_back(0);
      last[index] = start;
      if (reporter_.is_quick()) {
        check_value(rule, Path::member(path, key));
      } else {
        scanner_.skip_value();
      }
    }
    if (reporter_.is_quick()) return;
    const std::size_t end = scanner_.offset();
    for (const std::size_t start : last) {
      scanner_.seek(start);
      scanner_.key(key);
      check_value(rule, Path::member(path, key));
    }
    scanner_.seek(end);
  }

  void check_value(const MemberRule& rule, const Path& path) {
    const std::size_t start = scanner_.offset();
    const auto first = scanner_.peek();
    switch (rule.check) {
      case Check::later: scanner_.skip_value(); return;
      case Check::object: return check_object(rule.inner, path);
      case Check::header:
        if (first == '[') return check_texts(path);
        break;
      case Check::date_or_null:
        if (first == 'n') {
          scanner_.skip_value();
          return;
        }
        break;
      case Check::nodata:
        if (first == '"') break;
        [[fallthrough]];
      case Check::number:
      case Check::positive:
      case Check::percent:
      case Check::count: return check_number(rule.check, path, start);
      default: break;
    }
    check_text(rule.check, path, start);
  }

  void check_object(Kind kind, const Path& path) {
    const bool is_band = kind == Kind::band;
    if ((is_band && band_depth_ == max_band_depth) || (kind == Kind::geometry && scanner_.peek() == 'n')) {
      scanner_.skip_value();
      return;
    }
    band_depth_ += is_band ? 1 : 0;
    visit(kind, path);
    band_depth_ -= is_band ? 1 : 0;
  }

  void check_texts(const Path& path) {
    std::size_t index = 0;
    for (bool more = enter(scanner_, ']'); more; more = next(scanner_, ']')) {
      check_text(Check::text, Path::element(path, index++), scanner_.offset());
    }
  }

  void check_text(Check check, const Path& path, std::size_t start) {
    std::string_view text;
    const bool is_text = read_text(text);
    if (!is_text && check != Check::version) return must_be(path, start, "a string");
    Code code = Code::item_member_value;
    bool is_good = true;
    switch (check) {
      case Check::date:
      case Check::date_or_null:
        code = Code::item_date_format;
        is_good = is_utc_datetime(text);
        break;
      case Check::feature:
        code = Code::item_type;
        is_good = text == "Feature";
        break;
      case Check::version:
        code = Code::item_version;
        is_good = take_version(text);
        break;
      case Check::extension:
        if (!keys_.insert(keys_.text_of(span_))) {
          code = Code::item_extension_repeated;
          is_good = false;
          break;
        }
        [[fallthrough]];
      case Check::uri:
        code = Code::item_uri;
        is_good = has_scheme(text);
        break;
      default:
        if (const char* flaw = flaw_of_text(check, text)) reporter_.must_be(code, path, start, flaw);
    }
    if (!is_good) add(code, path, start, text);
  }

  void check_number(Check check, const Path& path, std::size_t start) {
    double number = 0;
    if (!item::read_number(scanner_, number)) return must_be(path, start, "a number");
    if (const char* flaw = flaw_of_number(check, number)) {
      reporter_.must_be(Code::item_member_value, path, start, flaw);
    }
  }

  // False for a version that is not known.
  bool take_version(std::string_view text) {
    const bool is_old = text == "1.0.0";
    version_ = is_old ? Version::v1_0 : Version::v1_1;
    // The second look comes here before any other member.
    if (!reporter_.is_quick()) used_version_ = version_;
    return is_old || text == "1.1.0";
  }

  // What an object's members ask of one another.
  void finish(Kind kind, const Members& members, const Path& path) {
    check_required(kind, members, path);
    if (members.has(Name::start_datetime) != members.has(Name::end_datetime)) {
      add(Code::item_datetime, path, members.start, "start_datetime and end_datetime go together");
    }
    switch (kind) {
      case Kind::item: return finish_item(members, path);
      case Kind::properties: return finish_properties(members, path);
      case Kind::geometry: return finish_geometry(members, path);
      case Kind::link: return finish_link(members, path);
      case Kind::asset: has_asset_bands_ = has_asset_bands_ || members.has(Name::bands); return;
      case Kind::statistics:
        if (members.count == 0) {
          reporter_.must_be(Code::item_member_value, path, members.start, "an object that is not empty");
        }
        return;
      default: return;
    }
  }

  void check_required(Kind kind, const Members& members, const Path& path) {
    for (std::uint64_t rest = schema_.required(kind) & ~members.seen; rest != 0; rest &= rest - 1) {
      const auto name = static_cast<Name>(std::countr_zero(rest));
      if (name == Name::stac_version) {
        add(Code::item_version, path, members.start, "none");
      } else {
        add(Code::item_member_missing, path, members.start, text_of(name));
      }
    }
  }

  void finish_item(const Members& members, const Path& path) {
    const bool has_geometry = members.has(Name::geometry) && first_of(members.of(Name::geometry)) != 'n';
    if (members.has(Name::bbox)) {
      check_bbox(path, members.of(Name::bbox), has_geometry);
    } else if (has_geometry) {
      add(Code::item_member_missing, path, members.start, text_of(Name::bbox));
    }
    if (members.has(Name::collection) != has_collection_link_) {
      add(Code::item_collection_link, path, Name::collection, members,
          has_collection_link_ ? "there is no 'collection'" : "there is no such link");
    }
    if (bands_ != 0 && !has_asset_bands_) {
      const Path properties = Path::member(path, span_of(Name::properties));
      add(Code::item_bands, Path::member(properties, span_of(Name::bands)), bands_, {});
    }
  }

  void check_bbox(const Path& item, std::size_t start, bool has_geometry) {
    const Path path = Path::member(item, span_of(Name::bbox));
    Numbers box;
    scanner_.seek(start);
    const bool is_list = read_numbers(scanner_, box);
    const char* flaw = nullptr;
    if (!has_geometry)
      flaw = "absent where there is no geometry";
    else if (!is_list || (box.count != 4 && box.count != 6))
      flaw = "a list of four or six numbers";
    if (flaw != nullptr) {
      reporter_.must_be(Code::item_bbox, path, start, flaw);
    } else if (const char* doubt = doubt_about(box)) {
      add(Code::item_bbox_values, path, start, doubt);
    }
  }

  // West may be greater than east: such a box crosses the antimeridian.
  static const char* doubt_about(const Numbers& box) {
    const std::size_t half = box.count / 2;
    const double* const low = box.kept;
    const double* const high = box.kept + half;
    if (low[1] > high[1]) return "its south is greater than its north";
    if (half == 3 && low[2] > high[2]) return "its lowest height is greater than its highest";
    const bool is_outside = low[1] < -90 || high[1] > 90 || std::abs(low[0]) > 180 || std::abs(high[0]) > 180;
    return is_outside ? "it leaves the degrees of longitude or latitude" : nullptr;
  }

  void finish_properties(const Members& members, const Path& path) {
    bands_ = members.has(Name::bands) ? members.of(Name::bands) : 0;
    if (!members.has(Name::datetime) || first_of(members.of(Name::datetime)) != 'n') return;
    if (members.has(Name::start_datetime) && members.has(Name::end_datetime)) return;
    add(Code::item_datetime, path, Name::datetime, members,
        "where datetime is null, start_datetime and end_datetime must be there");
  }

  void finish_geometry(const Members& members, const Path& path) {
    Numbers box;
    if (members.has(Name::bbox)) {
      const std::size_t start = members.of(Name::bbox);
      scanner_.seek(start);
      if (!read_numbers(scanner_, box) || box.count < 4) {
        reporter_.must_be(Code::item_bbox, Path::member(path, span_of(Name::bbox)), start,
                          "a list of four or more numbers");
      }
    }
    if (!members.has(Name::type)) return;
    std::string_view type;
    scanner_.seek(members.of(Name::type));
    read_text(type);
    const std::size_t coordinates = members.has(Name::coordinates) ? members.of(Name::coordinates) : 0;
    const bool is_known = check_coordinates(scanner_, type, Path::member(path, span_of(Name::coordinates)),
                                            coordinates, reporter_);
    if (!is_known) {
      add(Code::item_geometry_type, path, Name::type, members, type);
    } else if (coordinates == 0) {
      add(Code::item_member_missing, path, members.start, text_of(Name::coordinates));
    }
  }

  void finish_link(const Members& members, const Path& path) {
    if (!members.has(Name::rel)) return;
    std::string_view rel;
    scanner_.seek(members.of(Name::rel));
    read_text(rel);
    if (rel == "collection") has_collection_link_ = true;
    if (rel != "self" || used_version_ == Version::v1_0 || !members.has(Name::href)) return;
    const std::size_t start = members.of(Name::href);
    if (first_of(start) == '"') check_text(Check::uri, Path::member(path, span_of(Name::href)), start);
  }

  json::Byte first_of(std::size_t offset) {
    scanner_.seek(offset);
    return scanner_.peek();
  }

  // The string at the scanner's next byte, decoded; valid until the next one. False if that is something
  // else, which is passed over.
  bool read_text(std::string_view& out) {
    if (scanner_.peek() != '"') {
      scanner_.skip_value();
      return false;
    }
    scanner_.string(span_);
    out = decoded(span_);
    return true;
  }

  std::string_view decoded(const StringSpan& span) {
    if (!span.escaped) return span.raw;
    decoded_ = json::decode_string(span);
    return decoded_;
  }

  void add(Code code, const Path& path, std::size_t start, std::string_view argument) {
    reporter_.add(code, path, start, argument);
  }
  // About a member, or about the object that misses it.
  void add(Code code, const Path& path, Name name, const Members& members, std::string_view argument) {
    if (members.has(name)) return add(code, Path::member(path, span_of(name)), members.of(name), argument);
    add(code, path, members.start, argument);
  }
  void must_be(const Path& path, std::size_t start, std::string_view expectation) {
    reporter_.must_be(Code::item_member_type, path, start, expectation);
  }

  json::Scanner scanner_;
  Reporter reporter_;
  Schema schema_;
  Version version_ = Version::v1_1;       // that the item says, as far as it is known
  Version used_version_ = Version::v1_1;  // that it is checked by
  // What its parts have said.
  bool has_collection_link_ = false;
  bool has_asset_bands_ = false;
  std::size_t bands_ = 0;  // where `bands` of `properties` start
  int band_depth_ = 0;
  KeySet keys_;      // of a map, or the extensions
  StringSpan span_;  // the string read last
  std::string decoded_;
};

}  // namespace

void check_items(std::string_view text, std::size_t offset, Findings& findings) {
  ItemChecker(text, findings).check_list(offset);
}

}  // namespace stactask::payload

#include "assets/plan.hpp"

#include <algorithm>

#include "assets/address.hpp"
#include "assets/collisions.hpp"
#include "assets/error.hpp"
#include "assets/href.hpp"
#include "assets/names.hpp"
#include "json/join.hpp"
#include "json/python_text.hpp"

namespace stactask::assets {

using json::member;
using json::Value;

namespace {

// Of what every asset repeats: an answer must not be much larger than its call.
constexpr std::size_t max_href = 8192;
constexpr std::size_t max_answer = 128U << 20;

// An error of the whole plan, and where.
struct PlanError {
  Error error;
  std::size_t object = 0;
  const std::string* asset = nullptr;
  bool has_place = true;
};

// An object or an array as it was given; `none` for anything else.
const Value& structured(const Value* value, const Value& none) {
  return value != nullptr && value->is_structured() ? *value : none;
}

// The keys of a list, to be looked up.
Value::object_t key_set(const Value* list) {
  Value::object_t out;
  if (list == nullptr) return out;
  for (const Value& key : json::array_of(*list)) {
    if (key.is_string()) out.emplace(json::string_of(key), nullptr);
  }
  return out;
}

// Python: stac_asset/config.py, Config.validate.
Error config_error(const Value& config) {
  const Value* include = list_member(config, "include");
  const Value* exclude = list_member(config, "exclude");
  if (include != nullptr && exclude != nullptr) {
    return {"ConfigError", "ERR_CONFIG",
            json::join({"cannot provide both include and exclude: include=", json::python_repr(*include),
                        ", exclude=", json::python_repr(*exclude)})};
  }
  if (is_flag(config, "warn", true) && is_flag(config, "failFast", true)) {
    return {"ConfigError", "ERR_CONFIG", "cannot warn and fail fast as the same time"};
  }
  const std::string_view strategy = text_member(config, "fileNameStrategy");
  if (!strategy.empty() && strategy != "FILE_NAME" && strategy != "KEY") {
    return {"ValueError", "ERR_CONFIG", json::join({"unexpected file name strategy: ", strategy})};
  }
  return {};
}

class Plan {
 public:
  explicit Plan(const Value& call) {
    const Value& config = structured(member(&call, "config"), none_);
    error_ = {.error = config_error(config), .has_place = false};
    rules_ = {list_member(config, "alternateAssets"), text_member(config, "clientOverride")};
    include_ = key_set(list_member(config, "include"));
    exclude_ = key_set(list_member(config, "exclude"));
    by_key_ = text_member(config, "fileNameStrategy") == "KEY";
    keeps_all_ = is_flag(call, "keepNonDownloaded", true);
  }

  std::string write(const Value& call) {
    writer_.begin_object().key("objects").begin_array();
    if (const Value* objects = list_member(call, "objects")) {
      for (const Value& object : json::array_of(*objects)) {
        if (!error_.error) write_object(object);
        ++index_;
      }
    }
    writer_.end_array().end_object();
    if (!error_.error) find_collision();
    return error_.error ? failed() : writer_.take();
  }

 private:
  void fail(Error error, const std::string* asset = nullptr) { error_ = {std::move(error), index_, asset}; }

  void write_object(const Value& entry) {
    const Value& object = structured(member(&entry, "object"), none_);
    root_ = text_member(entry, "root");
    file_ = text_member(entry, "file");
    self_ = self_href(entry, object);
    if (root_.size() > max_href || self_.size() > max_href) {
      fail(href_error({"an address is longer than 8192 bytes"}));
      return;
    }
    if (!file_.empty()) files_.add(root_, file_, index_, nullptr);
    writer_.begin_object();
    for (const char* key : {"self", "derivedFrom"}) write_text(writer_, key, self_);
    write_links(object);
    writer_.key("assets").begin_array();
    const Value& assets = structured(member(&object, "assets"), none_);
    if (assets.is_object()) {
      for (const auto& [key, asset] : json::object_of(assets)) {
        if (!error_.error) write_asset(key, asset, object);
      }
    }
    writer_.end_array().end_object();
  }

  // pystac: STACObject.get_self_href. A relative one says nothing without a working directory.
  static std::string self_href(const Value& entry, const Value& object) {
    std::string given = posix_style(text_member(entry, "self"));
    if (is_absolute(given)) return given;
    if (const Value* links = list_member(object, "links")) {
      for (const Value& link : json::array_of(*links)) {
        if (text_member(link, "rel") != "self") continue;
        given = href_member(link);
        return is_absolute(given) ? given : std::string();
      }
    }
    return {};
  }

  // stac_asset/_functions.py: make_link_hrefs_absolute.
  void write_links(const Value& object) {
    writer_.key("links").begin_array();
    if (const Value* links = list_member(object, "links")) {
      for (std::size_t index = 0; const Value& link : json::array_of(*links)) write_link(link, index++);
    }
    writer_.end_array();
  }

  void write_link(const Value& link, std::size_t index) {
    const Value* href = member(&link, "href");
    if (href == nullptr || !href->is_string() || text_member(link, "rel") == "self") return;
    const std::string own = href_member(link);
    if (self_.empty() && !is_absolute(own)) return;
    writer_.begin_array().number(index);
    writer_.string(self_.empty() ? own : make_absolute(own, self_)).end_array();
    check_size();
  }

  void write_asset(const std::string& key, const Value& asset, const Value& object) {
    const Value* href = member(&asset, "href");
    const bool has_href = href != nullptr && href->is_string();
    if (self_.empty() && has_href && !is_absolute(href_member(asset))) {
      fail({"STACError", "ERR_ASSET_HREF", "Cannot make asset HREFs absolute if no self_href is set."}, &key);
      return;
    }
    const bool is_selected = (include_.empty() || include_.count(key) != 0) && exclude_.count(key) == 0;
    if (!is_selected && !keeps_all_) return;
    Address address = address_of(asset, object, self_, rules_);
    const std::string name = by_key_ ? key_name(key, address.original) : file_name(address.original);
    if (address.error && address.error.message.empty()) {
      address.error = href_error({"asset '", key, "' does not have an absolute href: ",
                                  href == nullptr ? "None" : json::python_str(*href)});
    }
    Error bad_name = name_error(name);
    if (is_selected && !bad_name) files_.add(root_, name, index_, &key);
    if (bad_name && !address.error) address.error = std::move(bad_name);
    writer_.begin_object().key("key").string(key).key("selected").boolean(is_selected);
    writer_.key("name").string(name);
    writer_.key("done").string(file_.empty() ? in_root(name) : beside_file(name));
    write_text(writer_, "kept",
               file_.empty() || address.original.empty() ? address.original
                                                         : make_relative(address.original, in_root(file_)));
    write_address(writer_, address);
    writer_.end_object();
    check_size();
  }

  [[nodiscard]] std::string in_root(std::string_view name) const {
    return json::join({root_, root_.empty() || root_.ends_with('/') ? "" : "/", name});
  }

  // Relative to the saved object, which may be in a folder of the root.
  [[nodiscard]] std::string beside_file(std::string_view name) const {
    const auto depth = std::count(file_.begin(), file_.end(), '/');
    std::string out = depth == 0 ? "./" : "";
    for (auto i = depth; i > 0; --i) out += "../";
    return out.append(name);
  }

  void check_size() {
    if (writer_.size() > max_answer) fail({"ValueError", "ERR_TOO_LARGE", "the plan is larger than 128 MiB"});
  }

  void find_collision() {
    const Files::Collision found = files_.collision();
    if (found.names.empty()) return;
    index_ = found.object;
    fail(
        {"AssetOverwriteError", "ERR_ASSET_OVERWRITE",
         json::join({"assets have the same file names and would overwrite each other: ",
                     json::python_repr(found.names)}),
         "Names that differ only by case are one name on some systems. The file name strategy KEY gives each "
         "asset of an item another name."},
        found.asset);
  }

  [[nodiscard]] std::string failed() const {
    json::Writer writer;
    writer.begin_object().key("error").begin_object();
    write_members(writer, error_.error);
    if (error_.has_place) writer.key("object").number(error_.object);
    if (error_.asset != nullptr) writer.key("asset").string(*error_.asset);
    writer.end_object().end_object();
    return writer.take();
  }

  const Value none_;
  AddressRules rules_;
  Value::object_t include_;
  Value::object_t exclude_;
  bool by_key_ = false;
  bool keeps_all_ = false;

  // Of the object that is being written.
  std::string_view root_;
  std::string_view file_;
  std::string self_;
  std::size_t index_ = 0;

  Files files_;
  json::Writer writer_;
  PlanError error_;
};

}  // namespace

std::string plan_downloads(const Value& call) { return Plan(call).write(call); }

}  // namespace stactask::assets

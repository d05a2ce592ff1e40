#include "layout/substitute.hpp"

#include <utility>

#include "json/join.hpp"
#include "json/words.hpp"
#include "layout/attributes.hpp"
#include "layout/datetime.hpp"

namespace stactask::layout {

using json::Value;
using Kind = Object::Kind;

namespace {

// Bytes that are searched for variables: each is sought in the whole text, as Python does it.
constexpr std::size_t max_work = 1U << 26;

bool is_time(std::string_view key) {
  return key == "date" || key == "year" || key == "month" || key == "day";
}

// Python: LayoutTemplate._get_template_value.
class Lookup {
 public:
  Lookup(std::string_view text, const Item& item, const Options& options, Error& error)
      : text_(text), item_(item), options_(options), error_(error) {}

  // `value` is the object, or for a part of the item's datetime its text.
  bool get(std::string_view key, Object& value, std::string& text) {
    error_.variable = key;
    if (is_time(key) || key == "collection") return get_special(key, value, text);
    value = {.kind = Kind::owner};
    if (!walk(key, value)) return false;
    // What prints with its address in memory cannot have been meant.
    if (value.kind != Kind::none && value.kind != Kind::common_metadata) return true;
    value = {.kind = Kind::json, .value = json::member(options_.defaults, key)};
    return value.value != nullptr ||
           fail("TemplateError: Cannot find property % on % for template %", key, item_.str());
  }

  bool get_str(std::string_view key, std::string& out) {
    Object value;
    return get(key, value, out) && (value.kind == Kind::none || object_str(item_, value, out, error_));
  }

 private:
  bool fail(const char* error, std::string_view first, std::string_view second) {
    return raise(error_, error, {first, second, text_});
  }

  // Both kinds need a datetime; neither looks at defaults.
  bool get_special(std::string_view key, Object& value, std::string& text) {
    const Value* time = json::member(&item_.properties(), "datetime");
    if (time == nullptr || time->is_null()) time = json::member(&item_.properties(), "start_datetime");
    if (time == nullptr || time->is_null()) {
      return fail(
          "TemplateError: Item % does not have a datetime or datetime range set; cannot template % in %",
          item_.str(), key);
    }
    DateTime datetime;
    if (!parse_datetime(*time, datetime, error_)) return false;
    if (key == "collection") {
      value = {.kind = Kind::json, .value = &item_.member("collection")};
      return !value.value->is_null() ||
             fail("TemplateError: Item % does not have a collection ID set; cannot template % in %",
                  item_.str(), key);
    }
    text = time_text(key, datetime);
    return true;
  }

  [[nodiscard]] std::string time_text(std::string_view key, const DateTime& datetime) const {
    if (key == "date") return date_str(datetime);
    if (key == "year") return std::to_string(datetime.year);
    std::string text = std::to_string(key == "month" ? datetime.month : datetime.day);
    if (options_.pad_dates && text.size() < 2) text.insert(0, 1, '0');
    return text;
  }

  // The first part says where to begin: an attribute of the item, a property, a top-level member.
  bool walk(std::string_view key, Object& value) {
    std::string_view rest = key;
    const std::string_view first = json::take_part(rest, '.');
    if (!get_attribute(item_, first, value, error_)) return false;
    if (value.kind == Kind::none) {
      value = {.kind = Kind::json, .value = &item_.properties()};
      if (json::member(value.value, first) == nullptr) value = {.kind = Kind::extra_fields};
      if (!get_attribute(item_, first, value, error_)) return false;
    }
    for (bool is_last = first.size() == key.size(); !is_last && value.kind != Kind::none;) {
      is_last = rest.find('.') == std::string_view::npos;
      if (!get_attribute(item_, json::take_part(rest, '.'), value, error_)) return false;
    }
    return true;
  }

  std::string_view text_;
  const Item& item_;
  const Options& options_;
  Error& error_;
};

bool raise_too_long(Error& error) {
  return raise(error, "TemplateError: What the template makes of this item is too long");
}

// Python's str.replace, but not beyond the longest text.
bool replace_all(std::string& text, std::string_view from, std::string_view to) {
  std::size_t at = text.find(from);
  if (at == std::string::npos) return true;
  std::string out;
  std::size_t copied = 0;
  for (; at != std::string::npos; at = text.find(from, copied)) {
    out.append(text, copied, at - copied).append(to);
    copied = at + from.size();
    if (out.size() > max_text) return false;
  }
  out.append(text, copied);
  text = std::move(out);
  return text.size() <= max_text;
}

}  // namespace

bool substitute(const Template& parsed, std::string_view text, const Item& item, const Options& options,
                std::string& out, Error& error) {
  Lookup lookup(text, item, options, error);
  std::string value;
  // What is missing is an error even where a variable before it cannot be printed.
  Value::object_t seen;
  for (const Variable& variable : parsed.variables) {
    Object found;
    if (seen.emplace(std::string(variable.key), nullptr).second && !lookup.get(variable.key, found, value))
      return false;
  }
  out = text;
  std::size_t work = 0;
  for (const auto& [key, unused] : seen) {
    if (!lookup.get_str(key, value)) return false;
    work += out.size() + value.size();
    if (work > max_work || !replace_all(out, json::join({"${", key, "}"}), value))
      return raise_too_long(error);
  }
  error.variable.reset();
  return true;
}

}  // namespace stactask::layout

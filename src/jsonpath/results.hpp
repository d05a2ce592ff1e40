// What an expression found.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "json/value.hpp"

namespace stactask::jsonpath {

using Elements = std::vector<const json::Value*>;

/// How to look at a value: as it is, or as a list that exists nowhere.
enum class Shape : std::uint8_t {
  plain,         // the value itself
  only_element,  // a list whose one element is the value
  members,       // the list of an object's member values
  elements,      // a list made during the evaluation
};

/// A value as an expression sees it, without a copy.
struct View {
  const void* what = nullptr;
  Shape shape = Shape::plain;

  [[nodiscard]] const json::Value& value() const { return *static_cast<const json::Value*>(what); }
  [[nodiscard]] const Elements& elements() const { return *static_cast<const Elements*>(what); }
  [[nodiscard]] bool is_plain() const { return shape == Shape::plain; }
  [[nodiscard]] bool is_list() const { return !is_plain() || value().is_array(); }
  [[nodiscard]] bool is_object() const { return is_plain() && value().is_object(); }
  [[nodiscard]] bool is_string() const { return is_plain() && value().is_string(); }

  /// Elements of a list, or members of an object.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const json::Value& at(std::size_t index) const;
  [[nodiscard]] const std::string& key(std::size_t index) const;
};

/// Append the value, or the list, as `json::append_json` does.
void append_json(std::string& out, const View& view);

/// Python: `type(value).__name__`.
std::string_view type_name(const View& view);

/// How a value was reached from its parent.
enum class Step : std::uint8_t { self, root, member, element, length, keys, path };

/// The index of no datum: Python's None in the place of one.
inline constexpr std::uint32_t no_datum = 0xFFFFFFFF;

/// A value and the way to it (jsonpath_ng/jsonpath.py: DatumInContext).
struct Datum {
  const void* what = nullptr;
  union {
    const std::string* key;  // of a member
    std::int64_t index = 0;  // of an element, from the end where it is negative
  };
  std::uint32_t parent = no_datum;
  Shape shape = Shape::plain;
  Step step = Step::self;

  [[nodiscard]] View view() const { return {what, shape}; }
};

/// A value, or a list, that was made during an evaluation.
struct Made {
  json::Value value;
  Elements elements;
};

/// What `find` found, in its order. Lives no longer than the document and the expression.
class Results {
 public:
  [[nodiscard]] std::size_t size() const { return found.size(); }

  /// A result. Its shape is never `members` or `only_element` in a plain walk, but may be after `parent`.
  [[nodiscard]] View operator[](std::size_t i) const { return data[found[i]].view(); }

  /// The JSON Pointer of a result, or nothing where it was computed.
  [[nodiscard]] std::optional<std::string> pointer(std::size_t i) const;

  void clear();

  // The evaluation's own.
  std::vector<Datum> data;
  std::vector<std::uint32_t> found;
  std::vector<std::unique_ptr<Made>> made;
  const json::Value* document = nullptr;
};

}  // namespace stactask::jsonpath

#include "jsonpath/results.hpp"

#include <algorithm>

#include "json/dump.hpp"
#include "json/pointer.hpp"
#include "json/python_text.hpp"

namespace stactask::jsonpath {

std::size_t View::size() const {
  switch (shape) {
    case Shape::only_element: return 1;
    case Shape::elements: return elements().size();
    default: return value().size();
  }
}

const json::Value& View::at(std::size_t index) const {
  if (shape == Shape::only_element) return value();
  if (shape == Shape::elements) return *elements()[index];
  if (value().is_array()) return json::array_of(value())[index];
  return (json::object_of(value()).begin() + static_cast<std::ptrdiff_t>(index))->second;
}

const std::string& View::key(std::size_t index) const {
  return (json::object_of(value()).begin() + static_cast<std::ptrdiff_t>(index))->first;
}

void append_json(std::string& out, const View& view) {
  if (view.is_plain()) return json::append_json(out, view.value());
  out.push_back('[');
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (i > 0) out.push_back(',');
    json::append_json(out, view.at(i));
  }
  out.push_back(']');
}

std::string_view type_name(const View& view) {
  return view.is_plain() ? json::python_type_name(view.value()) : "list";
}

std::optional<std::string> Results::pointer(std::size_t i) const {
  std::vector<std::string> tokens;
  const Datum* datum = &data[found[i]];
  for (; datum->parent != no_datum; datum = &data[datum->parent]) {
    const View around = data[datum->parent].view();
    if (datum->step == Step::member) {
      tokens.push_back(*datum->key);
    } else if (datum->step != Step::element || !(around.is_list() || around.is_object())) {
      return std::nullopt;
    } else if (around.shape != Shape::only_element) {
      const auto index = static_cast<std::size_t>(
          datum->index < 0 ? datum->index + static_cast<std::int64_t>(around.size()) : datum->index);
      tokens.push_back(around.shape == Shape::members ? around.key(index) : std::to_string(index));
    }
  }
  const bool is_document = datum->what == document && datum->shape != Shape::elements;
  if (!is_document || datum->step > Step::root) return std::nullopt;
  std::reverse(tokens.begin(), tokens.end());
  std::string pointer;
  for (const std::string& token : tokens) json::append_token(pointer, token);
  return pointer;
}

void Results::clear() {
  data.clear();
  found.clear();
  made.clear();
}

}  // namespace stactask::jsonpath

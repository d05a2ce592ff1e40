#include "layout/error.hpp"

#include "json/python_text.hpp"

namespace stactask::layout {

bool raise(Error& error, const char* text, std::initializer_list<std::string_view> parts) {
  const std::string_view all = text;
  const std::size_t colon = all.find(':');
  error.type = all.substr(0, colon);
  error.message.clear();
  const std::string_view* part = parts.begin();
  for (const char c : all.substr(colon + 2)) {
    if (c == '%') {
      error.message.append(*part++);
    } else {
      error.message.push_back(c);
    }
  }
  return false;
}

bool raise_over(Error& error, const char* text, const json::Value& value) {
  return raise(error, text, {json::python_type_name(value)});
}

}  // namespace stactask::layout

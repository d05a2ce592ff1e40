// What Python raises while a template is filled.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "json/value.hpp"

namespace stactask::layout {

/// An exception of Python's: its class, `str(exception)` and, where one variable of the template caused
/// it, that variable.
struct Error {
  std::string type;  // TemplateError, STACTypeError, STACError, ValueError, TypeError, KeyError …
  std::string message;
  std::optional<std::string> variable;
};

/// False, with the exception in `error`. `text` is `Class: message`, in which each `%` stands for the next
/// of `parts`. A pointer, since a view takes the caller more code.
bool raise(Error& error, const char* text, std::initializer_list<std::string_view> parts = {});

/// The same of a text whose `%` is the name of the value's type in Python.
bool raise_over(Error& error, const char* text, const json::Value& value);

}  // namespace stactask::layout

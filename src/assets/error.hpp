// What a download, or one asset of it, fails with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/writer.hpp"

namespace stactask::assets {

struct Error {
  const char* type = nullptr;  // Python's class: ValueError, ConfigError, ClientResponseError …
  const char* code = nullptr;  // ERR_…, stable; null where nothing is wrong
  std::string message = {};    // str(exception) where Python has the same
  const char* hint = nullptr;
  std::uint64_t status = 0;  // of an HTTP response, or 0

  explicit operator bool() const { return code != nullptr; }
};

/// A ValueError about an address.
Error href_error(std::initializer_list<std::string_view> message);

/// The members of an error, for an object that is open: `"type", "code", "message", "hint"?, "status"?`.
void write_members(json::Writer& writer, const Error& error);

/// `"error": {…}`, for an object that is open.
void write_error(json::Writer& writer, const Error& error);

}  // namespace stactask::assets

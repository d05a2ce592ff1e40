// What the headers of a response say.
#pragma once

#include <cstdint>
#include <string_view>

#include "assets/members.hpp"
#include "json/value.hpp"

namespace stactask::assets {

/// A decimal number without sign, or unknown.
Bytes read_bytes(std::string_view digits);

/// `bytes 100-199/1000`, `bytes 100-199/*` or `bytes */1000`.
struct ContentRange {
  Bytes first = unknown;
  Bytes total = unknown;
};

/// Both members are unknown where the header is not understood.
ContentRange read_content_range(std::string_view header);

/// `Sun, 06 Nov 1994 08:49:37 GMT` in seconds since 1970, or -1 for all else.
std::int64_t read_http_date(std::string_view text);

/// Headers of a response: an object, its keys in lower case.
class Headers {
 public:
  explicit Headers(const json::Value* headers) : headers_(headers) {}

  /// Empty where there is none.
  [[nodiscard]] std::string_view get(std::string_view name) const;

  /// The ETag, if it is a strong one, and the date of the last change, if it is old enough to tell two
  /// versions apart (RFC 9110, 8.8.2.2). Empty where not.
  [[nodiscard]] std::string_view strong_etag() const;
  [[nodiscard]] std::string_view strong_date() const;

  /// Whether the body is sent as it is, not compressed.
  [[nodiscard]] bool is_plain() const;

  /// How long to wait before the next attempt, in milliseconds, or unknown. `now` is in milliseconds
  /// since 1970.
  [[nodiscard]] Bytes retry_after(Bytes now) const;

 private:
  const json::Value* headers_;
};

}  // namespace stactask::assets

// The three ways to go through a text, and what each says of it.
#pragma once

#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "json/reader.hpp"
#include "json/scanner.hpp"

namespace stactask::testing {

/// The error of a text that is not JSON, or the kind `none` at its end.
struct Verdict {
  json::SyntaxErrorKind kind = json::SyntaxErrorKind::none;
  std::size_t offset = 0;

  bool operator==(const Verdict&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const Verdict& verdict) {
  static constexpr std::array names{"ok",
                                    "expected value",
                                    "expected key",
                                    "expected colon",
                                    "expected comma",
                                    "trailing text",
                                    "unterminated string",
                                    "control character",
                                    "bad escape",
                                    "bad unicode escape",
                                    "invalid UTF-8",
                                    "too deep",
                                    "integer too long"};
  return out << names.at(static_cast<std::size_t>(verdict.kind)) << " at " << verdict.offset;
}

inline Verdict verdict_of(const json::Scanner& scanner, bool is_json) {
  if (is_json) return {json::SyntaxErrorKind::none, scanner.offset()};
  return {scanner.error().kind, scanner.error().offset};
}

/// By `skip_value`, which passes over the whole text at once.
inline Verdict skip(std::string_view text) {
  json::Scanner scanner(text);
  const bool is_json = scanner.skip_value() && scanner.finish();
  return verdict_of(scanner, is_json);
}

/// By `read_value`, which makes values.
inline Verdict read(std::string_view text) {
  json::Scanner scanner(text);
  json::Value value;
  json::DuplicateKeys duplicates;
  const bool is_json = json::read_value(scanner, value, duplicates) && scanner.finish();
  return verdict_of(scanner, is_json);
}

inline bool visit_value(json::Scanner& scanner) {
  switch (scanner.peek()) {
    case '{': return scanner.object([&](const json::StringSpan&) { return visit_value(scanner); });
    case '[': return scanner.array([&](std::size_t) { return visit_value(scanner); });
    case '"': {
      json::StringSpan span;
      return scanner.string(span);
    }
    default: {
      std::string_view text;
      return scanner.scalar(text);
    }
  }
}

/// By `object` and `array`, which call back for each member and element.
inline Verdict visit(std::string_view text) {
  json::Scanner scanner(text);
  const bool is_json = visit_value(scanner) && scanner.finish();
  return verdict_of(scanner, is_json);
}

}  // namespace stactask::testing

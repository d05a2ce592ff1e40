// Reports in one line for each issue, as tests compare them.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "payload/check.hpp"
#include "support.hpp"

namespace stactask::testing {

struct Lines : std::vector<std::string> {
  using std::vector<std::string>::vector;
};

inline std::ostream& operator<<(std::ostream& out, const Lines& lines) {
  for (const std::string& line : lines) out << "\n    " << line;
  return out;
}

inline std::string place_text(const json::Value& position) {
  const auto number = [&](std::string_view key) {
    return std::to_string(at(position, key).get<std::size_t>());
  };
  return number("line") + ":" + number("column");
}

/// `error process-type at /process 1:12 to 1:16`, the places only where there are any. An empty report
/// gives no lines.
inline Lines lines_of(const std::string& report) {
  Lines lines;
  if (report.empty()) return lines;
  const json::Value value = parse(report);
  bool valid = true;
  for (const json::Value& issue : json::array_of(at(value, "issues"))) {
    std::string line =
        text_at(issue, "severity") + " " + text_at(issue, "code") + " at " + text_at(issue, "pointer");
    if (const json::Value* range = json::member(&issue, "range")) {
      line += " " + place_text(at(*range, "start")) + " to " + place_text(at(*range, "end"));
    }
    lines.push_back(std::move(line));
    valid = valid && text_at(issue, "severity") != "error";
  }
  CHECK(at(value, "valid").get<bool>() == valid);
  return lines;
}

/// The same without places.
inline Lines check_lines(std::string_view text, payload::CheckOptions options = {}) {
  const Padded padded(text);
  options.has_source = false;
  return lines_of(payload::check(padded.view(), options));
}

inline Lines check_places(std::string_view text, payload::CheckOptions options = {}) {
  const Padded padded(text);
  return lines_of(payload::check(padded.view(), options));
}

/// The issues of a report, which must have some.
inline json::Value::array_t issues_of(const std::string& report) {
  const json::Value value = parse(report);
  return json::array_of(at(value, "issues"));
}

inline std::string report_of(std::string_view text, const payload::CheckOptions& options = {}) {
  const Padded padded(text);
  return payload::check(padded.view(), options);
}

/// One member of a report's first issue.
inline std::string first(const std::string& report, std::string_view key) {
  return text_at(issues_of(report)[0], key);
}

}  // namespace stactask::testing

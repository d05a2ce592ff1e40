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

/// What a whole payload has and the scraps of most tests have not is not worth a line.
inline Lines without_form(Lines lines) {
  std::erase_if(lines, [](const std::string& line) {
    return line.starts_with("warning feature-collection-type") || line.starts_with("warning process-missing");
  });
  return lines;
}

inline Lines check_places(std::string_view text, const payload::CheckOptions& options = {}) {
  const Padded padded(text);
  return without_form(lines_of(payload::check(padded.view(), options)));
}

/// The same without places.
inline Lines check_lines(std::string_view text, payload::CheckOptions options = {}) {
  options.report.has_source = false;
  return check_places(text, options);
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

/// The first issue with this code, or null.
inline const json::Value* issue_with(const json::Value::array_t& issues, std::string_view code) {
  for (const json::Value& issue : issues) {
    if (text_at(issue, "code") == code) return &issue;
  }
  return nullptr;
}

/// Where so many UTF-16 units of a text end, in bytes.
inline std::size_t byte_at(std::string_view text, std::size_t units) {
  std::size_t at = 0;
  while (at < text.size() && units > 0) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    units -= length == 4 ? 2 : 1;
    at += length;
  }
  REQUIRE(units == 0);
  return at;
}

/// The text after an issue's fix, which must have one.
inline std::string mend(std::string_view text, const json::Value& issue) {
  std::string out(text);
  const auto edits = json::array_of(at(at(issue, "fix"), "edits"));
  REQUIRE(!edits.empty());
  // From the end, so that places before stay where they are.
  std::size_t before = text.size();
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    const json::Value& range = at(*edit, "range");
    const auto side = [&](std::string_view name) {
      return byte_at(text, at(at(range, name), "offset").get<std::size_t>());
    };
    REQUIRE(side("start") <= side("end"));
    REQUIRE(side("end") <= before);
    before = side("start");
    out.replace(before, side("end") - before, text_at(*edit, "text"));
  }
  return out;
}

}  // namespace stactask::testing

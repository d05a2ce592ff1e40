#include "payload/report.hpp"

#include <vector>

#include "json/locate.hpp"
#include "json/positions.hpp"

namespace stactask::payload {

using json::ByteRange;
using json::Position;

namespace {

bool needs_search(const Finding& finding) { return !finding.range && !finding.pointer.empty(); }

// All but the whitespace around it.
ByteRange range_of_root(std::string_view text) {
  constexpr std::string_view space = " \t\n\r";
  const std::size_t start = text.find_first_not_of(space);
  if (start == std::string_view::npos) return {};
  return {start, text.find_last_not_of(space) + 1};
}

// Each finding's own range, or that of the value its pointer names.
std::vector<ByteRange> ranges_of(std::string_view text, std::span<const Finding> findings) {
  std::vector<std::string> pointers;
  for (const Finding& finding : findings) {
    if (needs_search(finding)) pointers.push_back(finding.pointer);
  }
  std::vector<ByteRange> located;
  if (!pointers.empty()) located = json::locate(text, pointers);
  std::vector<ByteRange> ranges;
  for (std::size_t next = 0; const Finding& finding : findings) {
    if (needs_search(finding)) {
      ranges.push_back(located[next++]);
    } else {
      ranges.push_back(finding.range ? *finding.range : range_of_root(text));
    }
  }
  return ranges;
}

// The start and the end of each range in turn.
std::vector<Position> positions_of(std::string_view text, std::span<const ByteRange> ranges) {
  std::vector<std::size_t> offsets;
  for (const ByteRange& range : ranges) {
    offsets.push_back(range.start);
    offsets.push_back(range.end);
  }
  return json::positions_of(text, offsets);
}

void write_position(json::Writer& writer, std::string_view name, const Position& position) {
  writer.key(name).begin_object();
  writer.key("offset").number(position.offset);
  writer.key("line").number(position.line);
  writer.key("column").number(position.column);
  writer.end_object();
}

std::size_t count_of(std::span<const Finding> findings, Severity severity) {
  std::size_t count = 0;
  for (const Finding& finding : findings) count += rule_of(finding.code).severity == severity ? 1 : 0;
  return count;
}

void write_counts(json::Writer& writer, std::span<const Finding> findings) {
  writer.key("counts").begin_object();
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    writer.key(severity_name(severity)).number(count_of(findings, severity));
  }
  writer.end_object();
}

}  // namespace

void write_issue_members(json::Writer& writer, const Finding& finding) {
  const Rule& rule = rule_of(finding.code);
  writer.key("code").string(rule.name);
  writer.key("severity").string(severity_name(rule.severity));
  writer.key("message").string(message_of(finding));
  writer.key("pointer").string(finding.pointer);
  if (!rule.hint.empty()) writer.key("hint").string(rule.hint);
  if (!rule.python_type.empty()) {
    writer.key("python").begin_object();
    writer.key("type").string(rule.python_type);
    writer.key("message").string(python_message_of(finding));
    writer.end_object();
  }
}

std::string write_report(std::string_view text, std::span<const Finding> findings, bool has_source) {
  if (findings.empty()) return {};
  const std::vector<ByteRange> ranges = has_source ? ranges_of(text, findings) : std::vector<ByteRange>();
  const std::vector<Position> positions = positions_of(text, ranges);

  json::Writer writer;
  writer.begin_object();
  writer.key("valid").boolean(count_of(findings, Severity::error) == 0);
  writer.key("issues").begin_array();
  for (std::size_t i = 0; i < findings.size(); ++i) {
    writer.begin_object();
    write_issue_members(writer, findings[i]);
    if (has_source) {
      writer.key("range").begin_object();
      write_position(writer, "start", positions[2 * i]);
      write_position(writer, "end", positions[2 * i + 1]);
      writer.end_object();
    }
    writer.end_object();
  }
  writer.end_array();
  write_counts(writer, findings);
  writer.end_object();
  return writer.take();
}

}  // namespace stactask::payload

#include "payload/report.hpp"

#include <utility>
#include <vector>

#include "json/locate.hpp"
#include "json/order.hpp"
#include "json/positions.hpp"

namespace stactask::payload {

using json::ByteRange;
using json::Place;
using json::Position;

namespace {

// A finding on its way into the report.
struct Entry {
  const Finding* finding;
  Place place = {};
  ByteRange range = {};
};

// All but the whitespace around it.
ByteRange range_of_root(std::string_view text) {
  constexpr std::string_view space = " \t\n\r";
  const std::size_t start = text.find_first_not_of(space);
  if (start == std::string_view::npos) return {};
  return {start, text.find_last_not_of(space) + 1};
}

ByteRange range_of(std::string_view text, const Finding& finding, const Place& place,
                   json::StringParts& parts) {
  if (finding.range) return *finding.range;
  if (finding.part == Part::key && place.key.end != 0) return place.key;
  const bool is_inside = finding.inside.end != 0 && text[place.value.start] == '"';
  return is_inside ? parts.find(place.value, finding.inside) : place.value;
}

// One search for all pointers.
void find_places(std::string_view text, std::vector<Entry>& entries) {
  const auto is_sought = [](const Entry& entry) {
    return !entry.finding->range && !entry.finding->pointer.empty();
  };
  std::vector<std::string> pointers;
  for (const Entry& entry : entries) {
    if (is_sought(entry)) pointers.push_back(entry.finding->pointer);
  }
  std::vector<Place> found;
  if (!pointers.empty()) found = json::locate(text, pointers);
  const ByteRange root = range_of_root(text);
  json::StringParts parts(text);
  for (std::size_t next = 0; Entry & entry : entries) {
    entry.place = is_sought(entry) ? found[next++] : Place{root, {}};
    entry.range = range_of(text, *entry.finding, entry.place, parts);
  }
}

// What Python says stays in its order; the rest goes by its place.
void sort_entries(std::vector<Entry>& entries, std::size_t said) {
  std::vector<std::size_t> starts;
  starts.reserve(entries.size() - said);
  for (std::size_t i = said; i < entries.size(); ++i) starts.push_back(entries[i].range.start);
  std::vector<Entry> sorted(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(said));
  for (const std::size_t index : json::order_of(starts)) sorted.push_back(entries[said + index]);
  entries = std::move(sorted);
}

// Writes places; told all of them first, since they are counted in one pass over the text.
class RangeWriter {
 public:
  void expect(ByteRange range) {
    offsets_.push_back(range.start);
    offsets_.push_back(range.end);
  }
  void count(std::string_view text) { positions_ = json::positions_of(text, offsets_); }

  /// The ranges in the order in which they were expected.
  void write_next(json::Writer& writer) {
    writer.key("range").begin_object();
    write_position(writer, "start");
    write_position(writer, "end");
    writer.end_object();
  }

 private:
  void write_position(json::Writer& writer, std::string_view name) {
    const Position& position = positions_[next_++];
    writer.key(name).begin_object();
    writer.key("offset").number(position.offset);
    writer.key("line").number(position.line);
    writer.key("column").number(position.column);
    writer.end_object();
  }

  std::vector<std::size_t> offsets_;
  std::vector<Position> positions_;
  std::size_t next_ = 0;
};

void write_fix(json::Writer& writer, RangeWriter& ranges, const Fix& fix) {
  writer.key("fix").begin_object();
  writer.key("title").string(fix.title);
  writer.key("safe").boolean(fix.safe);
  writer.key("edits").begin_array();
  for (const Edit& edit : fix.edits) {
    writer.begin_object();
    ranges.write_next(writer);
    writer.key("text").string(edit.text);
    writer.end_object();
  }
  writer.end_array().end_object();
}

void write_issues(json::Writer& writer, std::string_view text, const std::vector<Entry>& entries,
                  bool has_source) {
  RangeWriter ranges;
  std::vector<std::optional<Fix>> fixes;
  if (has_source) {
    for (const Entry& entry : entries) {
      ranges.expect(entry.range);
      const Finding& finding = *entry.finding;
      fixes.push_back(finding.fix ? finding.fix : fix_of(text, finding, entry.place));
      if (!fixes.back()) continue;
      for (const Edit& edit : fixes.back()->edits) ranges.expect(edit.range);
    }
    ranges.count(text);
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    writer.begin_object();
    write_issue_members(writer, *entries[i].finding);
    if (has_source) {
      ranges.write_next(writer);
      if (fixes[i]) write_fix(writer, ranges, *fixes[i]);
    }
    writer.end_object();
  }
}

}  // namespace

void write_issue_members(json::Writer& writer, const Finding& finding) {
  const Rule& rule = rule_of(finding.code);
  writer.key("code").string(name_of(finding.code));
  writer.key("severity").string(severity_name(rule.severity));
  writer.key("message").string(message_of(finding));
  writer.key("pointer").string(finding.pointer);
  if (*rule.hint != '\0') writer.key("hint").string(rule.hint);
  if (*rule.python_type != '\0') {
    writer.key("python").begin_object();
    writer.key("type").string(rule.python_type);
    writer.key("message").string(python_message_of(finding));
    writer.end_object();
  }
}

std::string write_report(std::string_view text, const Findings& said, const Findings& unsaid,
                         const ReportOptions& options) {
  constexpr Severity severities[] = {Severity::error, Severity::warning, Severity::info};
  const auto count_of = [&](Severity severity) {
    return said.count_of(severity) + unsaid.count_of(severity);
  };
  std::size_t total = 0;
  for (const Severity severity : severities) total += count_of(severity);
  if (total == 0) return {};

  std::vector<Entry> entries;
  for (const Finding& finding : said.kept()) entries.push_back({&finding});
  for (const Finding& finding : unsaid.kept()) entries.push_back({&finding});
  if (options.has_source) {
    find_places(text, entries);
    sort_entries(entries, said.kept().size());
  }
  if (entries.size() > options.max_issues) entries.resize(options.max_issues, Entry{nullptr});

  json::Writer writer;
  writer.begin_object();
  writer.key("valid").boolean(count_of(Severity::error) == 0);
  writer.key("issues").begin_array();
  write_issues(writer, text, entries, options.has_source);
  writer.end_array();
  writer.key("counts").begin_object();
  for (const Severity severity : severities) writer.key(severity_name(severity)).number(count_of(severity));
  writer.end_object();
  if (total > entries.size()) writer.key("omitted").number(total - entries.size());
  writer.end_object();
  return writer.take();
}

}  // namespace stactask::payload

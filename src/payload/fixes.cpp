#include "payload/fixes.hpp"

#include <algorithm>
#include <array>

#include "json/join.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "payload/findings.hpp"
#include "payload/pattern_fixes.hpp"

namespace stactask::payload {

using json::ByteRange;
using json::join;
using json::OddityKind;
using json::Place;
using json::Scanner;
using json::StringSpan;

namespace {

constexpr std::string_view blanks = " \t\n\r";
constexpr std::size_t max_edits = 10000;  // of one fix; nobody reads more

std::string_view parent_of(std::string_view pointer) { return pointer.substr(0, pointer.rfind('/')); }

// The whitespace before what stands at `offset`, where only that is before it on its line, with the line
// break; otherwise nothing.
std::string_view indent_of(std::string_view text, std::size_t offset) {
  const std::size_t last = text.substr(0, offset).find_last_not_of(" \t");
  if (last == std::string_view::npos || (text[last] != '\n' && text[last] != '\r')) return {};
  const bool is_pair = last > 0 && text[last - 1] == '\r' && text[last] == '\n';
  const std::size_t start = last - (is_pair ? 1 : 0);
  return text.substr(start, offset - start);
}

// A member and the comma that goes with it; of an only member all that its braces hold.
ByteRange with_comma(std::string_view text, const Place& member) {
  const std::size_t after = text.find_first_not_of(blanks, member.value.end);
  if (text[after] == ',') return {member.key.start, text.find_first_not_of(blanks, after + 1)};
  const std::size_t before = text.substr(0, member.key.start).find_last_not_of(blanks);
  return text[before] == ',' ? ByteRange{before, member.value.end} : ByteRange{before + 1, after};
}

// One element of a `tasks` list.
struct ListedTask {
  ByteRange range;
  ByteRange parameters = {};
  std::size_t parameters_key = 0;  // where the key of the parameters begins
  std::string_view name = {};      // with its quotes
  bool is_simple = true;           // nothing but a name that is a string and parameters
};

bool read_task(Scanner& scanner, ListedTask& task) {
  task.range.start = scanner.offset();
  if (scanner.peek() != '{') return false;
  const bool well_formed = scanner.object([&](const StringSpan& key) {
    const std::string name = json::decode_string(key);
    const std::size_t start = scanner.offset();
    const bool is_string = scanner.peek() == '"';
    const bool is_object = scanner.peek() == '{';
    StringSpan text;
    if (is_string ? !scanner.string(text) : !scanner.skip_value()) return false;
    if (name == "name") {
      task.name = is_string ? std::string_view(text.raw.data() - 1, text.raw.size() + 2) : std::string_view();
    } else if (name == "parameters") {
      task.parameters = {start, scanner.offset()};
      task.parameters_key = scanner.offset_of(key.raw.data()) - 1;
      if (!is_object) return false;
    } else {
      return false;  // what has no place in the object would be lost
    }
    return true;
  });
  task.range.end = scanner.offset();
  return well_formed && !task.name.empty();
}

// What moves to the left with its beginning takes its other lines along.
void unindent(std::string_view text, const ListedTask& task, std::vector<Edit>& edits) {
  const std::size_t from = indent_of(text, task.parameters_key).size();
  const std::size_t to = indent_of(text, task.range.start).size();
  if (from <= to || to == 0) return;
  for (std::size_t at = text.find('\n', task.parameters.start); at < task.parameters.end;
       at = text.find('\n', at + 1)) {
    const std::size_t content = text.find_first_not_of(" \t", at + 1);
    const std::size_t width = std::min(from - to, content - at - 1);
    if (width != 0) edits.push_back({{at + 1, at + 1 + width}, ""});
  }
}

// `[{"name": "a", "parameters": {…}}, …]` to `{"a": {…}, …}`.
std::optional<Fix> fix_tasks_list(std::string_view text, ByteRange list) {
  Fix fix{"Write the tasks as an object", true, {{{list.start, list.start + 1}, "{"}}};
  Scanner scanner(text);
  scanner.seek(list.start);
  const bool is_possible = scanner.array([&](std::size_t /*index*/) {
    ListedTask task;
    if (!read_task(scanner, task) || fix.edits.size() > max_edits) return false;
    if (task.parameters.end == 0) {
      fix.edits.push_back({task.range, join({task.name, ": {}"})});
      return true;
    }
    fix.edits.push_back({{task.range.start, task.parameters.start}, join({task.name, ": "})});
    unindent(text, task, fix.edits);
    fix.edits.push_back({{task.parameters.end, task.range.end}, ""});
    return true;
  });
  if (!is_possible) return std::nullopt;
  fix.edits.push_back({{list.end - 1, list.end}, "}"});
  return fix;
}

// Collection names and patterns of the legacy mapping, as they are written, in Python's order: of equal
// names the last pattern counts, in the place of the first.
using Mapping = json::OrderedMap<std::string, std::array<std::string_view, 2>>;

bool read_mapping(std::string_view text, ByteRange range, Mapping& mapping) {
  Scanner scanner(text);
  scanner.seek(range.start);
  if (scanner.peek() != '{') return false;
  return scanner.object([&](const StringSpan& key) {
    StringSpan pattern;
    if (scanner.peek() != '"' || !scanner.string(pattern)) return false;
    const auto written = [](const StringSpan& span) {
      return std::string_view(span.raw.data() - 1, span.raw.size() + 2);
    };
    mapping[json::decode_string(key)] = {written(key), written(pattern)};
    return true;
  });
}

// Whether an object has one member of this name and no more.
bool has_one(std::string_view text, ByteRange object, std::string_view name) {
  Scanner scanner(text);
  scanner.seek(object.start);
  std::size_t count = 0;
  scanner.object([&](const StringSpan& key) {
    count += json::decode_string(key) == name ? 1 : 0;
    return scanner.skip_value();
  });
  return count == 1;
}

// How a text is laid out at the member whose value moves.
struct Manner {
  std::string_view indent;  // before a member of the definition; empty where all stands on one line
  std::string_view deeper;  // before an element of a list in it; empty likewise
  std::string_view colon;   // between key and value
  std::string_view blank;   // behind a comma on the same line
};

Manner manner_of(std::string_view text, const Place& options, const Place& member) {
  Manner manner;
  manner.indent = indent_of(text, options.key.start);
  manner.deeper = indent_of(text, member.key.start);
  if (manner.indent.empty() || manner.deeper.size() <= manner.indent.size()) manner.deeper = {};
  manner.colon = text.substr(member.key.end, member.value.start - member.key.end);
  if (manner.colon.find_first_of("\r\n") != std::string_view::npos) manner.colon = ": ";
  manner.blank = manner.colon.ends_with(' ') ? " " : "";
  return manner;
}

std::string matchers_text(const Mapping& mapping, const Manner& manner) {
  const auto& [indent, deeper, colon, blank] = manner;
  std::string out = "[";
  for (const auto& [name, written] : mapping) {
    if (out.size() > 1) out += join({",", deeper.empty() ? blank : ""});
    out += join({deeper, "{\"type\"", colon, "\"jsonpath\",", blank, "\"pattern\"", colon, written[1], ",",
                 blank, "\"collection_name\"", colon, written[0], "}"});
  }
  return out + join({deeper.empty() ? "" : indent, "]"});
}

// The legacy mapping to matchers, which go behind the upload options.
std::optional<Fix> fix_mapping(std::string_view text, const Finding& finding, const Place& member) {
  if (member.key.end == 0) return std::nullopt;  // Python warns about the default, too
  const std::string options(parent_of(finding.pointer));
  const std::string pointers[] = {options, join({parent_of(options), "/collection_matchers"})};
  const std::vector<Place> places = json::locate(text, pointers);
  const Place& upload_options = places[0];
  const Place& matchers = places[1];
  Mapping mapping;
  const bool is_removable = has_one(text, upload_options.value, "collections");
  if (!is_removable || !read_mapping(text, member.value, mapping)) return std::nullopt;
  Fix fix{"Write the mapping as collection_matchers", true, {{with_comma(text, member), ""}}};
  if (mapping.empty()) return fix;

  const Manner manner = manner_of(text, upload_options, member);
  const std::string list = matchers_text(mapping, manner);
  if (matchers.key.end == 0) {
    const std::size_t end = upload_options.value.end;
    const std::string_view gap = manner.indent.empty() ? manner.blank : manner.indent;
    fix.edits.push_back({{end, end}, join({",", gap, "\"collection_matchers\"", manner.colon, list})});
    return fix;
  }
  // Only an empty list leaves the mapping in force.
  if (text[text.find_first_not_of(blanks, matchers.value.start + 1)] != ']') return std::nullopt;
  fix.edits.push_back({matchers.value, list});
  return fix;
}

// Which of the two counts is for the author to say.
std::optional<Fix> fix_both(std::string_view text, const Finding& finding, const Place& member) {
  const std::string pointers[] = {std::string(parent_of(finding.pointer))};
  if (!has_one(text, json::locate(text, pointers)[0].value, "collections")) return std::nullopt;
  return Fix{"Remove the legacy mapping", false, {{with_comma(text, member), ""}}};
}

std::string escape_of(char control) {
  switch (control) {
    case '\b': return "\\b";
    case '\t': return "\\t";
    case '\n': return "\\n";
    case '\f': return "\\f";
    case '\r': return "\\r";
    default: break;
  }
  return json::escaped({&control, 1});
}

std::optional<Fix> fix_suggestion(const Finding& finding, const Place& place) {
  if (finding.suggestion.empty()) return std::nullopt;
  const ByteRange range = finding.part == Part::key ? place.key : place.value;
  if (range.end == 0) return std::nullopt;
  const std::string text = join({"\"", finding.suggestion, "\""});
  return Fix{join({"Write ", text}), finding.is_suggestion_safe, {{range, text}}};
}

std::optional<Fix> fix_type(std::string_view text, const Finding& finding, const Place& place) {
  constexpr std::string_view value = "\"FeatureCollection\"";
  Fix fix{"Say that it is a FeatureCollection", false, {}};
  if (!finding.pointer.empty()) {
    fix.edits.push_back({place.value, std::string(value)});
    return fix;
  }
  const std::size_t inside = place.value.start + 1;
  const std::size_t first = text.find_first_not_of(blanks, inside);
  const std::string_view comma = text[first] == '}' ? "" : ",";
  const std::string_view indent = indent_of(text, first);
  const std::string_view gap = comma.empty() ? std::string_view() : indent.empty() ? " " : indent;
  fix.edits.push_back({{first, first}, join({"\"type\": ", value, comma, gap})});
  return fix;
}

}  // namespace

std::optional<Fix> fix_of(std::string_view text, const Finding& finding, const Place& place) {
  switch (finding.code) {
    case Code::process_dict: {
      const auto [start, end] = place.value;
      return Fix{"Put the object into a list", true, {{{start, start}, "["}, {{end, end}, "]"}}};
    }
    case Code::tasks_list: return fix_tasks_list(text, place.value);
    case Code::upload_collections: return fix_mapping(text, finding, place);
    case Code::matchers_and_collections: return fix_both(text, finding, place);
    case Code::feature_collection_type: return fix_type(text, finding, place);
    case Code::pattern_truncates:
    case Code::pattern_unanchored:
    case Code::pattern_backslash: return fix_of_pattern(text, finding, place.value);
    default: return fix_suggestion(finding, place);
  }
}

std::optional<Fix> fix_of_syntax(std::string_view text) {
  Scanner scanner(text);
  scanner.recover();
  if (!scanner.skip_value() || !scanner.finish()) return std::nullopt;
  if (scanner.oddity_count() > scanner.oddities().size()) return std::nullopt;
  Fix fix{"Mend the JSON", true, {}};
  for (const json::Oddity& oddity : scanner.oddities()) {
    const ByteRange range{oddity.offset, oddity.offset + 1};
    if (oddity.kind == OddityKind::trailing_comma) {
      fix.edits.push_back({range, ""});
    } else if (oddity.kind == OddityKind::bad_escape) {
      fix.edits.push_back({{range.start, range.start}, "\\"});
    } else if (oddity.kind == OddityKind::control_character) {
      fix.edits.push_back({range, escape_of(text[oddity.offset])});
    }
  }
  return fix;
}

}  // namespace stactask::payload

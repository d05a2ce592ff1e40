#include "payload/check.hpp"

#include <limits>
#include <utility>
#include <vector>

#include "json/positions.hpp"
#include "json/utf8.hpp"
#include "json/writer.hpp"
#include "payload/cirrus_profile.hpp"
#include "payload/items.hpp"
#include "payload/lint.hpp"
#include "payload/python_dict.hpp"
#include "payload/syntax_findings.hpp"

namespace stactask::payload {

namespace {

// What is found, in the two parts of a report.
struct Found {
  Findings said;    // what Python raises and warns about
  Findings unsaid;  // what it accepts in silence
};

void check_text(std::string_view text, const CheckOptions& options, Document& document, Found& found) {
  read_document(text, options.lint ? Reading::lint : Reading::process, document);
  if (document.syntax_error) {
    found.said.add(syntax_finding(text, *document.syntax_error, options.is_bytes)).fix = fix_of_syntax(text);
    return;
  }
  if (options.items && document.features.is_array()) {
    check_items(text, document.features_offset, found.unsaid);
  }
  if (document.clean_process != nullptr) {
    if (!options.cirrus && is_clean(text, document)) return;
    read_process(text, document);
  }
  std::forward_list<json::Value> made;
  if (!document.root_is_object) document.payload = payload_of_pairs(document.root, made, found.said);
  if (!found.said.has_error()) {
    validate(document.payload, found.said);
    if (options.cirrus) validate_for_cirrus(document, found.said);
  }
  if (!options.lint) return;
  lint(text, document, found.unsaid);
  if (options.cirrus) lint_for_cirrus(text, document, found.unsaid);
  if (found.said.kept().empty() && found.unsaid.kept().empty()) remember_clean_process(text, document);
}

// Takes the mark off: it is no part of the text, and editors and decoders do not count it. False where
// the text cannot be read at all.
bool strip_byte_order_mark(std::string_view& text, bool is_bytes, Found& found) {
  if (is_bytes) {
    if (auto finding = encoding_finding(text)) {
      found.said.add(*finding);
      return false;
    }
  }
  if (!text.starts_with(json::byte_order_mark)) return true;
  const json::ByteRange range{0, json::byte_order_mark.size()};
  if (!is_bytes) {
    found.said.add({Code::json_byte_order_mark,
                    "",
                    {},
                    range,
                    "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"});
    found.said.kept().back().fix = Fix{"Remove the mark", true, {{range, ""}}};
    return false;
  }
  text.remove_prefix(json::byte_order_mark.size());
  return true;
}

std::string describe_oddities(std::string_view text, const std::vector<json::Oddity>& oddities) {
  std::vector<std::size_t> offsets;
  bool has_raw_surrogates = false;
  for (const json::Oddity& oddity : oddities) {
    const bool is_number = oddity.kind == json::OddityKind::non_finite_number;
    if (is_number) offsets.push_back(oddity.offset);
    // As an escape it has six bytes.
    has_raw_surrogates = has_raw_surrogates || (!is_number && oddity.length == 3);
  }
  json::Writer writer;
  writer.begin_object().key("hasRawSurrogates").boolean(has_raw_surrogates);
  writer.key("nonFinite").begin_array();
  const std::vector<json::Position> positions = json::positions_of(text, offsets);
  for (std::size_t i = 0, next = 0; i < oddities.size(); ++i) {
    if (oddities[i].kind != json::OddityKind::non_finite_number) continue;
    writer.begin_array().number(positions[next++].offset).number(oddities[i].length).end_array();
  }
  writer.end_array().end_object();
  return writer.take();
}

}  // namespace

std::string check(std::string_view text, const CheckOptions& options) {
  Document document;
  return check(text, options, document);
}

std::string check(std::string_view text, const CheckOptions& options, Document& document) {
  Found found{Findings(options.lint), Findings()};
  const std::size_t size = text.size();
  if (strip_byte_order_mark(text, options.is_bytes, found)) {
    check_text(text, options, document, found);
    const bool had_mark = text.size() < size;
    if (options.lint && had_mark) {
      found.unsaid.add({Code::byte_order_mark, "", {}, json::ByteRange{0, 0}});
    }
  }
  return write_report(text, found.said, found.unsaid, options.report);
}

std::string check_syntax(std::string_view text, bool is_bytes) {
  Found found;
  const auto report = [&] { return write_report(text, found.said, found.unsaid, {}); };
  if (!strip_byte_order_mark(text, is_bytes, found)) return report();
  json::Scanner scanner(text, std::numeric_limits<std::size_t>::max());
  if (!scanner.skip_value() || !scanner.finish()) {
    found.said.add(syntax_finding(text, scanner.error(), is_bytes)).fix = fix_of_syntax(text);
    return report();
  }
  return scanner.oddities().empty() ? std::string() : describe_oddities(text, scanner.oddities());
}

std::string refuse_malformed(std::string_view& text, bool is_bytes) {
  const std::string_view given = text;
  if (is_bytes) text = json::without_byte_order_mark(text);
  json::Scanner scanner(text, 0);
  return scanner.skip_value() && scanner.finish() ? std::string() : check_syntax(given, is_bytes);
}

std::string describe(std::string_view text) {
  json::Scanner scanner(text);
  json::Value value;
  json::DuplicateKeys duplicates;
  Code code{};
  if (!json::read_value(scanner, value, duplicates)) return {};
  if (!find_code(json::string_member(value, "code"), code)) return {};
  Findings said;
  said.add(code, json::string_member(value, "pointer"), json::string_member(value, "argument"));
  return write_report({}, said, Findings(), {.has_source = false});
}

}  // namespace stactask::payload

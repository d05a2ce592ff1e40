#include "payload/check.hpp"

#include <limits>
#include <utility>
#include <vector>

#include "json/order.hpp"
#include "json/positions.hpp"
#include "json/writer.hpp"
#include "payload/document.hpp"
#include "payload/python_dict.hpp"
#include "payload/report.hpp"
#include "payload/syntax_findings.hpp"

namespace stactask::payload {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view slice(std::string_view text, json::ByteRange range) {
  return text.substr(range.start, range.end - range.start);
}

std::string_view kind_of(const json::Value& value) {
  if (value.is_array()) return "a list";
  if (value.is_string()) return "a string";
  if (value.is_boolean()) return "a boolean";
  return value.is_null() ? "null" : "a number";
}

bool has_lint(const Document& document) {
  return !document.root_is_object || !document.duplicates.empty() || !document.oddities.empty();
}

// What Python does not say: with lint it comes after all that Python says, by its place in the text.
[[gnu::noinline]] void add_lint(std::string_view text, const Document& document, Findings& findings) {
  std::vector<Finding> lint;
  if (!document.root_is_object) {
    lint.push_back({Code::payload_not_object, "", std::string(kind_of(document.root)), std::nullopt});
  }
  for (const json::DuplicateKey& key : document.duplicates) {
    const json::ByteRange range{key.offset, key.offset + key.length};
    lint.push_back({Code::duplicate_key, key.pointer,
                    std::string(slice(text, {range.start + 1, range.end - 1})), range});
  }
  std::vector<std::size_t> offsets;
  offsets.reserve(document.oddities.size());
  for (const json::Oddity& oddity : document.oddities) offsets.push_back(oddity.offset);
  const std::vector<std::string> pointers = json::pointers_at(text, offsets);
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const json::Oddity& oddity = document.oddities[i];
    const json::ByteRange range{oddity.offset, oddity.offset + oddity.length};
    const bool is_number = oddity.kind == json::OddityKind::non_finite_number;
    lint.push_back({is_number ? Code::non_finite_number : Code::lone_surrogate, pointers[i],
                    std::string(slice(text, range)), range});
  }
  std::vector<std::size_t> places;
  places.reserve(lint.size());
  for (const Finding& finding : lint) places.push_back(finding.range ? finding.range->start : 0);
  for (const std::size_t index : json::order_of(places)) findings.add(std::move(lint[index]));
}

// Without lint the warnings are those that Python gives before it stops; with lint nobody is warned
// about a key that is not there.
void drop_warnings(std::vector<Finding>& findings, bool lint) {
  std::vector<Finding> kept;
  bool after_error = false;
  for (Finding& finding : findings) {
    const bool is_error = rule_of(finding.code).severity == Severity::error;
    after_error = after_error || is_error;
    const bool drop =
        lint ? finding.code == Code::upload_collections && finding.pointer.empty() : after_error && !is_error;
    if (!drop) kept.push_back(std::move(finding));
  }
  findings = std::move(kept);
}

void check_text(std::string_view text, const CheckOptions& options, Findings& findings) {
  Document document;
  read_document(text, options.lint, document);
  if (document.syntax_error) {
    findings.add(syntax_finding(text, *document.syntax_error, options.is_bytes));
    return;
  }
  std::forward_list<json::Value> made;
  const Payload payload =
      document.root_is_object ? document.payload : payload_of_pairs(document.root, made, findings);
  if (!findings.has_error()) validate(payload, findings);
  drop_warnings(findings.all(), options.lint);
  if (options.lint && has_lint(document)) add_lint(text, document, findings);
}

// Takes the mark off: it is no part of the text, and editors and decoders do not count it. False where
// the text cannot be read at all.
bool strip_byte_order_mark(std::string_view& text, bool is_bytes, Findings& findings) {
  if (is_bytes) {
    if (auto finding = encoding_finding(text)) {
      findings.add(*finding);
      return false;
    }
  }
  if (!text.starts_with(byte_order_mark)) return true;
  if (!is_bytes) {
    findings.add({Code::json_byte_order_mark,
                  "",
                  {},
                  json::ByteRange{0, byte_order_mark.size()},
                  "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"});
    return false;
  }
  text.remove_prefix(byte_order_mark.size());
  findings.add({Code::byte_order_mark, "", {}, json::ByteRange{0, 0}});
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
  Findings findings;
  const auto report = [&] { return write_report(text, findings.all(), options.has_source); };
  if (!strip_byte_order_mark(text, options.is_bytes, findings)) return report();
  // The findings about the mark itself come last, as lint does.
  std::vector<Finding> about_mark = std::exchange(findings.all(), {});
  check_text(text, options, findings);
  if (options.lint) {
    for (Finding& finding : about_mark) findings.add(std::move(finding));
  }
  return report();
}

std::string check_syntax(std::string_view text, bool is_bytes) {
  Findings findings;
  if (!strip_byte_order_mark(text, is_bytes, findings)) return write_report(text, findings.all(), true);
  json::Scanner scanner(text, std::numeric_limits<std::size_t>::max());
  if (!scanner.skip_value() || !scanner.finish()) {
    const Finding finding = syntax_finding(text, scanner.error(), is_bytes);
    return write_report(text, {&finding, 1}, true);
  }
  return scanner.oddities().empty() ? std::string() : describe_oddities(text, scanner.oddities());
}

std::string describe(std::string_view text) {
  json::Scanner scanner(text);
  json::Value value;
  std::vector<json::DuplicateKey> duplicates;
  if (!json::read_value(scanner, value, duplicates)) return {};
  const Rule* rule = rule_named(json::string_member(value, "code"));
  if (rule == nullptr) return {};
  const Finding finding{rule->code, json::string_member(value, "pointer"),
                        json::string_member(value, "argument")};
  return write_report({}, {&finding, 1}, false);
}

}  // namespace stactask::payload

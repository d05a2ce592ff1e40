#include "payload/lint.hpp"

#include "json/order.hpp"
#include "json/writer.hpp"
#include "payload/definition_lint.hpp"
#include "payload/template_lint.hpp"
#include "payload/wording.hpp"

namespace stactask::payload {

using json::ByteRange;
using json::Value;

namespace {

struct Mark {
  Code code;
  ByteRange range;
};

// Odd places in the text, each with the range that it has.
std::vector<Mark> marks_in(std::string_view text, const Document& document) {
  std::vector<Mark> marks;
  for (const json::StringSpan& key : document.duplicates.kept) {
    const auto start = static_cast<std::size_t>(key.raw.data() - text.data());
    marks.push_back({Code::duplicate_key, {start - 1, start + key.raw.size() + 1}});
  }
  for (const json::Oddity& oddity : document.oddities) {
    const bool is_number = oddity.kind == json::OddityKind::non_finite_number;
    marks.push_back({is_number ? Code::non_finite_number : Code::lone_surrogate,
                     {oddity.offset, oddity.offset + oddity.length}});
  }
  return marks;
}

// Whether a surrogate stands here, in three bytes or as an escape.
bool is_surrogate_at(std::string_view text, std::size_t at) {
  const std::string_view next = text.substr(at, 4);
  if (next.starts_with("\\u")) return next.size() > 3 && (next[2] | 0x20) == 'd' && next[3] >= '8';
  return next.starts_with('\xED') && next.size() > 1 && static_cast<json::Byte>(next[1]) >= 0xA0;
}

std::optional<Fix> fix_of_mark(std::string_view text, const Mark& mark, const json::Spot& spot) {
  const auto& [code, range] = mark;
  if (code == Code::duplicate_key && spot.earlier) {
    // There the order counts, and of equal keys the first has the place.
    if (spot.pointer.find("/upload_options/collections/") != std::string::npos) return std::nullopt;
    return Fix{"Remove the member that does not count", true, {{*spot.earlier, ""}}};
  }
  // As an escape it stands in ASCII; but two escapes of halves would make a whole.
  const std::size_t before = range.start;
  if (code != Code::lone_surrogate || text[before] == '\\') return std::nullopt;
  if (is_surrogate_at(text, range.end) || (before >= 3 && is_surrogate_at(text, before - 3)) ||
      (before >= 6 && is_surrogate_at(text, before - 6))) {
    return std::nullopt;
  }
  return Fix{"Write it as an escape", true, {{range, json::escaped(text.substr(before, 3))}}};
}

void lint_marks(std::string_view text, const Document& document, Findings& findings) {
  const std::vector<Mark> marks = marks_in(text, document);
  std::vector<std::size_t> starts;
  starts.reserve(marks.size());
  for (const Mark& mark : marks) starts.push_back(mark.range.start);
  const std::vector<std::size_t> order = json::order_of(starts);
  std::vector<std::size_t> offsets;
  offsets.reserve(order.size());
  for (const std::size_t index : order) offsets.push_back(starts[index]);
  const std::vector<json::Spot> spots = json::spots_at(text, offsets, Findings::max_bytes);
  for (std::size_t i = 0; i < spots.size(); ++i) {
    const auto [code, range] = marks[order[i]];
    const std::string_view slice = text.substr(range.start, range.end - range.start);
    const bool is_key = code == Code::duplicate_key;
    Finding& finding =
        findings.add(code, spots[i].pointer, is_key ? slice.substr(1, slice.size() - 2) : slice);
    finding.range = range;
    finding.fix = fix_of_mark(text, marks[order[i]], spots[i]);
  }
  // All these rules are warnings.
  findings.count(Severity::warning, document.duplicates.count + document.oddity_count - spots.size());
}

constexpr std::string_view root_keys = "type id process features href url bbox links collections";

void lint_type(const Node& type, Findings& findings) {
  if (!type.exists()) {
    findings.add(Code::feature_collection_type, *type.parent, {"'type' is missing"});
  } else if (!type.is_string()) {
    findings.add(Code::feature_collection_type, type, {"'type' is ", kind_of(*type.value)});
  } else if (type.text() != "FeatureCollection") {
    findings.add(Code::feature_collection_type, type, {"'type' is '", type.text(), "'"});
  }
}

// The member that makes a task fetch its payload (stactask/task.py: handler takes `href`, else `url`, and
// looks at nothing else), if there is one.
Node reference_of(const Node& root) {
  const Node href = root.member("href");
  return href.exists() ? href : root.member("url");
}

class ProcessLint {
 public:
  ProcessLint(std::string_view text, const Document& document, Findings& findings)
      : text_(text), document_(document), findings_(findings) {}

  void run(const Node& process) {
    if (process.is_object()) return lint_one(process, true);
    if (!process.is_list()) return;
    for_each_element(process, [&](const Node& entry) { lint_entry(entry); });
    const std::size_t count = process.value->size();
    if (count < 2) return;
    findings_.add(Code::process_chain, Node{nullptr, &process, {}, 1}, {std::to_string(count - 1)});
  }

 private:
  void lint_entry(const Node& entry) {
    const bool is_first = entry.index == 0;
    if (entry.is_object()) return lint_one(entry, is_first);
    if (is_first) return;  // Python refuses what is no object there
    if (!entry.is_list()) return add_entry_error(entry);
    for_each_element(entry, [&](const Node& fork) {
      if (fork.is_object()) {
        lint_one(fork, false);
      } else {
        add_entry_error(fork);
      }
    });
  }

  void add_entry_error(const Node& entry) {
    findings_.add(Code::process_entry_type, entry, {kind_of(*entry.value)});
  }

  // Of later definitions the items are not known yet.
  void lint_one(const Node& definition, bool has_items) {
    std::vector<PathTemplate> templates;
    lint_definition(definition, templates, findings_);
    if (!has_items) lint_kinds(definition, findings_);
    const bool is_list = document_.features.is_array();
    lint_templates(text_, templates, has_items && is_list ? document_.features_offset : 0, findings_);
  }

  std::string_view text_;
  const Document& document_;
  Findings& findings_;
};

// What stands beside `process` and `features`. True where it names another payload.
bool lint_root(const Document& document, Findings& findings) {
  const Node root{&document.root};
  lint_keys(root, root_keys, findings);
  lint_type(root.member("type"), findings);
  const Node reference = reference_of(root);
  const bool has_process = document.payload.process.value != nullptr;
  if (reference.exists() && (has_process || document.features_offset != 0)) {
    findings.add(Code::payload_reference, reference, {"'", reference.key, "'"});
  }
  return reference.exists();
}

}  // namespace

void lint(std::string_view text, const Document& document, Findings& findings) {
  if (!document.root_is_object) findings.add(Code::payload_not_object, "", kind_of(document.root));
  if (document.duplicates.count + document.oddity_count != 0) lint_marks(text, document, findings);
  if (!document.root_is_object) return;
  const Node root{&document.root};
  const bool has_reference = lint_root(document, findings);
  const Node process{document.payload.process.value, &root, "process"};
  const bool is_empty = !process.exists() || (process.is_list() && process.value->empty());
  if (is_empty && !has_reference) {
    findings.add(Code::process_missing, process.exists() ? process : root);
  }
  ProcessLint(text, document, findings).run(process);
}

bool is_clean(std::string_view text, const Document& document) {
  const bool are_features_right = document.features_offset == 0 || document.features.is_array();
  if (!are_features_right || document.duplicates.count + document.oddity_count != 0) return false;
  Findings findings;
  lint_root(document, findings);
  return findings.kept().empty() &&
         can_fill(text, document.features_offset, document.clean_process->variables);
}

void remember_clean_process(std::string_view text, const Document& document) {
  const auto [start, end] = document.process_range;
  const std::string_view process = text.substr(start, end - start);
  if (!document.root_is_object || text.size() > CleanProcesses::max_payload) return;
  if (!clean_processes.wants(process)) return;
  // Of a list with more than one definition there would be something to say.
  const Value* definition = document.payload.process.value;
  if (definition->is_array()) definition = &json::array_of(*definition).front();
  Findings nothing;
  std::vector<PathTemplate> templates;
  lint_definition(Node{definition}, templates, nothing);
  clean_processes.add(process, wanted_variables(templates));
}

}  // namespace stactask::payload

#include "payload/findings.hpp"

#include "json/join.hpp"

namespace stactask::payload {

std::string message_of(const Finding& finding) {
  const std::string_view text = rule_of(finding.code).message;
  const std::size_t gap = text.find("{}");
  if (gap == std::string_view::npos) return std::string(text);
  return json::join({text.substr(0, gap), finding.argument, text.substr(gap + 2)});
}

std::string python_message_of(const Finding& finding) {
  if (*rule_of(finding.code).python_type == '\0') return {};
  return finding.python_message.empty() ? message_of(finding) : finding.python_message;
}

Finding& Findings::add(Code code, std::string_view pointer, std::string_view argument) {
  return add({code, std::string(pointer), std::string(argument)});
}

Finding& Findings::add(Code code, const Node& node, std::initializer_list<std::string_view> argument) {
  return add({code, pointer_of(node), json::join(argument)});
}

Finding& Findings::add(Finding finding) {
  const Rule& rule = rule_of(finding.code);
  if (rule.severity == Severity::warning && *rule.python_type != '\0') {
    const bool is_absent = finding.code == Code::upload_collections && finding.pointer.empty();
    if (lint_ ? is_absent : has_error()) return dropped_;
  }
  count(rule.severity, 1);
  mentioned_[static_cast<std::size_t>(finding.code)] = true;
  bytes_ += finding.pointer.size() + finding.argument.size();
  const bool has_room = kept_.empty() || (kept_.size() < max_kept && bytes_ < max_bytes);
  if (has_room) return kept_.emplace_back(std::move(finding));
  return dropped_ = std::move(finding);
}

const Finding* Findings::first_error() const {
  for (const Finding& finding : kept_) {
    if (rule_of(finding.code).severity == Severity::error) return &finding;
  }
  return nullptr;
}

}  // namespace stactask::payload

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
  if (rule_of(finding.code).python_type.empty()) return {};
  return finding.python_message.empty() ? message_of(finding) : finding.python_message;
}

void Findings::add(Code code, std::string_view pointer, std::string argument) {
  add({code, std::string(pointer), std::move(argument)});
}

void Findings::add(Finding finding) { all_.push_back(std::move(finding)); }

bool Findings::mentions(Code code) const {
  for (const Finding& finding : all_) {
    if (finding.code == code) return true;
  }
  return false;
}

const Finding* Findings::first_error() const {
  for (const Finding& finding : all_) {
    if (rule_of(finding.code).severity == Severity::error) return &finding;
  }
  return nullptr;
}

}  // namespace stactask::payload

#include "payload/rules.hpp"

#include <algorithm>
#include <iterator>

namespace stactask::payload {

namespace {

using enum Severity;

constexpr Rule rules[] = {
#define RULE(code, severity, python_type, message, hint, source) \
  {severity, #code, python_type, message, hint},
#include "payload/rules.def"
#undef RULE
};

}  // namespace

const Rule& rule_of(Code code) { return rules[static_cast<std::size_t>(code)]; }

std::string name_of(Code code) {
  std::string name = rule_of(code).spelling;
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

bool find_code(std::string_view name, Code& code) {
  for (std::size_t i = 0; i < std::size(rules); ++i) {
    code = static_cast<Code>(i);
    if (name_of(code) == name) return true;
  }
  return false;
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case error: return "error";
    case warning: return "warning";
    case info: break;
  }
  return "info";
}

}  // namespace stactask::payload

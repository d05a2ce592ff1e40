// Everything that checking a payload can find: code, severity, text, Python's class. The table itself is
// payload/rules.def; docs/findings.md describes each code for users, and a test holds the two together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stactask::payload {

enum class Severity : std::uint8_t { error, warning, info };

enum class Code : std::uint8_t {
#define RULE(code, ...) code,
#include "payload/rules.def"
#undef RULE
};

struct Rule {
  Severity severity;
  const char* spelling;     // the code as it stands in the table: `-` is `_` here
  const char* python_type;  // the class that Python raises or warns with; empty for lint
  const char* message;      // `{}` stands for the finding's argument
  const char* hint;         // what to do; may be empty
};

const Rule& rule_of(Code code);

/// The public, stable name of a code.
std::string name_of(Code code);

/// Sets `code` to the one with this public name; false if there is none.
bool find_code(std::string_view name, Code& code);

std::string_view severity_name(Severity severity);

}  // namespace stactask::payload

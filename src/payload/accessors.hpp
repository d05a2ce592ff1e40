// The parts of a payload, as stactask/payload.py gives them: each function is the property of that
// name there, and reports what the property would raise or warn about, all of it where Python stops at
// the first.
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"
#include "payload/findings.hpp"

namespace stactask::payload {

/// A value and its JSON Pointer. A null `value` stands for what is absent, where Python answers with
/// an empty dict or list; so it does after an error, too.
struct Located {
  const json::Value* value = nullptr;
  std::string pointer;
};

/// The two members of a payload that Python's Payload looks at.
struct Payload {
  Located process;
  Located features;  // of the value only the kind counts
};

Located process_definition(const Payload& payload, Findings& findings);
Located items_as_dicts(const Payload& payload, Findings& findings);

// All others take what process_definition gave.
Located workflow_options(const Located& definition, Findings& findings);
Located task_options(const Located& definition, Findings& findings);
Located upload_options(const Located& definition, Findings& findings);
Located collection_mapping(const Located& definition, Findings& findings);
Located collection_matchers(const Located& definition, Findings& findings);
Located collection_options(const Located& definition, Findings& findings);
Located collection_options_of(const Located& definition, std::string_view collection, Findings& findings);
/// Per-collection options replace the global ones; they are not merged.
Located collection_upload_options(const Located& definition, std::string_view collection, Findings& findings);

/// Payload.validate: every error and every deprecation, in Python's order.
void validate(const Payload& payload, Findings& findings);

}  // namespace stactask::payload

// Words that messages are put together from.
#pragma once

#include <string_view>

#include "json/value.hpp"
#include "payload/findings.hpp"
#include "payload/node.hpp"

namespace stactask::payload {

/// What a value is, for a sentence.
std::string_view kind_of(const json::Value& value);

/// Report that a value is of the wrong kind: `name` is what it is called, `wanted` what it should be.
void add_kind_error(Code code, const Node& node, std::string_view name, std::string_view wanted,
                    Findings& findings);

/// Of `known`, the word that was probably meant by `word`: it differs in case, in separators or in a few
/// letters. Empty where none is near.
std::string_view nearest(std::string_view word, std::string_view known);

}  // namespace stactask::payload

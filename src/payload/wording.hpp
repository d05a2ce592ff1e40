// Words that messages are put together from.
#pragma once

#include <string_view>

#include "json/value.hpp"

namespace stactask::payload {

/// What a value is, for a sentence.
std::string_view kind_of(const json::Value& value);

/// Of `known`, the word that was probably meant by `word`: it differs in case, in separators or in a few
/// letters. Empty where none is near.
std::string_view nearest(std::string_view word, std::string_view known);

/// Whether `words`, separated by blanks, has this one.
bool has_word(std::string_view words, std::string_view word);

}  // namespace stactask::payload

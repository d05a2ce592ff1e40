// Members of JSON objects, as far as they are of the kind that is asked for.
#pragma once

#include <cstdint>
#include <string_view>

#include "json/value.hpp"
#include "json/writer.hpp"

namespace stactask::assets {

/// Lengths and places in a file, in bytes.
using Bytes = std::uint64_t;

/// What is no number that is known. One number less than an optional, which costs code.
inline constexpr Bytes unknown = ~Bytes{0};

/// A string; empty where it is anything else.
std::string_view text_member(const json::Value& object, std::string_view key);

/// A number without its fraction; unknown where it is none, negative, or more than JavaScript counts to.
Bytes number_member(const json::Value& object, std::string_view key);

/// A number from 0 to 1; 1 where it is anything else.
double fraction_member(const json::Value& object, std::string_view key);

/// Whether it is this boolean.
bool is_flag(const json::Value& object, std::string_view key, bool flag);

/// An array that is not empty, or null.
const json::Value* list_member(const json::Value& object, std::string_view key);

/// A member with a text, null where it is empty.
void write_text(json::Writer& writer, std::string_view key, std::string_view text);

/// A member with a number, null where it is unknown.
void write_number(json::Writer& writer, std::string_view key, Bytes number);

}  // namespace stactask::assets

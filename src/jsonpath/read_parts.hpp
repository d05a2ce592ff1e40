// Reading items no further than expressions look.
#pragma once

#include "json/scanner.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
#include "jsonpath/reads.hpp"

namespace stactask::jsonpath {

/// The index of no member.
inline constexpr std::uint32_t no_member = 0xFFFFFFFE;

/// The index of a member among those that are looked at.
std::uint32_t find_member(const Reads& reads, std::uint32_t parent, const json::StringSpan& key);

/// Let `all` be what it is and `more`.
void add_reads(Reads& all, const Reads& more);

/// Read the value that the scanner has come to, and of an item those members alone that are looked at. False
/// after a syntax error, also in what is not looked at.
bool read_parts(json::Scanner& scanner, const Reads& reads, json::Value& out);

/// `true` for everything, otherwise an object of the members that are looked at, each with the same of what
/// it holds.
void write_reads(json::Writer& writer, const Reads& reads);

}  // namespace stactask::jsonpath

// Reading items no further than expressions look.
#pragma once

#include <span>

#include "json/scanner.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
#include "jsonpath/reads.hpp"

namespace stactask::jsonpath {

/// Let `all` be what it is and `more`.
void add_reads(Reads& all, const Reads& more);

/// Read the value that the scanner has come to, and of an item those members alone that are looked at. False
/// after a syntax error, also in what is not looked at.
bool read_parts(json::Scanner& scanner, const Reads& reads, json::Value& out);

/// The same of an object whose members are known to stand at these places of a well-formed text.
bool read_parts(json::Scanner& scanner, std::span<const json::MemberPlace> members, const Reads& reads,
                json::Value& out);

/// `true` for everything, otherwise an object of the members that are looked at, each with the same of what
/// it holds.
void write_reads(json::Writer& writer, const Reads& reads);

}  // namespace stactask::jsonpath

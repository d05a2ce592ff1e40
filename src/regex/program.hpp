// The instructions that a pattern is compiled to. Each begins with a word that holds its operation in the low
// byte and a small operand above it; the other operands follow, a word each. Places in the code are indices.
#pragma once

#include <cstdint>

#include "regex/syntax.hpp"

namespace stactask::regex {

enum class Op : std::uint8_t {
  accept,       // the end of the pattern
  accept_part,  // the end of what `look`, `atomic` and `possessive` hold
  literal,      // operand: count of bytes; the bytes, four in a word
  any,          // but a line feed
  any_at_all,   //
  set,          // operand: size of the instruction in words; see set_bitmap
  at,           // operand: a Place; `is_ascii` for the boundaries of words
  mark,         // operand: twice a group, plus 1 where it ends; groups count from 0
  jump,         // target
  branch,       // the next alternative, or 0; this alternative follows
  repeat_one,   // operand: Greed; min, max, what follows; then the item: literal, any, any_at_all or set
  repeat,       // where its `until` is; then the items, which run into it
  until_max,    // min, max, the items; what follows the repeat follows
  until_min,    // the same, lazy
  possessive,   // min, max, what follows; then the items and accept_part
  look,         // operand: is_negated; how far behind, what follows; then the items and accept_part
  atomic,       // what follows; then the items and accept_part
  reference,    // operand: the group; a Folding
  exists,       // operand: the group; where to go on if it is not set
};

enum class Folding : std::uint8_t { exact, by_ascii, by_unicode };

constexpr std::uint32_t word_of(Op op, std::uint32_t operand = 0) {
  return static_cast<std::uint32_t>(op) | operand << 8;
}
constexpr Op op_of(std::uint32_t word) { return static_cast<Op>(word & 0xFF); }
constexpr std::uint32_t operand_of(std::uint32_t word) { return word >> 8; }

/// Operand of `at`: a Place, and this for ASCII's words.
inline constexpr std::uint32_t ascii_words = 0x100;

// A set: word 0, a bit for each ASCII character (4 words), and for the others a word of flags and, in
// ascending order, where ranges begin and end in turn. The bits say what matches; the rest what is in the
// set, which the flag may negate.
inline constexpr std::uint32_t set_bitmap = 1;
inline constexpr std::uint32_t set_flags = 5;
inline constexpr std::uint32_t set_boundaries = 6;
inline constexpr std::uint32_t set_is_negated = 1;
/// The flag for the members of a class (Unicode's), or for all others.
constexpr std::uint32_t set_class(Class in, bool is_negated) {
  return 2U << (static_cast<unsigned>(in) * 2 + (is_negated ? 1 : 0));
}

// Operands of the repeats, counted from their first word.
inline constexpr std::uint32_t repeat_min = 1;
inline constexpr std::uint32_t repeat_max = 2;
inline constexpr std::uint32_t repeat_next = 3;  // until_max, until_min: the items
inline constexpr std::uint32_t repeat_size = 4;

}  // namespace stactask::regex

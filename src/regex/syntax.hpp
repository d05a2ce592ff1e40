// A pattern as a tree, between the parser and the compiler. Nodes stand in one vector and name each other
// by index; the items of a sequence are a chain.
#pragma once

#include <cstdint>

#include "regex/pool.hpp"

namespace stactask::regex {

inline constexpr std::uint32_t none = 0xFFFFFFFF;
inline constexpr std::uint32_t unlimited = 0xFFFFFFFF;  ///< the `max` of `*` and `+`
inline constexpr char32_t last_code_point = 0x10FFFF;

// Python: the flags of module re. `(?u)` is the absence of `ascii`.
enum Flag : std::uint8_t {
  ignore_case = 1,
  multiline = 2,
  dot_all = 4,
  verbose = 8,
  ascii = 16,
  unicode = 32,  // written in the pattern
  only_template = 64,
};

enum class Kind : std::uint8_t {
  literal,      // value: the code point
  not_literal,  // value: the code point
  any,          //
  set,          // value: the first item of the set; is_negated
  at,           // value: a Place
  group,        // value: its number, or none; body: its items
  branch,       // body: groups without number, one for each alternative
  repeat,       // min, max, greed; body: the repeated items
  look,         // is_behind, is_negated; body
  atomic,       // body
  reference,    // value: the group
  conditional,  // value: the group; body: one or two groups without number
};

constexpr bool is_one_character(Kind kind) { return kind <= Kind::set; }

enum class Greed : std::uint8_t { greedy, lazy, possessive };

enum class Place : std::uint8_t {
  beginning,
  beginning_of_line,
  end,
  end_of_line,
  end_of_text,
  boundary,
  not_boundary,
};

// Python: `\d`, `\s`, `\w` by the tables of Unicode.
enum class Class : std::uint8_t { digit, space, word };
inline constexpr std::size_t class_count = 3;

struct Chain {
  std::uint32_t first = none;
  std::uint32_t last = none;

  [[nodiscard]] bool is_empty() const { return first == none; }
};

/// How many characters something matches, at least and at most. 2^64 - 1 stands for more.
struct Width {
  std::uint64_t min = 0;
  std::uint64_t max = 0;
};

struct Node {
  Kind kind = Kind::group;
  std::uint8_t flags = 0;  // those of the place where it stands
  Greed greed = Greed::greedy;
  bool is_negated = false;
  bool is_behind = false;
  bool is_scoped = false;  // a group with flags of its own, which is not taken apart
  std::uint32_t value = 0;
  std::uint32_t min = 0;
  std::uint32_t max = 0;
  Chain body = {};
  std::uint32_t next = none;
  Width width = {};

  /// A group that is only parentheses, or an alternative.
  [[nodiscard]] bool is_plain_group() const { return kind == Kind::group && value == none && !is_scoped; }
};

/// What a set holds: a character, a range or a class.
struct SetItem {
  enum class Kind : std::uint8_t { literal, range, in_class, not_in_class };
  Kind kind = Kind::literal;
  Class in = Class::digit;
  char32_t low = 0;
  char32_t high = 0;
  std::uint32_t next = none;

  [[nodiscard]] bool is_same(const SetItem& other) const {
    return kind == other.kind && in == other.in && low == other.low && high == other.high;
  }
};

struct Tree {
  Pool<Node> nodes;
  Pool<SetItem> items;
  Chain top;
};

}  // namespace stactask::regex

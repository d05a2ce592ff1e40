// Expressions of jsonpath-ng 1.8.0 in its `ext` dialect, as stac-task uses them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/locate.hpp"
#include "json/value.hpp"
#include "jsonpath/error.hpp"
#include "jsonpath/reads.hpp"
#include "jsonpath/results.hpp"
#include "regex/regex.hpp"

namespace stactask::jsonpath {

/// Nodes below nodes, and parentheses in parentheses, at most. jsonpath-ng parses any depth and overflows
/// Python's stack, at some 480, when it evaluates.
inline constexpr std::size_t max_depth = 200;

enum class Kind : std::uint8_t {
  // What stands for itself. `constants` are a node's `first` … `first + count` in the expression's table.
  root,        // $
  self,        // @
  parent,      // `parent`
  fields,      // a,b: constants are the names; * is the name "*"
  index,       // [0,1]: constants are integers
  slice,       // [1:2:3]: constants are start, end and step, null where there is none
  length,      // `len`
  keys,        // `keys`
  path,        // `path`
  text,        // `str()`
  split,       // `split(c, n, max)`: constants are the separator, the segment's text and the maximum
  substitute,  // `sub(/re/, text)`: constants are the pattern and the text
  literal,     // an operand: one constant, a number, a string or a boolean
  // What has a left and a right side.
  child,        // left.right
  descendants,  // left..right
  where,        // left where right
  where_not,    // left wherenot right
  either,       // left | right
  both,         // left & right, which raises NotImplementedError when it is evaluated
  arithmetic,   // left + right
  comparison,   // a term of a filter: left == right, or left alone
  // What has a list: `left` is its first element, each one's `next` the one after it.
  filter,    // [?…] of comparisons
  sorted,    // `sorted`, or [/a,\b] of sort keys
  sort_key,  // left, ascending unless `descends`
};

enum class Operator : std::uint8_t {
  none,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  search,
  add,
  subtract,
  multiply,
};

/// The index of no node.
inline constexpr std::uint32_t no_node = 0xFFFFFFFF;

struct Node {
  Kind kind = Kind::root;
  Operator op = Operator::none;
  bool descends = false;
  std::uint16_t depth = 1;
  std::uint32_t left = no_node;
  std::uint32_t right = no_node;
  std::uint32_t next = no_node;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t pattern = no_node;  // among the compiled ones, or `no_node` as long as it is not
  json::ByteRange range;            // in the text
};

/// An expression that was read. Evaluating it keeps memory and compiled patterns in it for the next time, so
/// it is not for two threads at once.
struct Expression {
  std::string text;
  std::vector<Node> nodes;
  std::vector<json::Value> constants;
  std::uint32_t root = no_node;
  bool is_member_filter = false;  // `$[?(…)]` of nothing but members of the item
  Reads reads;                    // `reads_of` it, where it comes from the cache
  std::vector<regex::Pattern> patterns;
  std::vector<regex::Span> groups;
  Results scratch;
};

bool is_member_filter(const Expression& expression);

/// Nothing after an error.
std::optional<Expression> parse(std::string_view text, Error& error);

}  // namespace stactask::jsonpath

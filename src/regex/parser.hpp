// A pattern's text to its tree, with Python's errors. Python: re/_parser.py.
#pragma once

#include <string_view>
#include <vector>

#include "regex/syntax.hpp"
#include "regex/tokenizer.hpp"

namespace stactask::regex {

/// How deep groups may stand in each other. Python's own limit is its stack: about as many levels.
inline constexpr std::size_t max_depth = 480;

/// Whether Python takes it as the name of a group. Of letters beyond ASCII, those that `\w` matches.
bool is_identifier(std::string_view name);

/// Python: int() of a text, up to `limit`; -1 where that fails or the number is negative.
/// `digits` are then what str() of the number is.
std::int64_t read_int(std::string_view text, std::int64_t limit, std::string& digits);

/// Python: _sre.MAXGROUPS.
inline constexpr std::int64_t max_groups = 0x3FFFFFFF;

class Parser {
 public:
  Parser(std::string_view pattern, Error& error) : source_(pattern, error) {}

  /// The tree, of use only if there was no error.
  Tree parse();

  [[nodiscard]] std::uint32_t groups() const { return static_cast<std::uint32_t>(widths_.size() - 1); }
  std::vector<GroupName> names;

 private:
  // A group that is not closed yet, or the pattern itself.
  struct Open {
    Node node;
    std::size_t start = 0;         // of its parenthesis
    Chain items = {};              // of the alternative that is being read
    Chain alternatives = {};       // those before it
    bool ends_lookbehind = false;  // it is a lookbehind that stands in no other
  };

  struct GroupWidth {
    Width width;
    bool is_closed = false;
  };

  struct SetEdge {
    SetItem item;
    std::string_view token;  // the first of what was read
  };

  [[nodiscard]] Open& open() { return open_.back(); }
  [[nodiscard]] bool has(Flag flag) const { return (open_.back().node.flags & flag) != 0; }
  Node& add(const Node& node);
  void add_literal(char32_t code_point);
  void add_class(Class in, bool is_negated);

  // parser.cpp: what stands between parentheses.
  void parse_item();
  void skip_comment_line();
  void parse_escape(std::string_view token);
  void parse_reference(std::string_view escape);
  void parse_repeat(char c, std::size_t start);
  bool parse_bounds(std::uint32_t& min, std::uint32_t& max, std::size_t start);
  std::uint32_t read_bound(std::string_view digits);

  // parse_branch.cpp: what stands between bars.
  void append(Chain& chain, std::uint32_t index);
  void finish_alternative();
  Chain join_alternatives();
  bool take_common_head(Chain& items);
  bool merge_to_set(Chain& items);
  [[nodiscard]] bool is_same(const Node& a, const Node& b) const;

  // parse_escape.cpp: characters and sets.
  char32_t parse_character(std::string_view token, bool is_in_set);
  void parse_set(std::size_t start);
  SetEdge parse_set_edge();
  void add_set_item(Node& node, const SetItem& item);

  // parse_group.cpp: what begins with a parenthesis.
  void parse_group(std::size_t start);
  bool parse_extension(Open& group);
  bool parse_named(Open& group);
  void parse_named_reference();
  void skip_comment(std::size_t start);
  bool parse_look(Open& group, std::string_view token);
  void parse_conditional(Open& group);
  std::uint32_t read_condition(std::string_view name);
  bool parse_flags(Open& group, std::string_view token);
  bool read_flags_on(std::string_view& token, std::uint8_t& flags);
  bool read_flags_off(std::uint8_t& flags);
  void open_capture(Open& group, std::string_view name);
  void check_group_name(std::string_view name);
  void check_lookbehind(std::uint32_t group);
  void close_group();
  [[nodiscard]] bool is_closed(std::uint32_t group) const;
  [[nodiscard]] std::uint32_t group_named(std::string_view name) const;

  Tokenizer source_;
  Tree tree_;
  std::vector<Open> open_;
  std::vector<GroupWidth> widths_ = {{}};   // of the groups; the first is the pattern
  std::uint32_t lookbehind_groups_ = none;  // how many groups there were when a lookbehind began
  // The highest group that a conditional names by number, and where; it may come later.
  struct Pending {
    std::uint32_t group;
    std::size_t at;
  };
  std::vector<Pending> pending_;
};

}  // namespace stactask::regex

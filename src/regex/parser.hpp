// A pattern's text to its tree, with Python's errors. Python: re/_parser.py.
#pragma once

#include <string_view>

#include "regex/syntax.hpp"
#include "regex/tokenizer.hpp"

namespace stactask::regex {

/// How deep groups may stand in each other. Python's own limit is its stack: about as many levels.
inline constexpr std::size_t max_depth = 480;

/// What a letter stands for behind a backslash, in sets and replacements; 0 if that is nothing simple.
char32_t simple_escape(Token letter);

/// Whether it is the letter of a class, such as `\w`, which goes to `item`.
bool read_class(Token letter, SetItem& item);

class Parser {
 public:
  /// Groups and their names go to `pattern`.
  Parser(std::string_view text, Pattern& pattern, Error& error) : source_(text, error), pattern_(pattern) {}

  /// The tree, of use only if there was no error.
  Tree parse();

 private:
  // A group that is not closed yet, or the pattern itself.
  struct Open {
    Node node = {};
    std::size_t start = 0;         // of its parenthesis
    Chain items = {};              // of the alternative that is being read
    Chain alternatives = {};       // those before it
    bool ends_lookbehind = false;  // it is a lookbehind that stands in no other
  };

  struct GroupWidth {
    Width width = {};
    bool is_closed = false;
  };

  // One side of a range.
  struct SetEdge {
    SetItem item = {};
    Token token = end_of_pattern;  // the first that was read
  };

  // A conditional's group, which may come later.
  struct Pending {
    std::uint32_t group;
    std::size_t at;
  };

  [[nodiscard]] Open& open() { return open_.back(); }
  [[nodiscard]] bool has(Flag flag) const { return (open_.back().node.flags & flag) != 0; }
  std::uint32_t push(const Node& node);
  Node& add(Kind kind, std::uint32_t value = 0);
  void append(Chain& chain, std::uint32_t index);

  // parser.cpp: items and repeats.
  void parse_item();
  void add_place(Place place) { add(Kind::at, static_cast<std::uint32_t>(place)); }
  void skip_comment_line();
  void parse_escape(Token letter, std::size_t start);
  void parse_reference(std::uint32_t first, std::size_t start);
  void parse_repeat(Token token, std::size_t start);
  bool parse_bounds(std::uint32_t& min, std::uint32_t& max);

  // parse_branch.cpp: what stands between bars.
  void finish_alternative();
  Chain join_alternatives();
  bool take_common_head(Chain& items);
  bool merge_to_set(Chain& items);
  [[nodiscard]] bool is_same(const Node& a, const Node& b) const;

  // parse_set.cpp: sets, and characters that are written as escapes.
  char32_t parse_character(Token letter, std::size_t start, bool is_in_set);
  void parse_set(std::size_t start);
  SetEdge parse_set_edge();
  void make_range(SetEdge& low, const SetEdge& high);
  void add_set_item(Node& node, const SetItem& item);

  // parse_group.cpp: what begins with a parenthesis.
  void parse_group(std::size_t start);
  bool parse_extension(Open& group);
  bool parse_named(Open& group, std::size_t start);
  bool parse_look(Open& group, Token token, std::size_t start);
  void skip_comment(std::size_t start);
  std::uint32_t parse_condition();
  bool parse_flags(Open& group, Token token);
  Token read_flags_on(Token token, std::uint8_t& flags);
  void read_flags_off(std::uint8_t& flags);
  void open_capture(Open& group, std::string_view name);
  std::string_view read_name(char terminator);
  std::uint32_t known_group(std::string_view name);
  void check_open(std::uint32_t group, std::size_t at);
  void close_group();

  Tokenizer source_;
  Pattern& pattern_;
  Tree tree_;
  Pool<Open> open_;
  Pool<GroupWidth> widths_;                 // of the groups; the first is the pattern
  std::uint32_t lookbehind_groups_ = none;  // how many groups there were when a lookbehind began
  Pool<Pending> pending_;
};

}  // namespace stactask::regex

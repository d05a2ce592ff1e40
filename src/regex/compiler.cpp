// Python: re/_compiler.py: a tree to instructions.

#include "json/join.hpp"
#include "json/utf8.hpp"
#include "regex/character_set.hpp"
#include "regex/first_bytes.hpp"
#include "regex/parser.hpp"
#include "regex/program.hpp"
#include "regex/writing.hpp"

namespace stactask::regex {

namespace {

class Compiler {
 public:
  Compiler(const Tree& tree, Pattern& pattern, Error& error)
      : nodes_(tree.nodes), sets_(tree.items), pattern_(pattern), code_(pattern.code), error_(error) {}

  void compile(Chain top) {
    write_chain(top);
    write(Op::accept);
    for (const Class in : {Class::digit, Class::space, Class::word}) {
      const bool is_used = sets_.uses(in) || (in == Class::word && uses_words_);
      if (is_used) pattern_.classes[static_cast<std::size_t>(in)] = boundaries_of(in);
    }
  }

 private:
  void put(std::uint32_t word) { write_word(code_, word); }
  void write(Op op, std::uint32_t operand = 0) { put(word_of(op, operand)); }

  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(code_.size()); }

  // A word for a place that is not known yet.
  std::uint32_t hole() {
    put(0);
    return here() - 1;
  }

  void fill(std::uint32_t hole) { code_[hole] = here(); }

  void fail(std::string_view message) {
    if (error_.message.empty()) error_.message = message;
  }

  // Recursion is bounded by max_depth of the parser.
  void write_chain(Chain chain) {  // NOLINT(misc-no-recursion)
    for (std::uint32_t i = chain.first; i != none;) i = write_node(i);
  }

  // Returns the node to go on with.
  std::uint32_t write_node(std::uint32_t index) {
    const Node& node = nodes_[index];
    switch (node.kind) {
      case Kind::literal:
        if ((node.flags & ignore_case) == 0) return write_literals(index);
        [[fallthrough]];
      case Kind::not_literal:
      case Kind::set: sets_.write(code_, node); break;
      case Kind::any: write((node.flags & dot_all) != 0 ? Op::any_at_all : Op::any); break;
      case Kind::at: write_place(node); break;
      case Kind::group: write_group(node); break;
      case Kind::branch: write_branch(node); break;
      case Kind::repeat: write_repeat(node); break;
      case Kind::look: write_look(node); break;
      case Kind::atomic: {
        write(Op::atomic);
        const std::uint32_t next = hole();
        write_part(node.body, next);
        break;
      }
      case Kind::reference: write_reference(node); break;
      case Kind::conditional: write_conditional(node); break;
    }
    return node.next;
  }

  // As many literals as stand behind each other.
  std::uint32_t write_literals(std::uint32_t index) {
    std::string bytes;
    for (; index != none; index = nodes_[index].next) {
      const Node& node = nodes_[index];
      if (node.kind != Kind::literal || (node.flags & ignore_case) != 0) break;
      json::append_utf8(bytes, node.value);
    }
    write_literal(code_, bytes);
    return index;
  }

  void write_place(const Node& node) {
    const bool is_boundary = node.value >= static_cast<std::uint32_t>(Place::boundary);
    const bool is_ascii = (node.flags & ascii) != 0;
    uses_words_ |= is_boundary && !is_ascii;
    write(Op::at, node.value | (is_boundary && is_ascii ? ascii_words : 0));
  }

  void write_group(const Node& node) {
    const std::uint32_t mark = (node.value - 1) * 2;
    if (node.value != none) write(Op::mark, mark);
    write_chain(node.body);
    if (node.value != none) write(Op::mark, mark + 1);
  }

  void write_branch(const Node& node) {
    // The holes of the jumps behind the branch are a list: each holds the one before.
    std::uint32_t jumps = none;
    for (std::uint32_t i = node.body.first; i != none; i = nodes_[i].next) {
      write(Op::branch);
      const std::uint32_t next = hole();
      write_chain(nodes_[i].body);
      if (nodes_[i].next == none) break;
      write(Op::jump);
      put(jumps);
      jumps = here() - 1;
      fill(next);
    }
    while (jumps != none) {
      const std::uint32_t before = code_[jumps];
      fill(jumps);
      jumps = before;
    }
  }

  // Python: re/_compiler.py, _simple.
  [[nodiscard]] bool is_one_character(Chain body) const {
    while (!body.is_empty() && body.first == body.last) {
      const Node& node = nodes_[body.first];
      if (node.kind <= Kind::set) return true;
      if (node.kind != Kind::group || node.value != none) return false;
      body = node.body;
    }
    return false;
  }

  void write_repeat(const Node& node) {
    const auto write_bounds = [&] {
      put(node.min);
      put(node.max);
    };
    if ((node.flags & only_template) != 0) return fail_template(node.greed);
    if (is_one_character(node.body)) {
      write(Op::repeat_one, static_cast<std::uint32_t>(node.greed));
      write_bounds();
      const std::uint32_t next = hole();
      write_chain(node.body);
      return fill(next);
    }
    if (node.greed == Greed::possessive) {
      write(Op::possessive);
      write_bounds();
      return write_part(node.body, hole());
    }
    write(Op::repeat);
    const std::uint32_t until = hole();
    const std::uint32_t items = here();
    write_chain(node.body);
    fill(until);
    write(node.greed == Greed::lazy ? Op::until_min : Op::until_max);
    write_bounds();
    put(items);
  }

  void fail_template(Greed greed) {
    const std::string_view name = greed == Greed::greedy ? "MAX"
                                  : greed == Greed::lazy ? "MIN"
                                                         : "POSSESSIVE";
    fail(json::join({"internal: unsupported template operator ", name, "_REPEAT"}));
  }

  // What has an end of its own, and the place behind it.
  void write_part(Chain body, std::uint32_t next) {
    write_chain(body);
    write(Op::accept_part);
    fill(next);
  }

  void write_look(const Node& node) {
    if (node.is_behind && node.min == none) return fail("looks too much behind");
    if (node.is_behind && node.min != node.max) return fail("look-behind requires fixed-width pattern");
    write(Op::look, node.is_negated ? 1 : 0);
    put(node.is_behind ? node.min : 0);
    write_part(node.body, hole());
  }

  void write_reference(const Node& node) {
    write(Op::reference, node.value - 1);
    const Folding folding = (node.flags & ignore_case) == 0 ? Folding::exact
                            : (node.flags & ascii) != 0     ? Folding::by_ascii
                                                            : Folding::by_unicode;
    put(static_cast<std::uint32_t>(folding));
  }

  void write_conditional(const Node& node) {
    write(Op::exists, node.value - 1);
    const std::uint32_t otherwise = hole();
    write_chain(nodes_[node.body.first].body);
    const std::uint32_t second = nodes_[node.body.first].next;
    if (second == none) return fill(otherwise);
    write(Op::jump);
    const std::uint32_t end = hole();
    fill(otherwise);
    write_chain(nodes_[second].body);
    fill(end);
  }

  const Pool<Node>& nodes_;
  CharacterSets sets_;
  Pattern& pattern_;
  std::vector<std::uint32_t>& code_;
  Error& error_;
  bool uses_words_ = false;
};

}  // namespace

std::optional<Pattern> compile(std::string_view pattern, Error& error) {
  error = {};
  Pattern compiled;
  const Tree tree = Parser(pattern, compiled, error).parse();
  if (error.message.empty()) Compiler(tree, compiled, error).compile(tree.top);
  if (!error.message.empty()) return std::nullopt;
  find_first_bytes(compiled);
  return compiled;
}

}  // namespace stactask::regex

// Runs a compiled pattern at one place of a text. Python: Modules/_sre/sre_lib.h, SRE(match).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "json/lanes.hpp"
#include "regex/program.hpp"
#include "regex/regex.hpp"

namespace stactask::regex {

/// What a search may have on its stack, in words of 4 bytes.
inline constexpr std::uint32_t max_stack = 1U << 20;

class Matcher {
 public:
  Matcher(const Pattern& pattern, std::string_view text, std::uint32_t steps);

  /// Whether the pattern matches at `start`. With `must_advance`, an empty match is none.
  Outcome match_at(std::size_t start, bool must_advance);

  /// Pay for what was done outside of the matcher.
  void pay(std::size_t steps) { steps_ = steps < steps_ ? steps_ - static_cast<std::uint32_t>(steps) : 0; }

  // After a match: where it began and ended, and where the groups stand.
  [[nodiscard]] Span whole() const { return whole_; }
  [[nodiscard]] Span group(std::uint32_t number) const;

  [[nodiscard]] std::uint32_t steps_left() const { return steps_; }

 private:
  using Byte = json::Byte;

  // What to do when the way so far has failed. A frame's words, from the bottom: the marks if they are saved,
  // the fields that stand here, lastmark_ and the place in the text where it goes on from there, the tag.
  enum class Frame : std::uint8_t {
    bottom,       //
    alternative,  // goes on with the next alternative
    give_back,    // a greedy repeat of one character: where it may not go below. Goes on
    take_more,    // a lazy one: how often it took. Goes on
    context,      // of a repeat: count, last place, the context around it
    count_down,   // the context whose count was raised
    leave,        // a greedy repeat, one round back: its context, its last place before. Goes on
    reenter,      // the context that was left
    extend,       // a lazy repeat, one round on: its context. Goes on
    undo_extend,  // the context, its last place before
    look,         // the barrier before. Goes on
    atomic,       // the barrier before
    at_least,     // the first rounds of a possessive repeat: count, the barrier before
    at_most,      // the others: the same. Goes on
  };

  enum class Step : std::uint8_t { done, failed, matched };

  struct Character {
    char32_t code_point;
    std::uint32_t length;
  };

  Outcome run();
  Step step();
  bool go_back();
  bool grow();

  // One instruction each. False if the way fails.
  bool branch(std::uint32_t alternative, bool has_frame);
  bool repeat_one();
  bool until_max();
  bool until_min();
  bool look();
  void begin_round(std::uint32_t count, const Byte* last);
  bool accept_part();

  // One frame each, which is on top. True if there is a way to go on.
  bool give_back();
  bool take_more();
  bool extend();

  void begin_counted(std::uint32_t count);
  void leave_repeat();

  void push(std::uint32_t word) { stack_[top_++] = word; }
  void push_tag(Frame frame, bool has_marks = false);
  bool push_marks(bool saves);
  void push_state(Frame frame, bool has_marks);
  void restore(std::uint32_t fields);
  void pop(std::uint32_t fields);
  void set_mark(std::uint32_t mark);
  [[nodiscard]] bool saves() const { return repeat_ != none && lastmark_ > 0; }
  [[nodiscard]] std::uint32_t field(std::uint32_t below_top) const { return stack_[top_ - below_top]; }

  [[nodiscard]] std::uint32_t offset_of(const Byte* at) const {
    return static_cast<std::uint32_t>(at - begin_);
  }
  [[nodiscard]] Character read(const Byte* at) const;
  [[nodiscard]] bool in_class(Class in, char32_t c) const;
  [[nodiscard]] bool in_set(const std::uint32_t* set, char32_t c) const;
  [[nodiscard]] bool is_word(const Byte* at, bool is_ascii) const;
  [[nodiscard]] bool is_at(std::uint32_t place) const;
  [[nodiscard]] bool may_begin(std::uint32_t pc, const Byte* at) const;
  bool scan(std::uint32_t pc, std::uint32_t limit);
  [[nodiscard]] const Byte* next_line_feed(const Byte* at, std::uint32_t limit) const;
  std::uint32_t scan_literal(const std::uint32_t* code, std::uint32_t left);
  std::uint32_t scan_set(const std::uint32_t* code, std::uint32_t left);
  std::uint32_t scan_any(const Byte* stop, std::uint32_t left);
  [[nodiscard]] const Byte* before(const Byte* at) const;
  bool back(std::uint32_t count);
  bool settle(std::uint32_t next, const Byte* lowest);
  bool match_reference(std::uint32_t number, Folding folding);
  bool is_same_letter(Character a, Character b, Folding folding);

  const Pattern& pattern_;
  const std::uint32_t* code_;
  const Byte* begin_;
  const Byte* end_;
  std::uint32_t* stack_ = nullptr;  // the marks first
  std::uint32_t capacity_ = 0;
  std::uint32_t top_ = 0;

  const Byte* at_ = nullptr;
  std::uint32_t pc_ = 0;
  std::uint32_t lastmark_ = 0;    // how many marks count, set or not
  std::uint32_t repeat_ = none;   // the context of the repeat around
  std::uint32_t barrier_ = none;  // above the frame of the part around: look, atomic or possessive
  std::uint32_t steps_;
  bool must_advance_ = false;
  Span whole_ = {};
};

}  // namespace stactask::regex

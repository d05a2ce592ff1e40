#include "regex/matcher.hpp"

#include <algorithm>
#include <cstring>

#include "json/utf8.hpp"
#include "regex/unicode.hpp"

namespace stactask::regex {

namespace {

// A tag: where in the code, above bit 4; whether marks are saved; the frame.
constexpr std::uint32_t has_marks_bit = 0x10;

// More than one instruction pushes, without marks.
constexpr std::uint32_t max_frame = 8;

// What a frame that goes on has above its fields: lastmark, place, tag.
constexpr std::uint32_t state_words = 3;

// Cheap things, so many of which are one step.
constexpr std::size_t per_step = 8;

// Looks for a character in the ranges of a set or a class.
constexpr std::size_t search_steps = 3;

// Reads a table, which takes as long as many steps.
constexpr std::size_t table_steps = 64;

bool is_continuation(json::Byte byte) { return (byte & 0xC0) == 0x80; }

}  // namespace

Matcher::Matcher(const Pattern& pattern, std::string_view text, std::uint32_t steps)
    : pattern_(pattern),
      code_(pattern.code.data()),
      begin_(reinterpret_cast<const Byte*>(text.data())),
      end_(begin_ + text.size()),
      steps_(steps) {}

Outcome Matcher::match_at(std::size_t start, bool must_advance) {
  at_ = begin_ + start;
  pc_ = 0;
  lastmark_ = 0;
  repeat_ = none;
  barrier_ = none;
  must_advance_ = must_advance;
  whole_.start = start;
  top_ = pattern_.groups * 2;
  if (top_ + max_frame > capacity_ && !grow()) return Outcome::out_of_budget;
  push_tag(Frame::bottom);
  return run();
}

Span Matcher::group(std::uint32_t number) const {
  const std::uint32_t mark = (number - 1) * 2;
  if (mark + 1 >= lastmark_) return {};
  const std::uint32_t start = stack_[mark];
  const std::uint32_t end = stack_[mark + 1];
  if (start == none || end == none || end < start) return {};
  return {start, end};
}

Outcome Matcher::run() {
  for (;;) {
    const bool has_room = top_ + lastmark_ + max_frame <= capacity_ || grow();
    if (steps_ == 0 || !has_room) {
      steps_ = 0;
      return Outcome::out_of_budget;
    }
    --steps_;
    const Step step_taken = step();
    if (step_taken == Step::matched) return Outcome::match;
    if (step_taken == Step::failed && !go_back()) return Outcome::no_match;
  }
}

bool Matcher::grow() {
  const std::uint32_t wanted = top_ + lastmark_ + max_frame;
  std::uint32_t size = 64;
  while (size < wanted) size *= 2;
  if (size > max_stack) return false;
  if (pattern_.stack.size() < size) pattern_.stack.resize(size);
  stack_ = pattern_.stack.data();
  capacity_ = static_cast<std::uint32_t>(pattern_.stack.size());
  return true;
}

// Python: SRE(match). Marks are handled as there, its oddities included: a choice outside of repeats only
// forgets the marks that are new, so that a group may keep what it matched on a way that failed.
Matcher::Step Matcher::step() {
  const std::uint32_t* const code = code_ + pc_;
  const auto taken = [](bool is_taken) { return is_taken ? Step::done : Step::failed; };
  switch (op_of(code[0])) {
    case Op::accept:
      if (must_advance_ && at_ == begin_ + whole_.start) return Step::failed;
      whole_.end = offset_of(at_);
      return Step::matched;
    case Op::accept_part: return taken(accept_part());

    case Op::literal: {
      const std::size_t size = operand_of(code[0]);
      if (static_cast<std::size_t>(end_ - at_) < size || std::memcmp(code + 1, at_, size) != 0) {
        return Step::failed;
      }
      pay(size / per_step);
      at_ += size;
      pc_ += static_cast<std::uint32_t>(1 + (size + 3) / 4);
      return Step::done;
    }
    case Op::any:
    case Op::any_at_all:
      if (!scan(pc_, 1)) return Step::failed;
      ++pc_;
      return Step::done;
    case Op::set:
      if (!scan(pc_, 1)) return Step::failed;
      pc_ += operand_of(code[0]);
      return Step::done;

    case Op::at: ++pc_; return taken(is_at(operand_of(code[0])));
    case Op::mark:
      set_mark(operand_of(code[0]));
      ++pc_;
      return Step::done;
    case Op::jump: pc_ = code[1]; return Step::done;
    case Op::branch: return taken(branch(pc_, false));
    case Op::repeat_one: return taken(repeat_one());
    case Op::repeat:
      push(none);  // one less than no round
      push(none);
      push(repeat_);
      push_tag(Frame::context);
      repeat_ = top_ - 4;
      pc_ = code[1];
      return Step::done;
    case Op::until_max: return taken(until_max());
    case Op::until_min: return taken(until_min());
    case Op::possessive: begin_round(0, nullptr); return Step::done;
    case Op::look: return taken(look());
    case Op::atomic:
      push(barrier_);
      push_tag(Frame::atomic);
      barrier_ = top_;
      pc_ += 2;
      return Step::done;
    case Op::reference:
      pc_ += 2;
      return taken(match_reference(operand_of(code[0]), static_cast<Folding>(code[1])));
    case Op::exists: pc_ = group(operand_of(code[0]) + 1).is_set() ? pc_ + 2 : code[1]; return Step::done;
  }
  return Step::failed;
}

// To the last choice that has another way; takes it. False if there is none.
bool Matcher::go_back() {
  for (;;) {
    const std::uint32_t tag = stack_[top_ - 1];
    pc_ = tag >> 5;
    switch (static_cast<Frame>(tag & (has_marks_bit - 1))) {
      case Frame::bottom: return false;
      case Frame::alternative:
        restore(0);
        if (branch(pc_, true)) return true;
        break;
      case Frame::give_back:
        if (give_back()) return true;
        break;
      case Frame::take_more:
        if (take_more()) return true;
        break;
      case Frame::context:
        repeat_ = field(2);
        top_ -= 4;
        break;
      case Frame::count_down:
        --stack_[field(2)];
        top_ -= 2;
        break;
      case Frame::leave: {
        restore(2);
        repeat_ = field(state_words + 2);
        stack_[repeat_ + 1] = field(state_words + 1);
        --stack_[repeat_];
        pop(2);
        leave_repeat();
        return true;
      }
      case Frame::reenter:
        repeat_ = field(2);
        top_ -= 2;
        break;
      case Frame::extend:
        if (extend()) return true;
        break;
      case Frame::undo_extend:
        stack_[field(3) + 1] = field(2);
        --stack_[field(3)];
        top_ -= 3;
        break;
      case Frame::look: {
        // A negative one has succeeded.
        restore(1);
        barrier_ = field(state_words + 1);
        pop(1);
        if (operand_of(code_[pc_]) == 0) break;
        pc_ = code_[pc_ + 2];
        return true;
      }
      case Frame::atomic:
        barrier_ = field(2);
        top_ -= 2;
        break;
      case Frame::at_least:
        barrier_ = field(2);
        top_ -= 3;
        break;
      case Frame::at_most:
        restore(2);
        barrier_ = field(state_words + 1);
        pop(2);
        pc_ = code_[pc_ + repeat_next];
        return true;
    }
  }
}

// Goes on with the first alternative from here that may match. The frame of the branch, if it is there, is on
// top.
bool Matcher::branch(std::uint32_t alternative, bool has_frame) {
  bool is_left = !has_frame || alternative != 0;
  std::uint32_t next = 0;
  for (; is_left; is_left = next != 0, alternative = next) {
    next = code_[alternative + 1];
    if (may_begin(alternative + 2, at_)) break;
    pay(1);
  }
  if (has_frame) pop(0);
  if (!is_left) return false;
  // The last one needs no frame, unless marks must be put back after it.
  if (next != 0 || saves()) {
    pc_ = next;
    push_state(Frame::alternative, push_marks(saves()));
  }
  pc_ = alternative + 2;
  return true;
}

bool Matcher::repeat_one() {
  const std::uint32_t* const code = code_ + pc_;
  const std::uint32_t min = code[repeat_min];
  const std::uint32_t max = code[repeat_max];
  const auto greed = static_cast<Greed>(operand_of(code[0]));
  if (min > 0 && !scan(pc_ + repeat_size, min)) return false;
  if (greed == Greed::lazy) {
    const bool has_marks = push_marks(saves());
    push(min);
    push_state(Frame::take_more, has_marks);
  } else if (max > min) {
    const Byte* const lowest = at_;
    scan(pc_ + repeat_size, max == unlimited ? unlimited : max - min);
    if (greed == Greed::greedy) {
      if (!settle(code[repeat_next], lowest)) return false;
      if (at_ > lowest || saves()) {
        const bool has_marks = push_marks(saves());
        push(offset_of(lowest));
        push_state(Frame::give_back, has_marks);
      }
    }
  }
  pc_ = code[repeat_next];
  return true;
}

bool Matcher::give_back() {
  restore(1);
  const Byte* const lowest = begin_ + field(state_words + 1);
  const std::uint32_t next = code_[pc_ + repeat_next];
  if (at_ > lowest) {
    at_ = before(at_);
    if (settle(next, lowest)) {
      if (at_ > lowest || saves()) {
        stack_[top_ - 2] = offset_of(at_);
      } else {
        pop(1);
      }
      pc_ = next;
      return true;
    }
  }
  pop(1);
  return false;
}

bool Matcher::take_more() {
  restore(1);
  std::uint32_t& count = stack_[top_ - state_words - 1];
  if (count == code_[pc_ + repeat_max] || !scan(pc_ + repeat_size, 1)) return pop(1), false;
  if (count < unlimited - 1) ++count;
  stack_[top_ - 2] = offset_of(at_);
  pc_ = code_[pc_ + repeat_next];
  return true;
}

bool Matcher::until_max() {
  const std::uint32_t* const code = code_ + pc_;
  const std::uint32_t count = stack_[repeat_] + 1;
  if (count < code[repeat_min]) return begin_counted(count), true;
  const bool may_go_on = count < code[repeat_max] || code[repeat_max] == unlimited;
  if (!may_go_on || stack_[repeat_ + 1] == offset_of(at_)) return leave_repeat(), true;
  stack_[repeat_] = count;
  const bool has_marks = push_marks(true);
  push(repeat_);
  push(stack_[repeat_ + 1]);
  push_state(Frame::leave, has_marks);
  stack_[repeat_ + 1] = offset_of(at_);
  pc_ = code[repeat_next];
  return true;
}

bool Matcher::until_min() {
  const std::uint32_t* const code = code_ + pc_;
  const std::uint32_t count = stack_[repeat_] + 1;
  if (count < code[repeat_min]) return begin_counted(count), true;
  const std::uint32_t context = repeat_;
  repeat_ = stack_[context + 2];
  const bool has_marks = push_marks(saves());
  push(context);
  push_state(Frame::extend, has_marks);
  pc_ += repeat_size;
  return true;
}

bool Matcher::extend() {
  restore(1);
  repeat_ = field(state_words + 1);
  pop(1);
  const std::uint32_t count = stack_[repeat_] + 1;
  const std::uint32_t max = code_[pc_ + repeat_max];
  const std::uint32_t last = stack_[repeat_ + 1];
  if ((count >= max && max != unlimited) || last == offset_of(at_)) return false;
  push(repeat_);
  push(last);
  push_tag(Frame::undo_extend);
  stack_[repeat_] = count;
  stack_[repeat_ + 1] = offset_of(at_);
  pc_ = code_[pc_ + repeat_next];
  return true;
}

// A round that must be, without a choice.
void Matcher::begin_counted(std::uint32_t count) {
  stack_[repeat_] = count;
  push(repeat_);
  push_tag(Frame::count_down);
  pc_ = code_[pc_ + repeat_next];
}

// To what follows a greedy repeat.
void Matcher::leave_repeat() {
  push(repeat_);
  push_tag(Frame::reenter);
  repeat_ = stack_[repeat_ + 2];
  pc_ += repeat_size;
}

// A round of a possessive repeat, or what follows it. `last` is where the round before began, if it did not
// have to be.
void Matcher::begin_round(std::uint32_t count, const Byte* last) {
  const std::uint32_t* const code = code_ + pc_;
  if (count < code[repeat_min]) {
    push(count);
    push(barrier_);
    push_tag(Frame::at_least);
  } else if ((count < code[repeat_max] || code[repeat_max] == unlimited) && at_ != last) {
    const bool has_marks = push_marks(true);
    push(count);
    push(barrier_);
    push_state(Frame::at_most, has_marks);
  } else {
    pc_ = code[repeat_next];
    return;
  }
  barrier_ = top_;
  pc_ += repeat_size;
}

bool Matcher::look() {
  const std::uint32_t* const code = code_ + pc_;
  const bool is_negated = operand_of(code[0]) != 0;
  const Byte* const here = at_;
  const bool is_far_enough = back(code[1]);
  const Byte* const from = at_;
  at_ = here;
  if (!is_far_enough) {
    pc_ = code[2];
    return is_negated;
  }
  const bool has_marks = push_marks(is_negated && saves());
  push(barrier_);
  push_state(Frame::look, has_marks);
  barrier_ = top_;
  at_ = from;
  pc_ += 3;
  return true;
}

// The end of a part: all of its choices are forgotten.
bool Matcher::accept_part() {
  top_ = barrier_;
  const std::uint32_t tag = field(1);
  pc_ = tag >> 5;
  switch (static_cast<Frame>(tag & (has_marks_bit - 1))) {
    case Frame::look:
      barrier_ = field(state_words + 1);
      at_ = begin_ + field(2);
      pop(1);
      if (operand_of(code_[pc_]) != 0) return false;
      pc_ = code_[pc_ + 2];
      return true;
    case Frame::at_least: {
      const std::uint32_t count = field(3);
      barrier_ = field(2);
      top_ -= 3;
      begin_round(count + 1, nullptr);
      return true;
    }
    case Frame::at_most: {
      const std::uint32_t count = field(state_words + 2);
      const Byte* const last = begin_ + field(2);
      barrier_ = field(state_words + 1);
      pop(2);
      begin_round(count + 1, last);
      return true;
    }
    default:
      barrier_ = field(2);
      top_ -= 2;
      pc_ = code_[pc_ + 1];
      return true;
  }
}

void Matcher::push_tag(Frame frame, bool has_marks) {
  push(pc_ << 5 | (has_marks ? has_marks_bit : 0) | static_cast<std::uint32_t>(frame));
}

bool Matcher::push_marks(bool saves) {
  if (!saves || lastmark_ == 0) return false;
  std::copy_n(stack_, lastmark_, stack_ + top_);
  top_ += lastmark_;
  pay(lastmark_ / per_step);
  return true;
}

void Matcher::push_state(Frame frame, bool has_marks) {
  push(lastmark_);
  push(offset_of(at_));
  push_tag(frame, has_marks);
}

// The marks and the place of the frame on top, which has so many fields.
void Matcher::restore(std::uint32_t fields) {
  lastmark_ = field(3);
  at_ = begin_ + field(2);
  if ((field(1) & has_marks_bit) == 0) return;
  std::copy_n(stack_ + top_ - state_words - fields - lastmark_, lastmark_, stack_);
  pay(lastmark_ / per_step);
}

void Matcher::pop(std::uint32_t fields) {
  const std::uint32_t marks = (field(1) & has_marks_bit) != 0 ? field(3) : 0;
  top_ -= state_words + fields + marks;
}

void Matcher::set_mark(std::uint32_t mark) {
  if (mark >= lastmark_) {
    pay((mark - lastmark_) / per_step);
    std::fill(stack_ + lastmark_, stack_ + mark, none);
    lastmark_ = mark + 1;
  }
  stack_[mark] = offset_of(at_);
}

Matcher::Character Matcher::read(const Byte* at) const {
  const json::Utf8Sequence sequence = json::read_utf8(at, end_);
  return {sequence.code_point, static_cast<std::uint32_t>(std::max(sequence.length, 1))};
}

namespace {

// Whether the number of boundaries up to the character is odd.
bool is_inside(const std::uint32_t* boundaries, std::size_t count, char32_t c) {
  const std::uint32_t* const above = std::upper_bound(boundaries, boundaries + count, std::uint32_t{c});
  return (above - boundaries) % 2 != 0;
}

}  // namespace

bool Matcher::in_class(Class in, char32_t c) const {
  const std::vector<std::uint32_t>& boundaries = pattern_.classes[static_cast<std::size_t>(in)];
  return is_inside(boundaries.data(), boundaries.size(), c);
}

// Of a character beyond ASCII.
bool Matcher::in_set(const std::uint32_t* set, char32_t c) const {
  const std::uint32_t flags = set[set_flags];
  bool is_member = is_inside(set + set_boundaries, operand_of(set[0]) - set_boundaries, c);
  for (const Class in : {Class::digit, Class::space, Class::word}) {
    const std::uint32_t is_in = set_class(in, false);
    const std::uint32_t is_out = set_class(in, true);
    if ((flags & (is_in | is_out)) != 0) is_member |= (flags & (in_class(in, c) ? is_in : is_out)) != 0;
  }
  return is_member != ((flags & set_is_negated) != 0);
}

bool Matcher::is_word(const Byte* at, bool is_ascii) const {
  const char32_t c = read(at).code_point;
  if (c < 0x80) return (c | 0x20) - 'a' < 26 || c - '0' < 10 || c == '_';
  return !is_ascii && in_class(Class::word, c);
}

// Python: SRE(at).
bool Matcher::is_at(std::uint32_t place) const {
  switch (static_cast<Place>(place & 0xFF)) {
    case Place::beginning: return at_ == begin_;
    case Place::beginning_of_line: return at_ == begin_ || at_[-1] == '\n';
    case Place::end: return at_ == end_ || (at_ + 1 == end_ && *at_ == '\n');
    case Place::end_of_line: return at_ == end_ || *at_ == '\n';
    case Place::end_of_text: return at_ == end_;
    default: break;
  }
  // In an empty text there is neither a boundary nor none.
  if (begin_ == end_) return false;
  const bool is_ascii = (place & ascii_words) != 0;
  const bool is_before = at_ > begin_ && is_word(before(at_), is_ascii);
  const bool is_behind = at_ < end_ && is_word(at_, is_ascii);
  return (is_before != is_behind) == (static_cast<Place>(place & 0xFF) == Place::boundary);
}

// False only where the instruction cannot match.
bool Matcher::may_begin(std::uint32_t pc, const Byte* at) const {
  const std::uint32_t* const code = code_ + pc;
  const Op op = op_of(code[0]);
  if (op == Op::literal) return at < end_ && *at == (code[1] & 0xFF);
  if (op != Op::set) return true;
  if (at == end_) return false;
  return *at >= 0x80 || (code[set_bitmap + *at / 32] >> *at % 32 & 1) != 0;
}

// Passes up to `limit` characters that match a literal, any, any_at_all or set; whether there were so many,
// which is of no interest where there is no limit.
bool Matcher::scan(std::uint32_t pc, std::uint32_t limit) {
  const std::uint32_t* const code = code_ + pc;
  const Byte* const start = at_;
  std::uint32_t left = limit;
  switch (op_of(code[0])) {
    case Op::literal: left = scan_literal(code, left); break;
    case Op::set: left = scan_set(code, left); break;
    case Op::any: left = scan_any(next_line_feed(at_, left), left); break;
    default: left = scan_any(end_, left); break;
  }
  pay(static_cast<std::size_t>(at_ - start) / per_step);
  return left == 0;
}

// The next line feed; there is no need to look further than `limit` characters, of up to four bytes.
const Matcher::Byte* Matcher::next_line_feed(const Byte* at, std::uint32_t limit) const {
  const std::size_t size = std::min(static_cast<std::size_t>(end_ - at), std::size_t{limit} * 4);
  const void* const found = std::memchr(at, '\n', size);
  return found == nullptr ? end_ : static_cast<const Byte*>(found);
}

// Each of these returns how many of the characters are left.
std::uint32_t Matcher::scan_literal(const std::uint32_t* code, std::uint32_t left) {
  const std::size_t size = operand_of(code[0]);
  const auto first = static_cast<Byte>(code[1]);
  while (left > 0 && static_cast<std::size_t>(end_ - at_) >= size && *at_ == first) {
    if (size > 1 && std::memcmp(code + 1, at_, size) != 0) break;
    at_ += size;
    --left;
  }
  return left;
}

std::uint32_t Matcher::scan_set(const std::uint32_t* code, std::uint32_t left) {
  const Byte* at = at_;
  for (; left > 0 && at < end_; --left) {
    if (*at < 0x80) {
      if ((code[set_bitmap + *at / 32] >> *at % 32 & 1) == 0) break;
      ++at;
      continue;
    }
    const Character character = read(at);
    if (!in_set(code, character.code_point)) break;
    at += character.length;
    pay(search_steps);
  }
  at_ = at;
  return left;
}

// All characters before `stop`.
std::uint32_t Matcher::scan_any(const Byte* stop, std::uint32_t left) {
  if (left == unlimited) {
    at_ = stop;
    return left;
  }
  const Byte* at = at_;
  for (; left > 0 && at < stop; --left) {
    do {
      ++at;
    } while (at < stop && is_continuation(*at));
  }
  at_ = at;
  return left;
}

const Matcher::Byte* Matcher::before(const Byte* at) const {
  do {
    --at;
  } while (at > begin_ && is_continuation(*at));
  return at;
}

// So many characters back; false if there are fewer.
bool Matcher::back(std::uint32_t count) {
  if (count > offset_of(at_)) return false;
  pay(count / per_step);
  for (; count > 0 && at_ > begin_; --count) at_ = before(at_);
  return count == 0;
}

// Back to where `next` may match, but not below `lowest`.
bool Matcher::settle(std::uint32_t next, const Byte* lowest) {
  const Byte* const start = at_;
  while (at_ > lowest && !may_begin(next, at_)) at_ = before(at_);
  pay(static_cast<std::size_t>(start - at_) / per_step);
  return at_ >= lowest && may_begin(next, at_);
}

bool Matcher::match_reference(std::uint32_t number, Folding folding) {
  const Span span = group(number + 1);
  if (!span.is_set()) return false;
  const Byte* p = begin_ + span.start;
  const Byte* const end = begin_ + span.end;
  const Byte* const start = p;
  bool is_same = true;
  while (is_same && p < end) {
    if (at_ == end_) {
      is_same = false;
      continue;
    }
    if (*p == *at_ && *p < 0x80) {
      ++p;
      ++at_;
      continue;
    }
    const Character a = read(p);
    const Character b = read(at_);
    is_same = a.code_point == b.code_point || (folding != Folding::exact && is_same_letter(a, b, folding));
    pay(1);
    p += a.length;
    at_ += b.length;
  }
  pay(static_cast<std::size_t>(p - start) / per_step);
  return is_same;
}

// Whether two characters have the same lower case.
bool Matcher::is_same_letter(Character a, Character b, Folding folding) {
  if (a.code_point < 0x80 && b.code_point < 0x80) {
    const char32_t lower = a.code_point | 0x20;
    return lower == (b.code_point | 0x20) && lower - 'a' < 26;
  }
  pay(table_steps);
  return folding == Folding::by_unicode && to_lower(a.code_point) == to_lower(b.code_point);
}

}  // namespace stactask::regex

#include "regex/first_bytes.hpp"

#include "regex/program.hpp"

namespace stactask::regex {

namespace {

// How many instructions are looked at; a pattern with more beginnings is searched for everywhere.
constexpr std::size_t max_instructions = 64;

class FirstBytes {
 public:
  explicit FirstBytes(Pattern& pattern) : pattern_(pattern), code_(pattern.code) {}

  void find() {
    pattern_.first_bytes.assign(256 / 32, 0);
    if (!look_at_all()) pattern_.first_bytes.clear();
  }

 private:
  // False where a match may begin with anything, or be empty.
  bool look_at_all() {
    std::uint32_t waiting[max_instructions] = {0};
    std::size_t count = 1;
    for (std::size_t seen = 0; count > 0; ++seen) {
      if (seen == max_instructions / 2) return false;
      const std::uint32_t pc = waiting[--count];
      const std::uint32_t word = code_[pc];
      switch (op_of(word)) {
        case Op::literal:
        case Op::set: add_item(pc); break;
        case Op::at:
        case Op::mark: waiting[count++] = pc + 1; break;
        case Op::jump: waiting[count++] = code_[pc + 1]; break;
        case Op::repeat: {
          const std::uint32_t until = code_[pc + 1];
          if (code_[until + repeat_min] == 0) waiting[count++] = until + repeat_size;
          waiting[count++] = code_[until + repeat_next];
          break;
        }
        case Op::branch:
          if (code_[pc + 1] != 0) waiting[count++] = code_[pc + 1];
          waiting[count++] = pc + 2;
          break;
        case Op::repeat_one:
        case Op::possessive:
          if (code_[pc + repeat_min] == 0) waiting[count++] = code_[pc + repeat_next];
          waiting[count++] = pc + repeat_size;
          break;
        case Op::until_max:
        case Op::until_min:
          // The way led through the items, which are empty then.
          waiting[count++] = pc + repeat_size;
          break;
        case Op::look: waiting[count++] = code_[pc + 2]; break;
        case Op::atomic: waiting[count++] = pc + 2; break;
        default: return false;
      }
    }
    return true;
  }

  void add(std::uint32_t byte) { pattern_.first_bytes[byte / 32] |= 1U << byte % 32; }

  void add_item(std::uint32_t pc) {
    const std::uint32_t word = code_[pc];
    if (op_of(word) == Op::literal) return add(code_[pc + 1] & 0xFF);
    for (std::uint32_t i = 0; i < 4; ++i) pattern_.first_bytes[i] |= code_[pc + set_bitmap + i];
    const bool is_ascii = operand_of(word) == set_boundaries && code_[pc + set_flags] == 0;
    for (std::uint32_t i = 4; !is_ascii && i < 8; ++i) pattern_.first_bytes[i] = 0xFFFFFFFF;
  }

  Pattern& pattern_;
  const std::vector<std::uint32_t>& code_;
};

}  // namespace

void find_first_bytes(Pattern& pattern) {
  std::size_t pc = 0;
  while (op_of(pattern.code[pc]) == Op::mark) ++pc;
  pattern.is_anchored = pattern.code[pc] == word_of(Op::at, static_cast<std::uint32_t>(Place::beginning));
  FirstBytes(pattern).find();
}

}  // namespace stactask::regex

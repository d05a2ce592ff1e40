#include "regex/character_set.hpp"

#include <algorithm>

#include "json/utf8.hpp"
#include "regex/program.hpp"
#include "regex/unicode_tables.hpp"
#include "regex/writing.hpp"

namespace stactask::regex {

namespace {

constexpr std::uint32_t ascii_end = 0x80;
constexpr std::uint32_t basic_plane_end = 0x10000;

std::uint32_t low_of(std::uint64_t range) { return static_cast<std::uint32_t>(range >> 32); }
std::uint32_t high_of(std::uint64_t range) { return static_cast<std::uint32_t>(range); }

// The ASCII characters of a class, a bit each. Python: Modules/_sre/sre.c: with the flag `a`, U+001C to
// U+001F are no spaces.
std::uint32_t ascii_bits(Class in, std::size_t word, bool is_ascii) {
  constexpr std::uint32_t digits[] = {0, 0x03FF0000, 0, 0};
  constexpr std::uint32_t spaces[] = {0xF0003E00, 1, 0, 0};
  constexpr std::uint32_t words[] = {0, 0x03FF0000, 0x87FFFFFE, 0x07FFFFFE};
  if (in == Class::digit) return digits[word];
  if (in == Class::word) return words[word];
  return is_ascii ? spaces[word] & 0x0FFFFFFF : spaces[word];
}

}  // namespace

bool CharacterSets::uses(Class in) const {
  return (used_ & (set_class(in, false) | set_class(in, true))) != 0;
}

void CharacterSets::write(std::vector<std::uint32_t>& code, const Node& node) {
  ranges_.shrink(0);
  beyond_.shrink(0);
  bits_ = {};
  flags_ = 0;
  collect(node);
  if ((node.flags & ignore_case) != 0) fold(node);
  normalize();
  used_ |= flags_;
  const bool is_negated = node.is_negated || node.kind == Kind::not_literal;
  const bool has_classes = flags_ != 0 || std::any_of(std::begin(bits_.words), std::end(bits_.words),
                                                      [](std::uint32_t word) { return word != 0; });
  if (!is_negated && !has_classes && ranges_.size() == 1 && low_of(ranges_[0]) == high_of(ranges_[0])) {
    std::string character;
    json::append_utf8(character, low_of(ranges_[0]));
    write_literal(code, character);
  } else {
    write_set(code, is_negated);
  }
}

void CharacterSets::collect(const Node& node) {
  if (node.kind == Kind::set) {
    for (std::uint32_t i = node.value; i != none; i = items_[i].next) collect_item(items_[i], node.flags);
    return;
  }
  std::uint32_t c = node.value;
  if ((node.flags & ignore_case) != 0 && ((node.flags & ascii) == 0 || c < ascii_end)) c = to_lower(c);
  add(c, c);
}

void CharacterSets::collect_item(const SetItem& item, std::uint8_t flags) {
  const bool is_character = item.kind == SetItem::Kind::literal || item.kind == SetItem::Kind::range;
  if (!is_character) return collect_class(item, (flags & ascii) != 0);
  if ((flags & ignore_case) == 0 || item.high < basic_plane_end) return add(item.low, item.high);
  // Python: re/_compiler.py, _optimize_charset.
  beyond_.push(std::uint64_t{item.low} << 32 | item.high);
  if (item.low < basic_plane_end) add(item.low, basic_plane_end - 1);
}

void CharacterSets::collect_class(const SetItem& item, bool is_ascii) {
  const bool is_negated = item.kind == SetItem::Kind::not_in_class;
  for (std::size_t word = 0; word < 4; ++word) {
    const std::uint32_t bits = ascii_bits(item.in, word, is_ascii);
    bits_.words[word] |= is_negated ? ~bits : bits;
  }
  if (!is_ascii) {
    flags_ |= set_class(item.in, is_negated);
  } else if (is_negated) {
    add(ascii_end, last_code_point);
  }
}

// Python lowers the characters of the set and then what it looks at: re/_compiler.py, _optimize_charset. Here
// the set becomes all characters whose lower case is in there, so that a search lowers nothing.
void CharacterSets::fold(const Node& node) {
  const bool is_ascii = (node.flags & ascii) != 0;
  if (case_runs_.empty()) read_case_runs(case_runs_);
  // The first run is that of ASCII.
  const std::span<const CaseRun> runs(case_runs_.begin(), is_ascii ? 1 : case_runs_.size());
  normalize();
  // A literal is lowered already.
  if (node.kind == Kind::set) add_shifted(runs, false, ranges_.size(), 0);
  if (!is_ascii) add_extra_cases();
  for (const std::uint64_t range : beyond_) {
    if (low_of(range) != high_of(range)) {
      // Python: RANGE_UNI_IGNORE, which looks at the upper case, too, whatever the flags.
      ranges_.push(range);
      std::swap(ranges_[0], ranges_.back());
      add_shifted({case_runs_.begin(), case_runs_.size()}, false, 1, ascii_end);
    } else if (to_lower(low_of(range)) == low_of(range)) {
      ranges_.push(range);
    }
  }
  normalize();
  add_shifted(runs, true, ranges_.size(), 0);
}

void CharacterSets::add_extra_cases() {
  normalize();
  const std::size_t count = ranges_.size();
  for (const char16_t* members = extra_cases; members < std::end(extra_cases);) {
    bool is_any = false;
    const char16_t* end = members;
    for (; *end != 0; ++end) {
      const auto* const ranges = ranges_.begin();
      const auto* const above =
          std::upper_bound(ranges, ranges + count, std::uint64_t{*end} << 32 | 0xFFFFFFFF);
      is_any |= above != ranges && high_of(above[-1]) >= *end;
    }
    if (is_any) std::for_each(members, end, [&](char16_t member) { add(member, member); });
    members = end + 1;
  }
}

// Add what the first `count` ranges become when each character goes to its lower case, or back from there;
// of that, the runs that do not begin below `least`.
void CharacterSets::add_shifted(std::span<const CaseRun> runs, bool is_back, std::size_t count,
                                std::uint32_t least) {
  for (std::size_t i = 0; i < count; ++i) {
    for (const CaseRun& run : runs) {
      if (!is_back && run.first > high_of(ranges_[i])) break;
      const std::uint32_t from = is_back ? run.first + run.shift : run.first;
      const std::uint32_t shift = is_back ? 0 - run.shift : run.shift;
      const std::uint32_t last = from + (run.last - run.first);
      std::uint32_t low = std::max(low_of(ranges_[i]), from);
      const std::uint32_t high = std::min(high_of(ranges_[i]), last);
      if (low > high) continue;
      low += (low - from) % run.distance;
      if (run.distance == 1) {
        if (low + shift >= least) add(low + shift, high + shift);
      } else {
        for (; low <= high; low += run.distance) add(low + shift, low + shift);
      }
    }
  }
}

void CharacterSets::normalize() {
  // As fast as std::sort for what patterns have, in a third of the bytes.
  std::make_heap(ranges_.begin(), ranges_.end());
  std::sort_heap(ranges_.begin(), ranges_.end());
  std::uint32_t count = 0;
  for (const std::uint64_t range : ranges_) {
    if (count > 0 && low_of(range) <= high_of(ranges_[count - 1]) + 1) {
      const std::uint32_t high = std::max(high_of(range), high_of(ranges_[count - 1]));
      ranges_[count - 1] = (ranges_[count - 1] & ~0xFFFFFFFFULL) | high;
    } else {
      ranges_[count++] = range;
    }
  }
  ranges_.shrink(count);
}

void CharacterSets::write_set(std::vector<std::uint32_t>& code, bool is_negated) const {
  const std::size_t start = code.size();
  AsciiBits bits = bits_;
  for (const std::uint64_t range : ranges_) {
    for (std::uint32_t c = low_of(range); c <= high_of(range) && c < ascii_end; ++c) {
      bits.words[c / 32] |= 1U << c % 32;
    }
  }
  write_word(code, 0);
  for (const std::uint32_t word : bits.words) write_word(code, is_negated ? ~word : word);
  write_word(code, flags_ | (is_negated ? set_is_negated : 0));
  for (const std::uint64_t range : ranges_) {
    if (high_of(range) < ascii_end) continue;
    write_word(code, std::max(low_of(range), ascii_end));
    write_word(code, high_of(range) + 1);
  }
  code[start] = word_of(Op::set, static_cast<std::uint32_t>(code.size() - start));
}

}  // namespace stactask::regex

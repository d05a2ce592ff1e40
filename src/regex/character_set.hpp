// The characters that a set or a literal matches, with case and all, as an instruction.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "regex/syntax.hpp"
#include "regex/unicode.hpp"

namespace stactask::regex {

class CharacterSets {
 public:
  explicit CharacterSets(const Pool<SetItem>& items) : items_(items) {}

  /// Append an instruction for a literal, not_literal or set: `literal` if it matches one character only.
  void write(std::vector<std::uint32_t>& code, const Node& node);

  /// Whether a class of Unicode is in one of the sets.
  [[nodiscard]] bool uses(Class in) const;

 private:
  // Ranges of code points, both ends included; the lower half of the number is the end.
  using Ranges = Pool<std::uint64_t>;

  struct AsciiBits {
    std::uint32_t words[4] = {};
  };

  void collect(const Node& node);
  void collect_item(const SetItem& item, std::uint8_t flags);
  void collect_class(const SetItem& item, bool is_ascii);
  void fold(const Node& node);
  void add_extra_cases();
  void add(std::uint32_t low, std::uint32_t high) { ranges_.push(std::uint64_t{low} << 32 | high); }
  void add_shifted(std::span<const CaseRun> runs, bool is_back, std::size_t count, std::uint32_t least);
  void normalize();
  [[nodiscard]] bool contains(std::uint32_t code_point) const;
  void write_set(std::vector<std::uint32_t>& code, bool is_negated) const;

  const Pool<SetItem>& items_;
  Ranges ranges_;
  Ranges beyond_;            // those of the items that Python does not fold: beyond the basic plane
  AsciiBits bits_;           // members of classes
  std::uint32_t flags_ = 0;  // set_class
  std::uint32_t used_ = 0;
  Pool<CaseRun> case_runs_;
};

}  // namespace stactask::regex

#include "payload/wording.hpp"

#include <algorithm>
#include <array>

#include "json/words.hpp"

namespace stactask::payload {

namespace {

// Longer words are no misspelling of anything here, and no word that is known is longer.
constexpr std::size_t longest_word = 40;

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

// Small letters and digits alone, of a word that is no longer than the longest.
class Letters {
 public:
  explicit Letters(std::string_view word) {
    for (const char c : word) {
      if (c != '_' && c != '-' && c != ' ') text_[size_++] = folded(c);
    }
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  char operator[](std::size_t index) const { return text_[index]; }

 private:
  std::array<char, longest_word> text_{};
  std::size_t size_ = 0;
};

// Letters to insert, remove, replace or swap with their neighbour (optimal string alignment); more than
// `limit` where there are more.
std::size_t distance(const Letters& from, const Letters& to, std::size_t limit) {
  using Row = std::array<std::size_t, longest_word + 1>;
  std::array<Row, 3> rows{};
  for (std::size_t j = 0; j <= to.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    Row& row = rows[i % 3];
    const Row& above = rows[(i + 2) % 3];
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) row[j] = std::min(row[j], rows[(i + 1) % 3][j - 2] + 1);
      least = std::min(least, row[j]);
    }
    // A swap may still take a value from the row above.
    if (least > limit + 1) return least;
  }
  return rows[from.size() % 3][to.size()];
}

}  // namespace

std::string_view kind_of(const json::Value& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  if (value.is_string()) return "a string";
  if (value.is_boolean()) return "a boolean";
  return value.is_null() ? "null" : "a number";
}

void add_kind_error(Code code, const Node& node, std::string_view name, std::string_view wanted,
                    Findings& findings) {
  findings.add(code, node, {"'", name, "' must be ", wanted, ", not ", kind_of(*node.value)});
}

std::string_view nearest(std::string_view word, std::string_view known) {
  if (word.size() > longest_word) return {};
  const Letters letters(word);
  std::string_view best;
  std::size_t least = longest_word;
  while (!known.empty()) {
    const std::string_view candidate = json::take_part(known, ' ');
    const Letters target(candidate);
    const std::size_t allowed = target.size() < 4 ? 0 : target.size() < 8 ? 1 : target.size() < 12 ? 2 : 3;
    if (letters.size() > target.size() + allowed || target.size() > letters.size() + allowed) continue;
    const std::size_t found = distance(letters, target, allowed);
    if (found > allowed || found >= least) continue;
    least = found;
    best = candidate;
  }
  return best;
}

}  // namespace stactask::payload

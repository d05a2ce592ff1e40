// Offsets in bytes as the lines, columns and UTF-16 offsets of editors, whatever breaks the lines and
// wherever the sixteen-byte vectors begin.

#include "json/positions.hpp"

#include <algorithm>
#include <ostream>
#include <random>

#include "support.hpp"

namespace stactask::json {

inline bool operator==(const Position& left, const Position& right) {
  return left.offset == right.offset && left.line == right.line && left.column == right.column;
}

inline std::ostream& operator<<(std::ostream& out, const Position& position) {
  return out << position.line << ":" << position.column << " (" << position.offset << ")";
}

}  // namespace stactask::json

namespace stactask::testing {

using json::Position;
using json::positions_of;

namespace {

std::vector<Position> positions_in(std::string_view text, const std::vector<std::size_t>& offsets) {
  const Padded padded(text);
  return positions_of(padded.view(), offsets);
}

// A character at a time, as the definition says.
std::vector<Position> all_positions(const std::vector<std::string_view>& characters) {
  std::vector<Position> positions = {{}};
  Position position;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const std::string_view character = characters[i];
    const bool is_crlf = character == "\r" && i + 1 < characters.size() && characters[i + 1] == "\n";
    const std::size_t units = character.size() == 4 ? 2 : 1;
    position.offset += units;
    position.column += units;
    if (character == "\n" || (character == "\r" && !is_crlf)) {
      ++position.line;
      position.column = 1;
    }
    positions.push_back(position);
  }
  return positions;
}

// All positions of a text at once, and then a few alone, with whole vectors between them; in any order.
void check_all(const std::vector<std::string_view>& characters, std::mt19937& random) {
  std::string text;
  std::vector<std::pair<std::size_t, Position>> expected;
  const std::vector<Position> positions = all_positions(characters);
  for (std::size_t i = 0; i <= characters.size(); ++i) {
    expected.emplace_back(text.size(), positions[i]);
    if (i < characters.size()) text.append(characters[i]);
  }
  const Padded padded(text);
  for (const std::size_t few : {expected.size(), std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
    std::shuffle(expected.begin(), expected.end(), random);
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i < few && i < expected.size(); ++i) offsets.push_back(expected[i].first);
    const std::vector<Position> found = positions_of(padded.view(), offsets);
    for (std::size_t i = 0; i < offsets.size(); ++i) {
      if (found[i] == expected[i].second) continue;
      INFO("offset ", offsets[i], " of ", text);
      CHECK(found[i] == expected[i].second);
    }
  }
}

constexpr std::string_view alphabet[] = {"a", "\n", "\r", "\xC3\xA9", "\xE5\xB1\xB1", "\xF0\x9F\x98\x80"};

}  // namespace

TEST_CASE("positions: lines end at LF, CRLF and a lone CR") {
  struct Case {
    std::string_view text;
    std::size_t offset;
    Position position;
  };
  const Case cases[] = {
      {"", 0, {0, 1, 1}},
      {"abc", 0, {0, 1, 1}},
      {"abc", 2, {2, 1, 3}},
      {"abc", 3, {3, 1, 4}},
      {"a\nb", 1, {1, 1, 2}},
      {"a\nb", 2, {2, 2, 1}},
      {"a\nb", 3, {3, 2, 2}},
      {"a\n", 2, {2, 2, 1}},
      {"a\rb", 2, {2, 2, 1}},
      {"a\r", 2, {2, 2, 1}},
      {"a\r\nb", 2, {2, 1, 3}},
      {"a\r\nb", 3, {3, 2, 1}},
      {"a\n\rb", 3, {3, 3, 1}},
      {"a\r\r\nb", 4, {4, 3, 1}},
      {"\n\n\n", 3, {3, 4, 1}},
      {"\r\n\r\n", 4, {4, 3, 1}},
      {"a\xE2\x80\xA8"
       "b",
       4,
       {2, 1, 3}},  // U+2028 ends no line
      {"a\vb\f", 4, {4, 1, 5}},
  };
  for (const Case& recorded : cases) {
    INFO("offset ", recorded.offset, " of ", std::string(recorded.text));
    CHECK(positions_in(recorded.text, {recorded.offset})[0] == recorded.position);
  }
}

TEST_CASE("positions: columns and offsets count UTF-16 units") {
  const std::string text = "\xC3\xA9\xE5\xB1\xB1\xF0\x9F\x98\x80\xED\xA0\xBDz";  // 1, 1, 2, 1 and 1 units
  const std::vector<Position> found = positions_in(text, {0, 2, 5, 9, 12, 13});
  const std::vector<Position> expected = {{0, 1, 1}, {1, 1, 2}, {2, 1, 3}, {4, 1, 5}, {5, 1, 6}, {6, 1, 7}};
  CHECK(found == expected);
}

TEST_CASE("positions: offsets come in any order, several times, or not at all") {
  const std::string text = "ab\ncd\nef";
  CHECK(positions_in(text, {}).empty());
  const std::vector<Position> found = positions_in(text, {8, 0, 4, 4, 8, 3, 0});
  const std::vector<Position> expected = {{8, 3, 3}, {0, 1, 1}, {4, 2, 2}, {4, 2, 2},
                                          {8, 3, 3}, {3, 2, 1}, {0, 1, 1}};
  CHECK(found == expected);
}

TEST_CASE("positions: every mixture of letters, breaks and wide characters, about the edges of vectors") {
  std::mt19937 random(16);
  for (const std::size_t before : {0U, 12U, 13U, 14U, 15U, 16U, 17U, 31U}) {
    for (std::size_t word = 0; word < 6 * 6 * 6 * 6; ++word) {
      std::vector<std::string_view> characters(before, "x");
      for (std::size_t rest = word, i = 0; i < 4; rest /= 6, ++i) characters.push_back(alphabet[rest % 6]);
      characters.insert(characters.end(), word % 3 * 11, "y");
      check_all(characters, random);
    }
  }
}

TEST_CASE("positions: one break at every place of a long line, seen from every place behind it") {
  for (const std::string_view line_break : {"\n", "\r", "\r\n"}) {
    for (std::size_t place = 0; place < 40; ++place) {
      const std::string text = repeat("x", place) + std::string(line_break) + repeat("y", 60);
      const std::size_t start = place + line_break.size();
      const Padded padded(text);
      for (std::size_t offset = start; offset <= text.size(); ++offset) {
        const Position found = positions_of(padded.view(), std::vector{offset})[0];
        if (found == Position{offset, 2, offset - start + 1}) continue;
        FAIL_CHECK("wrong for offset ", offset, " of ", text);
      }
    }
  }
}

TEST_CASE("positions: long random texts") {
  std::mt19937 random(8259);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string_view> characters;
    const std::size_t plain = random() % 40;
    for (std::size_t i = 0; i < 300; ++i) {
      characters.push_back(random() % 40 < plain ? "x" : alphabet[random() % std::size(alphabet)]);
    }
    check_all(characters, random);
  }
}

TEST_CASE("positions: what follows the text does not count") {
  // The CR is the text's last byte; were the LF behind it looked at, it would be half of a CRLF.
  const Padded padded("a\r\n");
  const std::vector<std::size_t> offsets = {2};
  CHECK(positions_of(padded.view(), offsets)[0] == Position{2, 1, 3});
  const Padded cut("a\r", "\n");
  CHECK(positions_of(cut.view(), offsets)[0] == Position{2, 2, 1});
}

}  // namespace stactask::testing

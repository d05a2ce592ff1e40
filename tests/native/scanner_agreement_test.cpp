// Passing over a text, reading it into values and visiting its parts accept the same texts, and refuse the
// others for the same reason at the same place: for some thousands of texts that are nearly right.

#include <random>

#include "rich_document.hpp"
#include "scanning.hpp"

namespace stactask::testing {

namespace {

// A few bytes changed, taken out, put in, doubled or moved, as typing and broken transfers do.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string mutate(std::string text) {
    for (std::size_t edits = 1 + below(3); edits > 0 && !text.empty(); --edits) edit(text);
    return text;
  }

 private:
  void edit(std::string& text) {
    static constexpr std::string_view interesting[] = {
        "\"", "\\",      "{",  "}",    "[",    "]",   ",",       ":",   " ",        "\n",   "0",
        "-",  ".",       "e",  "true", "null", "NaN", "\t",      "\\u", "\xC3",     "\xF0", "\0",
        "x",  "\\ud83d", "01", "//",   "[[",   "{}",  "\"a\":1", "''",  "Infinity", "1e5",  "\x80"};
    const std::size_t place = below(text.size());
    const std::size_t length = 1 + below(8);
    switch (below(6)) {
      case 0: text[place] = static_cast<char>(below(256)); break;
      case 1: text.erase(place, length); break;
      case 2: text.insert(place, interesting[below(std::size(interesting))]); break;
      case 3: text.replace(place, 1, interesting[below(std::size(interesting))]); break;
      case 4: text.insert(place, text.substr(below(text.size()), length * 4)); break;
      default: text.resize(place); break;
    }
  }

  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::mt19937 random_;
};

// About half of the edits of a text hit a string's inside and leave it well-formed; shorter texts of
// more structure make the other half more interesting.
constexpr std::string_view small_documents[] = {
    R"({"a":[1,2.5,-3e4,{"b":"c\n","d":[]}],"e":null,"f":{"g":true,"h":false}})",
    R"([[[["a"],{"b":{}}],0],NaN,-Infinity,"é\ud83d\ude00\ud83d"])",
    R"({"process":[{"tasks":{}}],"features":[{"id":"x"},{"id":"x","id":"y"}]})",
    R"( [ "1234567890123456" , 1234567890123456 , 0.1234567890123456 ] )",
};

}  // namespace

TEST_CASE("skipping, reading and visiting agree on a rich text with random mistakes") {
  Mutator mutator(20240611);
  std::size_t refused = 0;
  for (int round = 0; round < 2000; ++round) {
    if (scan(mutator.mutate(std::string(rich_document))).kind != json::SyntaxErrorKind::none) ++refused;
  }
  CHECK(refused > 1000);
}

TEST_CASE("skipping, reading and visiting agree on small texts with random mistakes") {
  Mutator mutator(179);
  std::size_t refused = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string_view document =
        small_documents[static_cast<std::size_t>(round) % std::size(small_documents)];
    if (scan(mutator.mutate(std::string(document))).kind != json::SyntaxErrorKind::none) ++refused;
  }
  CHECK(refused > 12000);
  CHECK(refused < 20000);
}

}  // namespace stactask::testing

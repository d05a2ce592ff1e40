// From JSON Pointers to places and back, for random texts whose maker knows where everything stands.

#include <algorithm>
#include <random>

#include "json/locate.hpp"
#include "json/pointer.hpp"
#include "support.hpp"

namespace stactask::json {

inline bool operator==(const ByteRange& left, const ByteRange& right) {
  return left.start == right.start && left.end == right.end;
}

}  // namespace stactask::json

namespace stactask::testing {

using json::ByteRange;
using json::locate;
using json::pointers_at;

namespace {

// A value of a random text, with its place.
struct Node {
  ByteRange range;
  bool is_object = false;
  std::vector<std::pair<std::string, Node>> children = {};
  std::vector<std::size_t> keys = {};  // where each child's key begins; itself in an array
};

struct Spelling {
  std::string_view json;
  std::string_view text;
};

constexpr Spelling spellings[] = {{"a", "a"},
                                  {"\\u0061", "a"},
                                  {"b", "b"},
                                  {"", ""},
                                  {"0", "0"},
                                  {"1", "1"},
                                  {"-", "-"},
                                  {"~", "~"},
                                  {"/", "/"},
                                  {"\\/", "/"},
                                  {"m~n/o", "m~n/o"},
                                  {"~1", "~1"},
                                  {"~01", "~01"},
                                  {"\\\"", "\""},
                                  {"\xC3\xA9", "\xC3\xA9"},
                                  {"\\u00e9", "\xC3\xA9"},
                                  {"a key of more than sixteen bytes", "a key of more than sixteen bytes"}};

class DocumentMaker {
 public:
  DocumentMaker(std::uint32_t seed, bool may_repeat_keys)
      : random_(seed), may_repeat_keys_(may_repeat_keys) {}

  Node make() {
    space();
    Node root = value(5);
    space();
    return root;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Node value(int depth) {
    Node node{{text_.size(), 0}};
    const std::size_t kind = below(depth > 0 ? 5 : 2);
    if (kind < 2) {
      static constexpr std::string_view scalars[] = {"0",
                                                     "-12.5e3",
                                                     "true",
                                                     "null",
                                                     "NaN",
                                                     "\"\"",
                                                     "\"]},{[\"",
                                                     "\"\\\"\\\\\"",
                                                     "1234567890123456789",
                                                     "\"caf\xC3\xA9 \xF0\x9F\x98\x80\""};
      text_.append(scalars[below(std::size(scalars))]);
    } else {
      node.is_object = kind > 2;
      container(node, depth);
    }
    node.range.end = text_.size();
    return node;
  }

  void container(Node& node, int depth) {
    text_.push_back(node.is_object ? '{' : '[');
    space();
    for (std::size_t index = 0, count = below(6); index < count; ++index) {
      Spelling key = spellings[below(std::size(spellings))];
      while (node.is_object && !may_repeat_keys_ && has(node, key.text))
        key = spellings[below(std::size(spellings))];
      if (index > 0) text_.push_back(',');
      space();
      node.keys.push_back(text_.size());
      if (node.is_object) {
        text_.append("\"").append(key.json).append("\"");
        space();
        text_.push_back(':');
        space();
      }
      std::string token = node.is_object ? std::string(key.text) : std::to_string(index);
      node.children.emplace_back(std::move(token), value(depth - 1));
      space();
    }
    text_.push_back(node.is_object ? '}' : ']');
  }

  static bool has(const Node& node, std::string_view key) {
    return std::any_of(node.children.begin(), node.children.end(),
                       [&](const auto& child) { return child.first == key; });
  }

  void space() {
    while (below(3) == 0) text_.push_back(" \n\t\r"[below(4)]);
  }

  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::mt19937 random_;
  bool may_repeat_keys_;
  std::string text_;
};

// The value a pointer names, or the nearest around it.
const Node& nearest(const Node& root, std::string_view pointer) {
  const Node* node = &root;
  while (!pointer.empty()) {
    const std::string token = json::take_token(pointer);
    const auto& children = node->children;
    const auto found = std::find_if(children.rbegin(), children.rend(),
                                    [&](const auto& child) { return child.first == token; });
    if (found == children.rend()) break;
    node = &found->second;
  }
  return *node;
}

struct Place {
  std::size_t offset;
  std::string pointer;
};

// The brackets of containers, the ends of scalars and the beginnings of keys.
void collect(const Node& node, const std::string& pointer, std::vector<Place>& places) {
  places.push_back({node.range.start, pointer});
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const std::string inner = json::child(pointer, node.children[i].first);
    if (node.is_object) places.push_back({node.keys[i], inner});
    collect(node.children[i].second, inner, places);
  }
  places.push_back({node.range.end - 1, pointer});
}

std::vector<Place> places_in(const Node& root) {
  std::vector<Place> places;
  collect(root, "", places);
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& left, const Place& right) { return left.offset < right.offset; });
  return places;
}

}  // namespace

TEST_CASE("locate and pointers_at: every value of random texts, with repeated keys") {
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    DocumentMaker maker(seed, seed % 2 == 0);
    const Node root = maker.make();
    const Padded padded(maker.text());
    std::vector<std::size_t> offsets;
    std::vector<std::string> pointers;
    for (const Place& place : places_in(root)) {
      offsets.push_back(place.offset);
      pointers.push_back(place.pointer);
    }
    INFO("text: ", maker.text());
    CHECK(pointers_at(padded.view(), offsets) == pointers);
    for (const std::string_view more : {"/a", "/0", "/x/y", "/~0", "/~1/a"}) {
      for (std::size_t i = 0, count = std::min<std::size_t>(offsets.size(), 10); i < count; ++i) {
        pointers.push_back(pointers[i] + std::string(more));
      }
    }
    const std::vector<ByteRange> ranges = locate(padded.view(), pointers);
    REQUIRE(ranges.size() == pointers.size());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      if (ranges[i] == nearest(root, pointers[i]).range) continue;
      FAIL_CHECK("wrong for ", pointers[i]);
    }
  }
}

TEST_CASE("pointers_at, then locate: the value that is found holds the byte, or stands next behind it") {
  for (std::uint32_t seed = 1000; seed < 1100; ++seed) {
    DocumentMaker maker(seed, false);
    const Node root = maker.make();
    const Padded padded(maker.text());
    std::vector<std::size_t> offsets;
    for (std::size_t offset = root.range.start; offset < root.range.end; ++offset) offsets.push_back(offset);
    const std::vector<std::string> pointers = pointers_at(padded.view(), offsets);
    INFO("text: ", maker.text());
    for (std::size_t i = 0; i < offsets.size(); ++i) {
      const ByteRange range = nearest(root, pointers[i]).range;
      const ByteRange around = nearest(root, pointers[i].substr(0, pointers[i].rfind('/'))).range;
      if (offsets[i] < range.end && (range.start <= offsets[i] || around.start < offsets[i])) continue;
      FAIL_CHECK("wrong for byte ", offsets[i], " and ", pointers[i]);
    }
  }
}

}  // namespace stactask::testing

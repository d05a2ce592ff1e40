// From JSON Pointers to places and back, for random texts whose maker knows where everything stands.

#include <algorithm>
#include <random>

#include "json/locate.hpp"
#include "json/pointer.hpp"
#include "places.hpp"
#include "support.hpp"

namespace stactask::testing {

using json::ByteRange;
using json::locate;
using json::Place;
using json::spots_at;

namespace {

// A value of a random text, with its place.
struct Node {
  Place place;
  bool is_object = false;
  std::vector<std::pair<std::string, Node>> children = {};
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
    Node node;
    node.place.value.start = text_.size();
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
    node.place.value.end = text_.size();
    return node;
  }

  void container(Node& node, int depth) {
    text_.push_back(node.is_object ? '{' : '[');
    space();
    for (std::size_t index = 0, count = below(6); index < count; ++index) {
      // Of few to choose from, many repeat.
      const bool of_few = may_repeat_keys_ && below(2) == 0;
      Spelling key = spellings[below(of_few ? 3 : std::size(spellings))];
      while (node.is_object && !may_repeat_keys_ && has(node, key.text))
        key = spellings[below(std::size(spellings))];
      if (index > 0) text_.push_back(',');
      space();
      ByteRange key_range;
      if (node.is_object) {
        key_range.start = text_.size();
        text_.append("\"").append(key.json).append("\"");
        key_range.end = text_.size();
        space();
        text_.push_back(':');
        space();
      }
      std::string token = node.is_object ? std::string(key.text) : std::to_string(index);
      node.children.emplace_back(std::move(token), value(depth - 1));
      node.children.back().second.place.key = key_range;
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

// The place a pointer names, or the nearest value around it.
Place nearest(const Node& root, std::string_view pointer) {
  const Node* node = &root;
  while (!pointer.empty()) {
    const std::string token = json::take_token(pointer);
    const auto& children = node->children;
    const auto found = std::find_if(children.rbegin(), children.rend(),
                                    [&](const auto& child) { return child.first == token; });
    if (found == children.rend()) return {node->place.value, {}};
    node = &found->second;
  }
  return node->place;
}

struct Landmark {
  std::size_t offset;
  std::string pointer;
  std::optional<ByteRange> earlier = std::nullopt;
};

// The member before this one that has its key, up to the member that follows it.
std::optional<ByteRange> earlier_than(const Node& object, std::size_t index) {
  const auto& members = object.children;
  for (std::size_t i = index; i-- > 0;) {
    if (members[i].first != members[index].first) continue;
    return ByteRange{members[i].second.place.key.start, members[i + 1].second.place.key.start};
  }
  return std::nullopt;
}

// The brackets of containers, the ends of scalars and the beginnings of keys.
void collect(const Node& node, const std::string& pointer, std::vector<Landmark>& landmarks) {
  landmarks.push_back({node.place.value.start, pointer});
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const auto& [token, child] = node.children[i];
    const std::string inner = json::child(pointer, token);
    if (node.is_object) landmarks.push_back({child.place.key.start, inner, earlier_than(node, i)});
    collect(child, inner, landmarks);
  }
  landmarks.push_back({node.place.value.end - 1, pointer});
}

std::vector<Landmark> landmarks_in(const Node& root) {
  std::vector<Landmark> landmarks;
  collect(root, "", landmarks);
  std::stable_sort(landmarks.begin(), landmarks.end(),
                   [](const Landmark& left, const Landmark& right) { return left.offset < right.offset; });
  return landmarks;
}

}  // namespace

TEST_CASE("locate and spots_at: every value and key of random texts, with repeated keys") {
  std::size_t repeated = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    DocumentMaker maker(seed, seed % 2 == 0);
    const Node root = maker.make();
    const Padded padded(maker.text());
    const std::vector<Landmark> landmarks = landmarks_in(root);
    std::vector<std::size_t> offsets;
    std::vector<std::string> pointers;
    for (const Landmark& landmark : landmarks) {
      offsets.push_back(landmark.offset);
      pointers.push_back(landmark.pointer);
    }
    INFO("text: ", maker.text());
    const std::vector<json::Spot> spots = spots_at(padded.view(), offsets, no_limit);
    REQUIRE(spots.size() == offsets.size());
    for (std::size_t i = 0; i < spots.size(); ++i) {
      INFO("offset ", offsets[i]);
      CHECK(spots[i].pointer == landmarks[i].pointer);
      CHECK(spots[i].earlier.has_value() == landmarks[i].earlier.has_value());
      if (!spots[i].earlier || !landmarks[i].earlier) continue;
      CHECK(*spots[i].earlier == *landmarks[i].earlier);
      ++repeated;
    }
    for (const std::string_view more : {"/a", "/0", "/x/y", "/~0", "/~1/a"}) {
      for (std::size_t i = 0, count = std::min<std::size_t>(offsets.size(), 10); i < count; ++i) {
        pointers.push_back(pointers[i] + std::string(more));
      }
    }
    const std::vector<Place> places = locate(padded.view(), pointers);
    REQUIRE(places.size() == pointers.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (places[i] == nearest(root, pointers[i])) continue;
      FAIL_CHECK("wrong for ", pointers[i]);
    }
  }
  CHECK(repeated > 500);
}

TEST_CASE("spots_at, then locate: the value that is found holds the byte, or stands next behind it") {
  for (std::uint32_t seed = 1000; seed < 1100; ++seed) {
    DocumentMaker maker(seed, false);
    const Node root = maker.make();
    const Padded padded(maker.text());
    const ByteRange all = root.place.value;
    std::vector<std::size_t> offsets;
    for (std::size_t offset = all.start; offset < all.end; ++offset) offsets.push_back(offset);
    const std::vector<json::Spot> spots = spots_at(padded.view(), offsets, no_limit);
    REQUIRE(spots.size() == offsets.size());
    INFO("text: ", maker.text());
    for (std::size_t i = 0; i < offsets.size(); ++i) {
      const std::string& pointer = spots[i].pointer;
      const ByteRange range = nearest(root, pointer).value;
      const ByteRange around = nearest(root, pointer.substr(0, pointer.rfind('/'))).value;
      CHECK(!spots[i].earlier.has_value());
      if (offsets[i] < range.end && (range.start <= offsets[i] || around.start < offsets[i])) continue;
      FAIL_CHECK("wrong for byte ", offsets[i], " and ", pointer);
    }
  }
}

}  // namespace stactask::testing

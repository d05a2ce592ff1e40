// The object type of values: whatever is done to it, it is a list of pairs in the order they came.

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "json/value.hpp"
#include "support.hpp"

namespace stactask::testing {

namespace {

using Map = json::OrderedMap<std::string, int>;

// What a map should be, in the simplest way.
struct Model {
  std::vector<std::pair<std::string, int>> members;

  [[nodiscard]] std::size_t index_of(const std::string& key) const {
    std::size_t i = 0;
    while (i < members.size() && members[i].first != key) ++i;
    return i;
  }
  bool emplace(const std::string& key, int value) {
    if (index_of(key) != members.size()) return false;
    members.emplace_back(key, value);
    return true;
  }
  void erase(std::size_t from, std::size_t to) {
    members.erase(members.begin() + static_cast<std::ptrdiff_t>(from),
                  members.begin() + static_cast<std::ptrdiff_t>(to));
  }
};

// The seed of all hashes, put back at the end.
class Seed {
 public:
  explicit Seed(std::uint64_t seed) : before_(std::exchange(json::hash_seed, seed)) {}
  ~Seed() { json::hash_seed = before_; }
  Seed(const Seed&) = delete;
  Seed& operator=(const Seed&) = delete;

 private:
  std::uint64_t before_;
};

constexpr std::uint64_t seeds[] = {0, 1, 0x9E3779B97F4A7C15U, 0xFFFFFFFFFFFFFFFFU, 0x8000000000000000U};

std::string key_of(std::size_t number) { return "key " + std::to_string(number); }

void check_same(const Map& map, const Model& model, std::size_t keys) {
  REQUIRE(map.size() == model.members.size());
  CHECK(map.empty() == model.members.empty());
  CHECK(std::equal(map.begin(), map.end(), model.members.begin()));
  for (std::size_t number = 0; number < keys; ++number) {
    const std::string key = key_of(number);
    const auto found = map.find(key);
    const std::size_t expected = model.index_of(key);
    if (found - map.begin() == static_cast<std::ptrdiff_t>(expected) &&
        map.count(key) == (expected < model.members.size() ? 1 : 0)) {
      continue;
    }
    FAIL_CHECK("wrong for ", key);
  }
}

Map map_of(std::size_t size) {
  Map map;
  for (std::size_t i = 0; i < size; ++i) map.emplace(key_of(i), static_cast<int>(i));
  return map;
}

}  // namespace

TEST_CASE("ordered map: a key that is there stays as it is") {
  for (const std::size_t size : {1U, 16U, 17U, 100U}) {
    Map map = map_of(size);
    for (std::size_t i = 0; i < size; ++i) {
      const auto [place, is_new] = map.emplace(key_of(i), -1);
      CHECK(!is_new);
      CHECK(place->second == static_cast<int>(i));
      CHECK(place == map.begin() + static_cast<std::ptrdiff_t>(i));
    }
    const auto [place, is_new] = map.emplace("another", -1);
    CHECK(is_new);
    CHECK(place == map.end() - 1);
  }
}

TEST_CASE("ordered map: operator[] finds, or adds a default") {
  for (const std::size_t size : {0U, 16U, 17U}) {
    Map map = map_of(size);
    map["new"] += 5;
    map["new"] += 5;
    CHECK(map["new"] == 10);
    CHECK(map.size() == size + 1);
  }
}

TEST_CASE("ordered map: empty keys, long keys and keys with zeros are keys like any other") {
  for (const std::size_t size : {0U, 40U}) {
    Map map = map_of(size);
    std::vector<std::string> keys = {""};
    for (std::size_t length = 1; length <= 40; ++length) {
      keys.push_back(std::string(length, '\0'));
      keys.push_back(std::string(length, 'x'));
    }
    for (const std::string& key : keys) CHECK(map.emplace(key, 1).second);
    for (const std::string& key : keys) CHECK(map.find(key)->first == key);
    CHECK(map.size() == size + keys.size());
  }
}

TEST_CASE("ordered map: erasing keeps the order and finds the rest, from wide to narrow and back") {
  Map map = map_of(60);
  Model model;
  for (std::size_t i = 0; i < 60; ++i) model.emplace(key_of(i), static_cast<int>(i));
  CHECK(map.erase("absent") == 0);
  for (const std::size_t number : {0U, 59U, 30U, 31U, 1U}) {
    CHECK(map.erase(key_of(number)) == 1);
    CHECK(map.erase(key_of(number)) == 0);
    const std::size_t index = model.index_of(key_of(number));
    model.erase(index, index + 1);
    check_same(map, model, 60);
  }
  const auto next = map.erase(map.begin() + 5, map.begin() + 50);
  CHECK(next == map.begin() + 5);
  model.erase(5, 50);
  check_same(map, model, 60);
  for (std::size_t i = 0; i < 60; ++i) {
    CHECK(map.emplace(key_of(i), -1).second == model.emplace(key_of(i), -1));
  }
  check_same(map, model, 60);
  map.clear();
  check_same(map, {}, 60);
  CHECK(map.emplace("first", 1).second);
}

TEST_CASE("ordered map: copies, moves and ranges") {
  for (const std::size_t size : {3U, 16U, 17U, 1000U}) {
    const Map map = map_of(size);
    Map copy = map;
    copy.emplace("more", 1);
    CHECK(copy.size() == size + 1);
    CHECK(map.find("more") == map.end());
    const Map moved = std::move(copy);
    CHECK(moved.find("more") == moved.end() - 1);
    CHECK(moved.find(key_of(size / 2))->second == static_cast<int>(size / 2));
    const Map ranged(map.begin(), map.end());
    CHECK(std::equal(map.begin(), map.end(), ranged.begin(), ranged.end()));
  }
}

TEST_CASE("ordered map: keys that only look into a text, as lint and locate use them") {
  const std::string text = "abcdefghijklmnopqrstuvwxyz0123456789";
  json::OrderedMap<std::string_view, std::size_t> map;
  for (std::size_t i = 0; i < text.size(); ++i)
    CHECK(map.emplace(std::string_view(text).substr(i), i).second);
  for (std::size_t i = 0; i < text.size(); ++i) CHECK(map.find(text.substr(i))->second == i);
  CHECK(map.find("z") == map.end());
}

TEST_CASE("ordered map: with any seed of its hashes it is a list of pairs") {
  std::mt19937 random(40000);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  for (const std::uint64_t value : seeds) {
    const Seed seed(value);
    for (const std::size_t keys : {8U, 16U, 17U, 40U, 200U}) {
      Map map;
      Model model;
      for (int round = 0; round < 400; ++round) {
        const std::size_t number = below(keys);
        const std::string key = key_of(number);
        const std::size_t index = model.index_of(key);
        switch (below(round % 100 < 60 ? 4 : 8)) {
          case 0:
          case 1:
          case 2: CHECK(map.emplace(key, round).second == model.emplace(key, round)); break;
          case 3:
            map[key] = round;
            model.emplace(key, round);
            model.members[model.index_of(key)].second = round;
            break;
          default:
            CHECK(map.erase(key) == (index < model.members.size() ? 1 : 0));
            if (index < model.members.size()) model.erase(index, index + 1);
        }
        if (round % 20 == 0) check_same(map, model, keys);
      }
      check_same(map, model, keys);
    }
  }
}

TEST_CASE("ordered map: another seed spreads the same keys in another way") {
  std::size_t same = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    const std::size_t hash = json::hash_text(key_of(i));
    const Seed seed(12345);
    if ((json::hash_text(key_of(i)) & 0xFFFF) == (hash & 0xFFFF)) ++same;
  }
  CHECK(same < 10);
}

TEST_CASE("hash: equal texts have equal hashes, wherever they stand; one changed byte changes it") {
  for (std::size_t length = 0; length <= 40; ++length) {
    const std::string text(length, 'k');
    for (std::size_t shift = 0; shift < 8; ++shift) {
      const std::string moved = repeat("-", shift) + text;
      CHECK(json::hash_text(std::string_view(moved).substr(shift)) == json::hash_text(text));
    }
    for (std::size_t i = 0; i < length; ++i) {
      std::string changed = text;
      changed[i] ^= 1;
      CHECK(json::hash_text(changed) != json::hash_text(text));
    }
  }
}

}  // namespace stactask::testing

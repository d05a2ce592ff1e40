// Keys that are one to Python's dict, and keys that are not.

#include "payload/python_dict.hpp"

#include <cstdio>
#include <limits>

#include "json/decimal.hpp"
#include "support.hpp"

namespace stactask::testing {

using payload::Dict;
using payload::DictEntry;

namespace {

struct Key {
  std::string text;
  std::size_t group;
};

// Each group has the spellings of one key.
std::vector<Key> keys() {
  char buffer[400];
  const int length = std::snprintf(buffer, sizeof buffer, "%.0f", std::numeric_limits<double>::max());
  const std::string largest(buffer, static_cast<std::size_t>(length));
  std::string one_more = largest;
  ++one_more.back();
  const std::string nines(json::max_integer_digits, '9');
  const std::vector<std::vector<std::string>> groups = {
      {"null"},
      {"0", "-0", "0.0", "-0.0", "-0e5", "false"},
      {"1", "1.0", "10e-1", "true"},
      {"-1", "-1.0"},
      {"NaN"},
      {"Infinity", "1e400"},
      {"-Infinity", "-1e400"},
      {"1.5", "15e-1"},
      {"-1.5"},
      {"0.1", "1e-1", "0.1000000000000000055511151231257827"},
      {"5e-324"},
      {"9007199254740992", "9007199254740992.0", "9007199254740993.0"},
      {"9007199254740993"},
      {"9223372036854775807"},
      {"9223372036854775808", "9223372036854775808.0"},
      {"-9223372036854775808", "-9223372036854775808.0"},
      {"-9223372036854775809"},
      {"18446744073709551615"},
      {"18446744073709551616", "18446744073709551616.0"},
      {"10000000000000000000000", "1e22"},
      {"100000000000000000000000"},
      {"99999999999999991611392", "1e23"},
      {"-99999999999999991611392", "-1e23"},
      {largest, "1.7976931348623157e308"},
      {"-" + largest, "-1.7976931348623157e308"},
      {one_more},
      {"1" + std::string(309, '0')},
      {"-1" + std::string(309, '0')},
      {nines},
      {nines.substr(1)},
      {nines.substr(1) + "8"},
      {R"("")"},
      {R"("a")", R"("\u0061")"},
      {R"("0")"},
      {R"("1")"},
      {R"("None")"},
      {R"("null")"},
      {R"("nan")"},
      {R"("NaN")"},
      {R"("1.5")"},
      {R"("9007199254740993")"},
      {R"("f\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000")"},
      {R"("s")"},
      {R"("sa")"},
  };
  std::vector<Key> out;
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const std::string& text : groups[group]) out.push_back({text, group});
  }
  return out;
}

}  // namespace

TEST_CASE("Dict: keys that are equal in Python are one, whatever their types; all others are two") {
  const std::vector<Key> all = keys();
  for (const Key& left : all) {
    for (const Key& right : all) {
      const json::Value values[] = {parse(left.text), parse(right.text)};
      Dict dict;
      dict.set(&values[0], {nullptr, "/first"});
      dict.set(&values[1], {nullptr, "/second"});
      const bool is_one = left.group == right.group;
      const std::vector<DictEntry>& entries = dict.entries();
      INFO(left.text, " and ", right.text);
      REQUIRE(entries.size() == (is_one ? 1 : 2));
      CHECK(entries[0].key == &values[0]);
      CHECK(entries[0].value.pointer == (is_one ? "/second" : "/first"));
      if (is_one) continue;
      CHECK(entries[1].key == &values[1]);
      CHECK(entries[1].value.pointer == "/second");
    }
  }
}

TEST_CASE("Dict: all keys in one, each in the place and the spelling of its first, with its last value") {
  const std::vector<Key> all = keys();
  std::vector<json::Value> values;
  for (const Key& key : all) values.push_back(parse(key.text));
  Dict dict;
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) dict.set(&values[i], {&values[i], "/" + std::to_string(i)});
  }
  const std::vector<DictEntry>& entries = dict.entries();
  REQUIRE(entries.size() == all.back().group + 1);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const DictEntry& entry = entries[all[i].group];
    INFO(all[i].text);
    if (i == 0 || all[i - 1].group != all[i].group) CHECK(entry.key == &values[i]);
    if (i + 1 < all.size() && all[i + 1].group == all[i].group) continue;
    CHECK(entry.value.value == &values[i]);
    CHECK(entry.value.pointer == "/" + std::to_string(i));
  }
}

TEST_CASE("is_hashable: lists and objects are no keys") {
  for (const Key& key : keys()) CHECK(payload::is_hashable(parse(key.text)));
  for (const std::string_view text : {"[]", "{}", "[1]", R"({"a": 1})"}) {
    CHECK(!payload::is_hashable(parse(text)));
  }
}

}  // namespace stactask::testing

// From JSON Pointers to places in a text and back.

#include "json/locate.hpp"

#include "places.hpp"
#include "support.hpp"

namespace stactask::testing {

using json::ByteRange;
using json::locate;
using json::Place;
using json::spots_at;

namespace {

// What the pointers name, as it stands in the text.
std::vector<std::string> slices(std::string_view text, const std::vector<std::string>& pointers) {
  const Padded padded(text);
  std::vector<std::string> out;
  for (const Place& place : locate(padded.view(), pointers)) out.emplace_back(slice(text, place.value));
  return out;
}

// The keys of the members that the pointers name.
std::vector<std::string> key_slices(std::string_view text, const std::vector<std::string>& pointers) {
  const Padded padded(text);
  std::vector<std::string> out;
  for (const Place& place : locate(padded.view(), pointers)) out.emplace_back(slice(text, place.key));
  return out;
}

std::vector<std::string> pointers_at(std::string_view text, const std::vector<std::size_t>& offsets) {
  const Padded padded(text);
  std::vector<std::string> out;
  for (const json::Spot& spot : spots_at(padded.view(), offsets, no_limit)) {
    CHECK(!spot.earlier.has_value());
    out.push_back(spot.pointer);
  }
  return out;
}

struct Case {
  std::string_view text;
  std::string pointer;
  std::string slice;
};

void check_slices(std::initializer_list<Case> cases) {
  for (const Case& recorded : cases) {
    INFO("pointer ", recorded.pointer, " in ", std::string(recorded.text));
    CHECK(slices(recorded.text, {recorded.pointer})[0] == recorded.slice);
  }
}

}  // namespace

TEST_CASE("locate: the root is the value without the whitespace around it") {
  check_slices({{"{}", "", "{}"},
                {" \n[1, 2] ", "", "[1, 2]"},
                {" null ", "", "null"},
                {R"( "a" )", "", R"("a")"},
                {" -1.5e3\n", "", "-1.5e3"}});
}

TEST_CASE("locate: members and elements") {
  constexpr std::string_view text = R"({"a": {"b": [10, "x\"y", {"c": null }]}, "": true, "0": {"": [ ]}})";
  check_slices({{text, "/a", R"({"b": [10, "x\"y", {"c": null }]})"},
                {text, "/a/b", R"([10, "x\"y", {"c": null }])"},
                {text, "/a/b/0", "10"},
                {text, "/a/b/1", R"("x\"y")"},
                {text, "/a/b/2", R"({"c": null })"},
                {text, "/a/b/2/c", "null"},
                {text, "/", "true"},
                {text, "/0", R"({"": [ ]})"},
                {text, "/0/", "[ ]"},
                {R"([[["deep"]]])", "/0/0/0", R"("deep")"}});
}

TEST_CASE("locate: keys are compared as text, whatever their escapes") {
  check_slices({{R"({"a/b": 1, "m~n": 2, "~1": 3, "/": 4, "~": 5})", "/a~1b", "1"},
                {R"({"a/b": 1, "m~n": 2, "~1": 3, "/": 4, "~": 5})", "/m~0n", "2"},
                {R"({"a/b": 1, "m~n": 2, "~1": 3, "/": 4, "~": 5})", "/~01", "3"},
                {R"({"a/b": 1, "m~n": 2, "~1": 3, "/": 4, "~": 5})", "/~1", "4"},
                {R"({"a/b": 1, "m~n": 2, "~1": 3, "/": 4, "~": 5})", "/~0", "5"},
                {R"({"\u0061": 1})", "/a", "1"},
                {R"({"caf\u00e9": 1})", "/caf\xC3\xA9", "1"},
                {R"({"\ud83d\ude00": 1})", "/\xF0\x9F\x98\x80", "1"},
                {R"({"\n": 1})", "/\n", "1"}});
}

TEST_CASE("locate: a member's key has a place too; the root, elements and what is not there have none") {
  using Keys = std::vector<std::string>;
  CHECK(key_slices(R"( {"a" : {"": [1, {"\u0062": 2}]}} )", {"/a", "/a/", "/a//1/b"}) ==
        Keys{R"("a")", R"("")", R"("\u0062")"});
  CHECK(key_slices(R"({"a": [1, 2]})", {"", "/a/1", "/a/2", "/a/b", "/b", "/0"}) == Keys(6));
  CHECK(key_slices(R"({"a": {"x": 1}, "\u0061": {"y": 2}, "b": 3})", {"/a", "/a/x", "/a/y"}) ==
        Keys{R"("\u0061")", "", R"("y")"});
}

TEST_CASE("locate: of equal keys the last is meant, and what stands inside it") {
  check_slices({{R"({"a": 1, "b": 2, "a": 3})", "/a", "3"},
                {R"({"a": {"x": 1}, "a": {"x": 2}})", "/a/x", "2"},
                {R"({"a": {"x": 1}, "a": {"y": 2}})", "/a/x", R"({"y": 2})"},
                {R"({"a": {"x": 1}, "a": null})", "/a/x", "null"},
                {R"({"a": {"x": {"y": 1}}, "a": {"x": 5}})", "/a/x/y", "5"},
                {R"({"a": 1, "\u0061": 2})", "/a", "2"}});
}

TEST_CASE("locate: a pointer that names nothing gets the nearest value around it") {
  constexpr std::string_view text = R"( {"a": {"b": [10, 20]}, "c": "text"} )";
  constexpr std::string_view root = R"({"a": {"b": [10, 20]}, "c": "text"})";
  check_slices({{text, "/x", std::string(root)},
                {text, "/x/y/z", std::string(root)},
                {text, "/a/x", R"({"b": [10, 20]})"},
                {text, "/a/b/2", "[10, 20]"},
                {text, "/a/b/-", "[10, 20]"},
                {text, "/a/b/00", "[10, 20]"},
                {text, "/a/b/0/x", "10"},
                {text, "/c/0", R"("text")"},
                {text, "/", std::string(root)},
                {"[]", "/0", "[]"},
                {"{}", "/a", "{}"},
                {"null", "/a/b", "null"}});
}

TEST_CASE("locate: many pointers at once, in any order, equal ones too") {
  const std::string_view text = R"({"a": [1, {"b": 2}], "c": 3})";
  const std::vector<std::string> found =
      slices(text, {"/c", "/a/1/b", "", "/a/1/b", "/a/0", "/a/5", "/a", "/a/1/x", "/a/1"});
  const std::vector<std::string> expected = {
      "3",           "2",          std::string(text), "2", "1", R"([1, {"b": 2}])", R"([1, {"b": 2}])",
      R"({"b": 2})", R"({"b": 2})"};
  CHECK(found == expected);
  CHECK(slices(text, {}).empty());
}

TEST_CASE("locate: as deep as a text may be") {
  const std::string text = repeat("[", json::max_depth) + repeat("]", json::max_depth);
  CHECK(slices(text, {repeat("/0", json::max_depth - 1)})[0] == "[]");
  CHECK(slices(text, {repeat("/0", json::max_depth + 5)})[0] == "[]");
}

TEST_CASE("spots_at: the innermost value or member that holds a byte") {
  //                                           0123456789012345678901234567890123456789
  constexpr std::string_view text = R"({"a": {"b/c": [10, [ ]]}, "~": "x"} )";
  const std::pair<std::size_t, std::string> cases[] = {
      {0, ""},           {1, "/a"},         {3, "/a"},         {6, "/a"},         {7, "/a/b~1c"},
      {14, "/a/b~1c"},   {15, "/a/b~1c/0"}, {16, "/a/b~1c/0"}, {19, "/a/b~1c/1"}, {20, "/a/b~1c/1"},
      {21, "/a/b~1c/1"}, {22, "/a/b~1c"},   {23, "/a"},        {26, "/~0"},       {31, "/~0"},
      {33, "/~0"},       {34, ""},          {35, ""},          {99, ""}};
  std::vector<std::size_t> offsets;
  for (const auto& [offset, pointer] : cases) offsets.push_back(offset);
  const std::vector<std::string> found = pointers_at(text, offsets);
  REQUIRE(found.size() == offsets.size());
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    INFO("offset ", offsets[i]);
    CHECK(found[i] == cases[i].second);
  }
}

TEST_CASE("spots_at: scalars as the whole text, equal offsets and none") {
  CHECK(pointers_at(" 12 ", {}).empty());
  CHECK(pointers_at(" 12 ", {0, 1, 2, 2, 3, 4}) == std::vector<std::string>(6));
  CHECK(pointers_at("[1,2]", {3, 3, 3}) == std::vector<std::string>(3, "/1"));
}

namespace {

// The earlier member that each repeated key of a text has, as it stands there; `-` for keys that are new.
std::vector<std::string> earlier_members(std::string_view text) {
  const Padded padded(text);
  // In these texts a key's opening quote comes after a brace or a comma, and nothing else does.
  std::vector<std::size_t> offsets;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const std::size_t before = text.find_last_not_of(" \n", i - 1);
    if (text[i] == '"' && (text[before] == '{' || text[before] == ',')) offsets.push_back(i);
  }
  const std::vector<json::Spot> spots = spots_at(padded.view(), offsets, no_limit);
  REQUIRE(spots.size() == offsets.size());
  std::vector<std::string> out;
  for (const json::Spot& spot : spots) out.emplace_back(spot.earlier ? slice(text, *spot.earlier) : "-");
  return out;
}

}  // namespace

TEST_CASE("spots_at: a repeated key knows the member before it, up to where the next begins") {
  struct Repeated {
    std::string_view text;
    std::vector<std::string> earlier;
  };
  const Repeated cases[] = {
      {R"({"a": 1, "b": 2})", {"-", "-"}},
      {R"({"a": 1, "a": 2})", {"-", R"("a": 1, )"}},
      {R"({"a":1,"b":2,"a":3})", {"-", "-", R"("a":1,)"}},
      {R"({ "a" : 1 , "b" : 2 , "a" : 3 })", {"-", "-", R"("a" : 1 , )"}},
      {R"({"a": 1, "b": 2, "a": 3, "b": 4, "a": 5})",
       {"-", "-", R"("a": 1, )", R"("b": 2, )", R"("a": 3, )"}},
      {R"({"a": 1, "\u0061": 2, "\u0061": 3, "a": 4})",
       {"-", R"("a": 1, )", R"("\u0061": 2, )", R"("\u0061": 3, )"}},
      {R"({"/": 1, "\/": 2, "~1": 3})", {"-", R"("/": 1, )", "-"}},
      {R"({"": 1, "": 2})", {"-", R"("": 1, )"}},
      {R"({"a": {"a": 1}, "b": {"a": 2}})", {"-", "-", "-", "-"}},
      {R"({"a": {"x": 1, "x": 2}, "a": {"x": 3}})",
       {"-", "-", R"("x": 1, )", R"("a": {"x": 1, "x": 2}, )", "-"}},
      {R"([{"a": 1}, {"a": 2, "a": 3}, {"a": 4}])", {"-", "-", R"("a": 2, )", "-"}},
      {R"({"a": [{"a": 1, "a": [2]}, 5], "a": 6})",
       {"-", "-", R"("a": 1, )", R"("a": [{"a": 1, "a": [2]}, 5], )"}},
      {"{\"a\": \"}\\\"\"\n,\n\"a\": 2}", {"-", "\"a\": \"}\\\"\"\n,\n"}},
  };
  for (const Repeated& recorded : cases) {
    INFO("text: ", std::string(recorded.text));
    CHECK(earlier_members(recorded.text) == recorded.earlier);
  }
}

TEST_CASE("spots_at: a key that stands there many times has the one just before it each time") {
  constexpr std::size_t times = 5000;
  const std::string text = "{" + repeat("\"a\":0,", times) + "\"b\":1,\"a\":2}";
  const std::vector<std::string> earlier = earlier_members(text);
  REQUIRE(earlier.size() == times + 2);
  CHECK(earlier.front() == "-");
  for (std::size_t i = 1; i < times; ++i) REQUIRE(earlier[i] == "\"a\":0,");
  CHECK(earlier[times] == "-");
  CHECK(earlier[times + 1] == "\"a\":0,");
}

TEST_CASE("spots_at: only the opening quote of a repeated key has the earlier member") {
  const std::string_view text = R"({"a": 1, "a": 2})";
  const Padded padded(text);
  for (std::size_t offset = 0; offset < text.size(); ++offset) {
    INFO("offset ", offset);
    const std::vector<json::Spot> spots = spots_at(padded.view(), std::vector{offset}, no_limit);
    REQUIRE(spots.size() == 1);
    CHECK(spots[0].earlier.has_value() == (offset == 9));
  }
  // Asked for twice, it answers twice.
  const std::vector<json::Spot> twice = spots_at(padded.view(), std::vector<std::size_t>{9, 9}, no_limit);
  REQUIRE(twice.size() == 2);
  for (const json::Spot& spot : twice) CHECK(spot.earlier == ByteRange{1, 9});
}

TEST_CASE("spots_at: ends before the pointers have more bytes than they may") {
  const Padded padded(R"({"a": [10, 20], "b~": 3, "c": 4})");
  const std::vector<std::size_t> offsets = {0, 1, 7, 11, 16, 25};
  const std::vector<std::string> pointers = {"", "/a", "/a/0", "/a/1", "/b~0", "/c"};
  const std::size_t counts[] = {1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6, 6};
  for (std::size_t max_bytes = 0; max_bytes < std::size(counts); ++max_bytes) {
    INFO("at most ", max_bytes, " bytes");
    std::vector<std::string> found;
    for (const json::Spot& spot : spots_at(padded.view(), offsets, max_bytes)) found.push_back(spot.pointer);
    const auto end = pointers.begin() + static_cast<std::ptrdiff_t>(counts[max_bytes]);
    CHECK(found == std::vector<std::string>(pointers.begin(), end));
  }
}

TEST_CASE("spots_at: pointers of no bytes have no limit") {
  const Padded padded(" 12 ");
  CHECK(spots_at(padded.view(), std::vector<std::size_t>{0, 1, 2, 3, 4, 9}, 0).size() == 6);
}

}  // namespace stactask::testing

// From JSON Pointers to places in a text and back.

#include "json/locate.hpp"

#include "support.hpp"

namespace stactask::testing {

using json::ByteRange;
using json::locate;
using json::pointers_at;

namespace {

// What the pointers name, as it stands in the text.
std::vector<std::string> slices(std::string_view text, const std::vector<std::string>& pointers) {
  const Padded padded(text);
  std::vector<std::string> out;
  for (const ByteRange& range : locate(padded.view(), pointers)) {
    out.emplace_back(text.substr(range.start, range.end - range.start));
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

TEST_CASE("pointers_at: the innermost value or member that holds a byte") {
  //                                           0123456789012345678901234567890123456789
  constexpr std::string_view text = R"({"a": {"b/c": [10, [ ]]}, "~": "x"} )";
  const std::pair<std::size_t, std::string> cases[] = {
      {0, ""},           {1, "/a"},         {3, "/a"},         {6, "/a"},         {7, "/a/b~1c"},
      {14, "/a/b~1c"},   {15, "/a/b~1c/0"}, {16, "/a/b~1c/0"}, {19, "/a/b~1c/1"}, {20, "/a/b~1c/1"},
      {21, "/a/b~1c/1"}, {22, "/a/b~1c"},   {23, "/a"},        {26, "/~0"},       {31, "/~0"},
      {33, "/~0"},       {34, ""},          {35, ""},          {99, ""}};
  std::vector<std::size_t> offsets;
  for (const auto& [offset, pointer] : cases) offsets.push_back(offset);
  const Padded padded(text);
  const std::vector<std::string> found = pointers_at(padded.view(), offsets);
  REQUIRE(found.size() == offsets.size());
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    INFO("offset ", offsets[i]);
    CHECK(found[i] == cases[i].second);
  }
}

TEST_CASE("pointers_at: scalars as the whole text, equal offsets and none") {
  const Padded padded(" 12 ");
  CHECK(pointers_at(padded.view(), std::vector<std::size_t>{}).empty());
  CHECK(pointers_at(padded.view(), std::vector<std::size_t>{0, 1, 2, 2, 3, 4}) ==
        std::vector<std::string>(6));
  const Padded list("[1,2]");
  CHECK(pointers_at(list.view(), std::vector<std::size_t>{3, 3, 3}) == std::vector<std::string>(3, "/1"));
}

}  // namespace stactask::testing

// From text to values: every kind, numbers exactly, strings with their surrogates, and objects as Python's
// dict has them.

#include "json/reader.hpp"

#include <cmath>
#include <initializer_list>
#include <limits>

#include "json/locate.hpp"
#include "json/python_text.hpp"
#include "places.hpp"
#include "support.hpp"

namespace stactask::testing {

using json::DuplicateKeys;
using json::python_repr;
using json::python_type_name;
using json::Value;

namespace {

struct Case {
  std::string text;
  std::string type;
  std::string repr;
};

void check_values(std::initializer_list<Case> cases) {
  for (const Case& recorded : cases) {
    INFO("text: ", recorded.text);
    const Value value = parse(recorded.text);
    CHECK(python_type_name(value) == recorded.type);
    CHECK(python_repr(value) == recorded.repr);
  }
}

std::string string_in(std::string_view text) { return json::string_of(parse(text)); }

// "pointer offset length", for each in turn.
std::vector<std::string> duplicates_in(std::string_view text) {
  const Padded padded(text);
  json::Scanner scanner(padded.view());
  Value value;
  DuplicateKeys duplicates;
  REQUIRE(json::read_value(scanner, value, duplicates));
  std::vector<std::string> lines;
  CHECK(duplicates.count == duplicates.kept.size());
  for (const json::StringSpan& key : duplicates.kept) {
    const std::size_t start = scanner.offset_of(key.raw.data()) - 1;  // of the quote
    const std::vector<json::Spot> spots = json::spots_at(padded.view(), std::vector{start}, no_limit);
    REQUIRE(spots.size() == 1);
    lines.push_back(spots[0].pointer + " " + std::to_string(start) + " " +
                    std::to_string(key.raw.size() + 2));
  }
  return lines;
}

}  // namespace

TEST_CASE("reader: every kind of value") {
  check_values({{"null", "NoneType", "None"},
                {"true", "bool", "True"},
                {"false", "bool", "False"},
                {"0", "int", "0"},
                {"1.0", "float", "1.0"},
                {R"("text")", "str", "'text'"},
                {R"("")", "str", "''"},
                {"[]", "list", "[]"},
                {"{}", "dict", "{}"},
                {R"([null, [1], {"a": [{}]}])", "list", "[None, [1], {'a': [{}]}]"},
                {R"( { "b" : 1 , "a" : { "c" : [ ] } } )", "dict", "{'b': 1, 'a': {'c': []}}"}});
}

TEST_CASE("reader: integers keep every digit, whatever their size") {
  check_values({{"-0", "int", "0"},
                {"-1", "int", "-1"},
                {"9007199254740993", "int", "9007199254740993"},
                {"9223372036854775807", "int", "9223372036854775807"},
                {"9223372036854775808", "int", "9223372036854775808"},
                {"-9223372036854775808", "int", "-9223372036854775808"},
                {"-9223372036854775809", "int", "-9223372036854775809"},
                {"18446744073709551615", "int", "18446744073709551615"},
                {"18446744073709551616", "int", "18446744073709551616"},
                {"18446744073709551620", "int", "18446744073709551620"},
                {"-18446744073709551616", "int", "-18446744073709551616"},
                {"99999999999999999999", "int", "99999999999999999999"},
                {"123456789012345678901234567890", "int", "123456789012345678901234567890"}});
  const std::string longest = "-" + repeat("1234567890", json::max_integer_digits / 10);
  check_values({{longest, "int", longest}});
}

TEST_CASE("reader: an integer has the smallest type that holds it") {
  CHECK(parse("9223372036854775807").get<std::int64_t>() == std::numeric_limits<std::int64_t>::max());
  CHECK(parse("-9223372036854775808").get<std::int64_t>() == std::numeric_limits<std::int64_t>::min());
  CHECK(!parse("9223372036854775807").is_number_unsigned());
  CHECK(parse("18446744073709551615").get<std::uint64_t>() == std::numeric_limits<std::uint64_t>::max());
  for (const std::string_view big :
       {"18446744073709551616", "-9223372036854775809", "100000000000000000000"}) {
    const Value value = parse(big);
    CHECK(json::is_big_integer(value));
    CHECK(json::is_integer(value));
    CHECK(json::big_integer_text(value) == big);
  }
  CHECK(!json::is_big_integer(parse("18446744073709551615")));
  CHECK(!json::is_integer(parse("1.0")));
}

TEST_CASE("reader: whatever has a point or an exponent is a float") {
  check_values({{"0.0", "float", "0.0"},
                {"-0.0", "float", "-0.0"},
                {"-0e5", "float", "-0.0"},
                {"1E5", "float", "100000.0"},
                {"1e16", "float", "1e+16"},
                {"0.1", "float", "0.1"},
                {"1.50", "float", "1.5"},
                {"12345678901234567890.0", "float", "1.2345678901234567e+19"},
                {"1e400", "float", "inf"},
                {"-1e400", "float", "-inf"},
                {"1e-400", "float", "0.0"},
                {"-1e-400", "float", "-0.0"},
                {"5e-324", "float", "5e-324"},
                {"NaN", "float", "nan"},
                {"Infinity", "float", "inf"},
                {"-Infinity", "float", "-inf"}});
}

TEST_CASE("reader: escapes in strings") {
  using namespace std::string_literals;
  CHECK(string_in(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
  CHECK(string_in(R"("a\u0041\u00e9\u20ac\uFFFFz")") == "aA\xC3\xA9\xE2\x82\xAC\xEF\xBF\xBFz");
  CHECK(string_in(R"("\u0000a")") == "\0a"s);
  CHECK(string_in(R"("\u007f\u0080\u07ff\u0800")") == "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80");
  CHECK(string_in(R"("\\u0041")") == R"(\u0041)");
  CHECK(string_in("\"caf\xC3\xA9 \xF0\x9F\x98\x80\"") == "caf\xC3\xA9 \xF0\x9F\x98\x80");
}

TEST_CASE("reader: an escaped surrogate pair is one character, a lone surrogate keeps its three bytes") {
  CHECK(string_in(R"("\ud83d\ude00")") == "\xF0\x9F\x98\x80");
  CHECK(string_in(R"("\uD800\uDC00")") == "\xF0\x90\x80\x80");
  CHECK(string_in(R"("\uDBFF\uDFFF")") == "\xF4\x8F\xBF\xBF");
  CHECK(string_in(R"("\ud83d")") == "\xED\xA0\xBD");
  CHECK(string_in(R"("\ude00")") == "\xED\xB8\x80");
  CHECK(string_in(R"("\ude00\ud83d")") == "\xED\xB8\x80\xED\xA0\xBD");
  CHECK(string_in(R"("\ud83dA\ude00")") ==
        "\xED\xA0\xBD"
        "A"
        "\xED\xB8\x80");
  CHECK(string_in(R"("\ud83d\n\ude00")") == "\xED\xA0\xBD\n\xED\xB8\x80");
  CHECK(string_in(R"("\ud83d\ud83d\ude00")") == "\xED\xA0\xBD\xF0\x9F\x98\x80");
  CHECK(string_in(R"("\ud83d\ue000")") == "\xED\xA0\xBD\xEE\x80\x80");
  CHECK(string_in("\"\xED\xA0\xBD\"") == "\xED\xA0\xBD");
}

TEST_CASE("reader: of equal keys the last wins, in the place of the first") {
  check_values({{R"({"a": 1, "b": 2, "a": 3})", "dict", "{'a': 3, 'b': 2}"},
                {R"({"a": {"x": 1}, "a": {"y": 2}})", "dict", "{'a': {'y': 2}}"},
                {R"({"a": [1, 2], "a": null, "a": "s"})", "dict", "{'a': 's'}"},
                {R"({"": 1, "": 2})", "dict", "{'': 2}"},
                {R"({"a": 1, "\u0061": 2})", "dict", "{'a': 2}"},
                {R"({"__proto__": 1, "__proto__": 2})", "dict", "{'__proto__': 2}"}});
}

TEST_CASE("reader: repeated keys are listed, and stand where their pointers say") {
  using Lines = std::vector<std::string>;
  CHECK(duplicates_in(R"({"a": 1, "b": {"a": 2}})") == Lines{});
  CHECK(duplicates_in(R"({"a": 1, "a": 2})") == Lines{"/a 9 3"});
  CHECK(duplicates_in(R"({"a": 1, "a": 2, "a": 3})") == Lines{"/a 9 3", "/a 17 3"});
  CHECK(duplicates_in(R"({"a": 1, "\u0061": 2})") == Lines{"/a 9 8"});
  CHECK(duplicates_in(R"([0, {"b": [{"c": 1, "c": 2}]}])") == Lines{"/1/b/0/c 20 3"});
  CHECK(duplicates_in(R"({"~/~1": {"m~n": 1, "m~n": 2}})") == Lines{"/~0~1~01/m~0n 20 5"});
  CHECK(duplicates_in(R"({"": {"": 1, "": 2}})") == Lines{"// 13 2"});
  CHECK(duplicates_in(R"({"a": {"x": 1, "x": 2}, "a": {"y": 1, "y": 2}})") ==
        Lines{"/a/x 15 3", "/a 24 3", "/a/y 38 3"});
}

TEST_CASE("reader: of more repeated keys than are kept the first are, and all are counted") {
  const std::size_t times = DuplicateKeys::max_kept + 5;
  const Padded padded("{\"a\":0" + repeat(",\"a\":0", times) + "}");
  json::Scanner scanner(padded.view());
  Value value;
  DuplicateKeys duplicates;
  REQUIRE(json::read_value(scanner, value, duplicates));
  CHECK(duplicates.count == times);
  REQUIRE(duplicates.kept.size() == DuplicateKeys::max_kept);
  CHECK(scanner.offset_of(duplicates.kept.front().raw.data()) == 8);
  CHECK(scanner.offset_of(duplicates.kept.back().raw.data()) == 2 + 6 * DuplicateKeys::max_kept);
}

TEST_CASE("reader: a value ends where it ends, and the next can be read from there") {
  const Padded padded(R"( {"a": 1}[2] "three" 4 )");
  json::Scanner scanner(padded.view());
  DuplicateKeys duplicates;
  std::string seen;
  for (int i = 0; i < 4; ++i) {
    Value value;
    REQUIRE(json::read_value(scanner, value, duplicates));
    seen += python_repr(value) + " ";
  }
  CHECK(seen == "{'a': 1} [2] 'three' 4 ");
  CHECK(scanner.finish());
}

TEST_CASE("reader: what was in the value before is gone") {
  const Padded padded("[1]");
  json::Scanner scanner(padded.view());
  Value value = parse(R"({"old": {"value": true}})");
  DuplicateKeys duplicates;
  REQUIRE(json::read_value(scanner, value, duplicates));
  CHECK(python_repr(value) == "[1]");
}

TEST_CASE("reader: an object of 40,000 keys keeps their order and finds each") {
  constexpr int count = 40000;
  std::string text = "{";
  for (int i = 0; i < count; ++i)
    text += "\"key " + std::to_string(i * 7919 % count) + "\": " + std::to_string(i) + ",";
  text += R"("key 0": "again", "key 39999": "again"})";
  const Value value = parse(text);
  const auto& object = json::object_of(value);
  REQUIRE(object.size() == count);
  int index = 0;
  for (const auto& [key, element] : object) {
    REQUIRE(key == "key " + std::to_string(index * 7919 % count));
    const Value* found = json::member(&value, key);
    REQUIRE(found == &element);
    ++index;
  }
  CHECK(text_at(value, "key 0") == "again");
  CHECK(text_at(value, "key 39999") == "again");
  CHECK(json::member(&value, "key 40000") == nullptr);
  CHECK(json::member(&value, "") == nullptr);
}

TEST_CASE("reader: values nest to the limit; reading, copying and destroying them needs no more stack") {
  for (const auto& [open, close] : {std::pair{"[", "]"}, {R"({"a": )", "}"}}) {
    Value copy;
    {
      const Value value =
          parse(repeat(open, json::max_depth - 1) + "[]" + repeat(close, json::max_depth - 1));
      copy = value;
    }
    const Value* at_depth = &copy;
    std::size_t depth = 1;
    for (; !at_depth->empty(); ++depth) {
      at_depth = at_depth->is_array() ? &json::array_of(*at_depth)[0] : json::member(at_depth, "a");
    }
    CHECK(depth == json::max_depth);
  }
}

TEST_CASE("reader: a value that is broken off leaves nothing behind") {
  for (const std::string_view text :
       {R"({"a": [1, {"b": "c", "d": )", R"([[[[1, 2], 3], )", R"({"a": 1, "a)"}) {
    const Padded padded(text);
    json::Scanner scanner(padded.view());
    Value value;
    DuplicateKeys duplicates;
    CHECK(!json::read_value(scanner, value, duplicates));  // AddressSanitizer counts the memory
  }
}

TEST_CASE("member: null where there is nothing to find") {
  const Value value = parse(R"({"a": null, "list": ["a"]})");
  CHECK(json::member(&value, "a")->is_null());
  CHECK(json::member(&value, "b") == nullptr);
  CHECK(json::member(&at(value, "list"), "a") == nullptr);
  CHECK(json::member(nullptr, "a") == nullptr);
}

}  // namespace stactask::testing

// The grammar, rule by rule: what is JSON (as Python's json module reads it) and where the rest goes wrong.

#include "json/scanner.hpp"

#include "scanning.hpp"

namespace stactask::testing {

using enum json::SyntaxErrorKind;
using json::OddityKind;

namespace {

void check_accepted(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    INFO("text: ", std::string(text));
    CHECK(scan(text) == Verdict{none, text.size()});
  }
}

struct Refused {
  std::string_view text;
  json::SyntaxErrorKind kind;
  std::size_t offset;
};

void check_refused(std::initializer_list<Refused> cases) {
  for (const Refused& refused : cases) {
    INFO("text: ", std::string(refused.text));
    CHECK(scan(refused.text) == Verdict{refused.kind, refused.offset});
  }
}

std::string in_quotes(std::string_view inside) { return '"' + std::string(inside) + '"'; }

}  // namespace

TEST_CASE("scanner: a text is one value of any kind, with whitespace around it") {
  for (const std::string_view value : {"null", "true", "false", "0", "-1.5e3", R"("text")", "[]", "{}",
                                       "[[], {}]", R"({"a": {"b": [1, "c", null]}})"}) {
    check_accepted({value, " " + std::string(value), std::string(value) + "\n",
                    "\r\n\t " + std::string(value) + " \t\r\n"});
  }
}

TEST_CASE("scanner: an empty text, and one of whitespace alone, has no value") {
  check_refused({{"", expected_value, 0}, {" ", expected_value, 1}, {"\r\n\t ", expected_value, 4}});
}

TEST_CASE("scanner: nothing but whitespace may follow the value") {
  using namespace std::string_view_literals;
  check_refused({{"1 2", trailing_text, 2},
                 {"{}{}", trailing_text, 2},
                 {"[]]", trailing_text, 2},
                 {"null,", trailing_text, 4},
                 {"\"a\" \"b\"", trailing_text, 4},
                 {"truefalse", trailing_text, 4},
                 {"{} // comment", trailing_text, 3},
                 {"1\0"sv, trailing_text, 1},
                 {"1\0 "sv, trailing_text, 1}});
}

TEST_CASE("scanner: whitespace is space, tab, LF and CR, and no other character") {
  for (int byte = 0; byte < 256; ++byte) {
    const auto c = static_cast<char>(byte);
    const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    const std::string text = {'[', '1', c, ']'};
    const bool is_digit = c >= '0' && c <= '9';
    INFO("byte ", byte);
    if (is_space || is_digit) {
      CHECK(scan(text).kind == none);
    } else if (c != ']' && c != ',') {
      CHECK(scan(text) == Verdict{expected_comma, 2});
    }
  }
  check_refused({{"\v1", expected_value, 0},
                 {"\f1", expected_value, 0},
                 {" \xC2\xA0", expected_value, 1},
                 {"\xE2\x80\xA8[]", expected_value, 0},
                 {"\xEF\xBB\xBF{}", expected_value, 0}});
}

TEST_CASE("scanner: objects") {
  check_accepted({"{}", "{ }", "{\n}", R"({"a":1})", R"({ "a" : 1 , "b" : 2 })", R"({"":""})", R"({"a":{}})",
                  R"({"a":1,"a":2})"});
  check_refused({{"{", expected_key, 1},
                 {"{ ", expected_key, 2},
                 {"{]", expected_key, 1},
                 {"{,}", expected_key, 1},
                 {"{1:2}", expected_key, 1},
                 {"{a:2}", expected_key, 1},
                 {"{'a':2}", expected_key, 1},
                 {R"({"a)", unterminated_string, 1},
                 {R"({"a")", expected_colon, 4},
                 {R"({"a" 1})", expected_colon, 5},
                 {R"({"a",1})", expected_colon, 4},
                 {R"({"a"})", expected_colon, 4},
                 {R"({"a":)", expected_value, 5},
                 {R"({"a":})", expected_value, 5},
                 {R"({"a"::1})", expected_value, 5},
                 {R"({"a":,})", expected_value, 5},
                 {R"({"a":1)", expected_comma, 6},
                 {R"({"a":1])", expected_comma, 6},
                 {R"({"a":1 "b":2})", expected_comma, 7},
                 {R"({"a":1:2})", expected_comma, 6},
                 {R"({"a":1,)", expected_key, 7},
                 {R"({"a":1,})", expected_key, 7},
                 {R"({"a":1,,})", expected_key, 7},
                 {R"({"a":1, b})", expected_key, 8}});
}

TEST_CASE("scanner: arrays") {
  check_accepted({"[]", "[ ]", "[\n]", "[1]", "[1,2]", "[ 1 , 2 ]", "[[],[[]]]", "[{},{}]"});
  check_refused({{"[", expected_value, 1},
                 {"[ ", expected_value, 2},
                 {"[}", expected_value, 1},
                 {"[,1]", expected_value, 1},
                 {"[1", expected_comma, 2},
                 {"[1}", expected_comma, 2},
                 {"[1 2]", expected_comma, 3},
                 {"[1:2]", expected_comma, 2},
                 {"[1,", expected_value, 3},
                 {"[1,]", expected_value, 3},
                 {"[1,,2]", expected_value, 3},
                 {"[1,2", expected_comma, 4},
                 {"[[1]", expected_comma, 4},
                 {"]", expected_value, 0}});
}

TEST_CASE("scanner: a bracket is closed by its own kind, at any distance") {
  check_refused({{R"([{"a":[1}])", expected_comma, 8},
                 {R"({"a":[{]}})", expected_key, 7},
                 {R"([[[[]]])", expected_comma, 7},
                 {R"({"a":{"b":{}})", expected_comma, 13}});
}

TEST_CASE("scanner: words are whole and in their one spelling") {
  check_accepted({"true", "false", "null", "NaN", "Infinity", "-Infinity"});
  for (const std::string_view word :
       {"t",    "tru", "True",      "TRUE",      "f",   "fals", "False",   "n",    "nul",
        "None", "nan", "N",         "Na",        "Inf", "inf",  "Infinit", "-Inf", "-NaN",
        "-",    "- 1", "undefined", "+Infinity", "'a'", "/",    "#",       "\\",   "@"}) {
    check_refused({{word, expected_value, 0}});
  }
  check_refused({{"nulll", trailing_text, 4}, {"NaNs", trailing_text, 3}, {"[nulll]", expected_comma, 5}});
}

TEST_CASE("scanner: numbers") {
  check_accepted({"0", "-0", "1", "-1", "10", "1234567890", "0.0", "-0.0", "0.5", "1.25", "1e5", "1E5",
                  "1e+5", "1e-5", "0e0", "0.5e0", "-1.5E-10", "1e00005", "1e999999999"});
  check_refused({{"01", trailing_text, 1},    {"-01", trailing_text, 2},   {"00", trailing_text, 1},
                 {"1.", trailing_text, 1},    {"1.e5", trailing_text, 1},  {"0.", trailing_text, 1},
                 {"1e", trailing_text, 1},    {"1e+", trailing_text, 1},   {"1.5e", trailing_text, 3},
                 {"1.5e-", trailing_text, 3}, {"1.5.5", trailing_text, 3}, {"1e5.5", trailing_text, 3},
                 {"1e5e5", trailing_text, 3}, {"0x10", trailing_text, 1},  {"1_000", trailing_text, 1},
                 {"1f", trailing_text, 1},    {".5", expected_value, 0},   {"+1", expected_value, 0},
                 {"--1", expected_value, 0},  {"-.5", expected_value, 0},  {"-a", expected_value, 0},
                 {"[1.]", expected_comma, 2}, {"[01]", expected_comma, 2}});
}

TEST_CASE("scanner: an integer may have 4300 digits, a float any number") {
  const std::string longest(json::max_integer_digits, '7');
  check_accepted({longest, "-" + longest, longest + "1.5", longest + "1e5"});
  const std::string too_long = longest + "7";
  check_refused({{too_long, integer_too_long, 0},
                 {"-" + too_long, integer_too_long, 0},
                 {"[1, " + too_long + "]", integer_too_long, 4},
                 {"[" + too_long + ".]", integer_too_long, 1}});
}

TEST_CASE("scanner: strings may hold every escape of JSON, and no other") {
  for (int byte = 0; byte < 128; ++byte) {
    const auto letter = static_cast<char>(byte);
    const bool is_escape = std::string_view(R"("\/bfnrt)").find(letter) != std::string_view::npos;
    INFO("escape ", byte);
    const std::string text = in_quotes(std::string{'a', '\\', letter, 'b'});
    if (is_escape) {
      check_accepted({text});
    } else if (letter != 'u') {
      check_refused({{text, bad_escape, 2}});
    }
  }
  check_refused({{"\"\\\xC3\xA9\"", bad_escape, 1}, {R"("\)", unterminated_string, 0}});
}

TEST_CASE("scanner: \\u takes four hexadecimal digits, and one more character has to follow") {
  check_accepted({R"("\u0000")", R"("\u00e9")", R"("\u00E9")", R"("\uFFFF")", R"("\uabcdef")"});
  for (const std::string_view inside : {R"(\u)", R"(\u1)", R"(\u12)", R"(\u123)", R"(\u123g)", R"(\u 123)",
                                        R"(\u+123)", R"(\u0x12)", R"(\U00e9)"}) {
    const bool capital = inside[1] == 'U';
    check_refused({{in_quotes(inside), capital ? bad_escape : bad_unicode_escape, capital ? 1U : 2U}});
  }
  // The last text is refused by Python, too, for the escape and not for the missing quote.
  check_refused({{R"("\u00e)", bad_unicode_escape, 2}, {R"("\u00e9)", bad_unicode_escape, 2}});
}

TEST_CASE("scanner: control characters in strings are errors; DEL is none") {
  for (int byte = 0; byte < 0x20; ++byte) {
    const std::string text = in_quotes(std::string{'a', static_cast<char>(byte), 'b'});
    check_refused({{text, control_character, 2}});
  }
  check_accepted({"\"\x7F\""});
}

TEST_CASE("scanner: a string that is never closed is reported at its opening quote") {
  check_refused({{"\"", unterminated_string, 0},
                 {R"(["a", "bc)", unterminated_string, 6},
                 {R"("\")", unterminated_string, 0},
                 {R"({"a": "b\\)", unterminated_string, 6}});
}

TEST_CASE("scanner: strings are UTF-8; surrogates may stand in it, in three bytes") {
  for (const std::string_view good :
       {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xEF\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xEF\xBB\xBF"}) {
    check_accepted({in_quotes(good), in_quotes(std::string(good) + std::string(good))});
  }
  for (const std::string_view bad : {"\x80",
                                     "\xBF",
                                     "\xC0\x80",
                                     "\xC1\xBF",
                                     "\xC2",
                                     "\xC2x",
                                     "\xC2\xC2\x80",
                                     "\xE0\x80\x80",
                                     "\xE0\x9F\xBF",
                                     "\xE1\x80",
                                     "\xE1\x80x",
                                     "\xE1x\x80",
                                     "\xF0\x80\x80\x80",
                                     "\xF0\x8F\xBF\xBF",
                                     "\xF0\x9F\x98",
                                     "\xF0\x9F\x98x",
                                     "\xF4\x90\x80\x80",
                                     "\xF5\x80\x80\x80",
                                     "\xF8\x88\x80\x80\x80",
                                     "\xFE",
                                     "\xFF"}) {
    check_refused(
        {{in_quotes(bad), invalid_utf8, 1}, {"[\"a\", \"\xC3\xA9" + std::string(bad), invalid_utf8, 9}});
  }
}

TEST_CASE("scanner: what is legal for Python alone is noted with its place") {
  struct Case {
    std::string_view text;
    OddityKind kind;
    std::size_t offset;
    std::size_t length;
  };
  const Case cases[] = {
      {"NaN", OddityKind::non_finite_number, 0, 3},
      {"[1, Infinity]", OddityKind::non_finite_number, 4, 8},
      {R"({"a": -Infinity})", OddityKind::non_finite_number, 6, 9},
      {R"("\ud800")", OddityKind::lone_surrogate, 1, 6},
      {R"("\uDFFF")", OddityKind::lone_surrogate, 1, 6},
      {R"("a\udc00b")", OddityKind::lone_surrogate, 2, 6},
      {R"("\ud800\u0041")", OddityKind::lone_surrogate, 1, 6},
      {R"("\ud800\n")", OddityKind::lone_surrogate, 1, 6},
      {R"("\ud800\\udc00")", OddityKind::lone_surrogate, 1, 6},
      {R"("\ud83d\ud83d\ude00")", OddityKind::lone_surrogate, 1, 6},
      {R"("\ud83d\ue000")", OddityKind::lone_surrogate, 1, 6},
      {R"("\ud83d\ude00\ude00")", OddityKind::lone_surrogate, 13, 6},
      {R"({"\udc00": 1})", OddityKind::lone_surrogate, 2, 6},
      {"\"\xED\xA0\xBD\"", OddityKind::lone_surrogate, 1, 3},
  };
  for (const Case& noted : cases) {
    INFO("text: ", std::string(noted.text));
    const Padded padded(noted.text);
    json::Scanner scanner(padded.view());
    CHECK(scanner.skip_value());
    REQUIRE(scanner.oddities().size() == 1);
    CHECK(scanner.oddities()[0].kind == noted.kind);
    CHECK(scanner.oddities()[0].offset == noted.offset);
    CHECK(scanner.oddities()[0].length == noted.length);
  }
  for (const std::string_view plain :
       {R"("\ud83d\ude00")", R"("\uDBFF\uDFFF")", R"("\ue000 \ud7ff")", "1e400"}) {
    const Padded padded(plain);
    json::Scanner scanner(padded.view());
    CHECK(scanner.skip_value());
    CHECK(scanner.oddities().empty());
  }
}

TEST_CASE("scanner: no more oddities are kept than were asked for") {
  const Padded padded("[" + repeat("NaN,", 99) + "NaN]");
  for (const std::size_t most : {0U, 1U, 50U, 100U, 200U}) {
    json::Scanner scanner(padded.view(), most);
    CHECK(scanner.skip_value());
    CHECK(scanner.oddities().size() == std::min<std::size_t>(most, 100));
  }
}

TEST_CASE("scanner: a caller takes the parts it wants and skips the rest") {
  const Padded padded(R"( {"skip": [1, {"a": "]"}], "k\u0065y": "v", "n": -1.50e2, "list": [10, 20]} )");
  json::Scanner scanner(padded.view());
  std::string seen;
  REQUIRE(scanner.peek() == '{');
  const bool well_formed = scanner.object([&](const json::StringSpan& key) {
    seen += std::string(key.raw) + (key.escaped ? " (escaped) " : " ");
    if (key.raw == "skip") return scanner.skip_value();
    if (key.raw == "list") {
      return scanner.array([&](std::size_t index) {
        seen += std::to_string(index) + ":";
        std::string_view number;
        if (!scanner.scalar(number)) return false;
        seen += std::string(number) + " ";
        return true;
      });
    }
    json::StringSpan span;
    std::string_view scalar;
    const bool is_string = scanner.peek() == '"';
    if (is_string ? !scanner.string(span) : !scanner.scalar(scalar)) return false;
    seen += std::string(is_string ? span.raw : scalar) + " at ";
    seen += std::to_string(scanner.offset_of(is_string ? span.raw.data() : scalar.data())) + " ";
    return true;
  });
  CHECK(well_formed);
  CHECK(scanner.finish());
  CHECK(scanner.offset() == padded.view().size());
  CHECK(seen == R"(skip k\u0065y (escaped) v at 40 n -1.50e2 at 49 list 0:10 1:20 )");
}

}  // namespace stactask::testing

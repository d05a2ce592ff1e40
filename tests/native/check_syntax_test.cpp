// Texts that are no JSON, or JSON in another encoding: one finding, its place, and what a strict parser must
// know.

#include "payload/check.hpp"
#include "report_text.hpp"

namespace stactask::testing {

using payload::CheckOptions;

namespace {

constexpr CheckOptions as_python = {.lint = false};
constexpr CheckOptions as_bytes = {.is_bytes = true};
constexpr CheckOptions as_bytes_as_python = {.lint = false, .is_bytes = true};

std::string described(std::string_view text) {
  const Padded padded(text);
  return payload::describe(padded.view());
}

std::string syntax(std::string_view text, bool is_bytes = false) {
  const Padded padded(text);
  return payload::check_syntax(padded.view(), is_bytes);
}

// The type and the text of Python's exception.
std::string first_python(const std::string& report) {
  const json::Value issue = issues_of(report)[0];
  return text_at(at(issue, "python"), "type") + ": " + text_at(at(issue, "python"), "message");
}

}  // namespace

TEST_CASE("check: malformed JSON is the one finding, with its place and what was found there") {
  struct Case {
    std::string_view text;
    std::string line;
    std::string message;
  };
  const Case cases[] = {
      {"", "error json-empty at  1:1 to 1:1", "there is no JSON here: the input is empty"},
      {" \n ", "error json-empty at  2:2 to 2:2", "there is no JSON here: the input is empty"},
      {"[", "error json-expected-value at  1:2 to 1:2", "expected a value, found the end of the text"},
      {"nulll", "error json-trailing-text at  1:5 to 1:6", "expected the end of the text, found 'l'"},
      {"{\"a\": undefined}", "error json-expected-value at  1:7 to 1:16",
       "expected a value, found 'undefined'"},
      {"{\"a\": \xF0\x9F\x98\x80}", "error json-expected-value at  1:7 to 1:9",
       "expected a value, found '\xF0\x9F\x98\x80'"},
      {"{\"a\": \x01}", "error json-expected-value at  1:7 to 1:8", "expected a value, found U+0001"},
      {"{a: 1}", "error json-expected-key at  1:2 to 1:3", "expected a key in double quotes, found 'a'"},
      {"{\"a\" 1}", "error json-expected-colon at  1:6 to 1:7", "expected ':' after the key, found '1'"},
      {"{\"a\": 1\n \"b\": 2}", "error json-expected-comma at  2:2 to 2:3",
       "expected ',' or the end of the object or array, found '\"'"},
      {"{\"a\": \"\nb", "error json-control-character at  1:8 to 2:1",
       "control character U+000A inside a string"},
      {"{\"a\": \"b", "error json-unterminated-string at  1:7 to 1:9",
       "the string that begins here is never closed"},
      {R"(["\q"])", "error json-bad-escape at  1:3 to 1:5", R"(JSON has no escape '\q')"},
      {R"(["\u12"])", "error json-bad-unicode-escape at  1:3 to 1:9",
       R"(\u needs four hexadecimal digits after it)"},
      {R"(["\u12)", "error json-bad-unicode-escape at  1:3 to 1:7",
       R"(\u needs four hexadecimal digits after it)"},
  };
  for (const Case& recorded : cases) {
    INFO("text: ", std::string(recorded.text));
    for (const bool lint : {true, false}) {
      const std::string report = report_of(recorded.text, {.lint = lint});
      CHECK(lines_of(report) == Lines{recorded.line});
      CHECK(first(report, "message") == recorded.message);
      CHECK(lines_of(syntax(recorded.text)) == Lines{recorded.line});
    }
  }
}

TEST_CASE("check: too deep, and integers too long for Python") {
  const std::string deep = repeat("[", json::max_depth + 1);
  CHECK(check_places("\n" + deep) == Lines{"error json-too-deep at  2:1001 to 2:1002"});
  CHECK(first_python(report_of(deep)) ==
        "RecursionError: maximum recursion depth exceeded while decoding a JSON array from a unicode string");
  const std::string number = "-" + std::string(5000, '1');
  CHECK(check_places("[" + number + "]") == Lines{"error json-integer-too-long at  1:2 to 1:5003"});
  CHECK(first(report_of(number), "message") == "an integer of 5000 digits; Python reads 4300 at most");
}

TEST_CASE("check: a text cut at any byte, with every option") {
  constexpr std::string_view whole =
      R"({"process": {"tasks": [{"name": "é😀", "parameters": {}}], "x": -1.5e3, "x": [NaN, "\ud83d\n"]}, "features": [{}]})";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    for (const bool is_bytes : {false, true}) {
      for (const bool lint : {false, true}) {
        const Lines lines = check_places(whole.substr(0, length), {.lint = lint, .is_bytes = is_bytes});
        INFO("the first ", length, " bytes");
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].starts_with("error json-"));
      }
    }
  }
}

TEST_CASE("check: a byte order mark is an error in a string, and a word of lint in bytes") {
  constexpr std::string_view marked = "\xEF\xBB\xBF{\"process\": 5}";
  CHECK(check_places(marked, as_python) == Lines{"error json-byte-order-mark at  1:1 to 1:2"});
  CHECK(first_python(report_of(marked)) ==
        "JSONDecodeError: Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)");
  // Editors and decoders take the mark off, so places are without it.
  CHECK(check_places(marked, as_bytes) ==
        Lines{"error process-type at /process 1:13 to 1:14", "warning byte-order-mark at  1:1 to 1:1"});
  CHECK(check_places(marked, as_bytes_as_python) == Lines{"error process-type at /process 1:13 to 1:14"});
  CHECK(check_places("\xEF\xBB\xBF{}", as_bytes) == Lines{"warning byte-order-mark at  1:1 to 1:1"});
  CHECK(check_places("\xEF\xBB\xBF", as_bytes_as_python) == Lines{"error json-empty at  1:1 to 1:1"});
  CHECK(check_places("\xEF\xBB\xBF[", as_bytes_as_python) ==
        Lines{"error json-expected-value at  1:2 to 1:2"});
}

TEST_CASE("check: bytes that are UTF-16 or UTF-32 are told as such") {
  using namespace std::string_view_literals;
  for (const std::string_view bytes :
       {"\xFF\xFE{\0}\0"sv, "\xFE\xFF\0{\0}"sv, "{\0}\0"sv, "\0{\0}"sv, "\0001"sv, "1\0"sv,
        "\0\0\0{\0\0\0}"sv, "{\0\0\0}\0\0\0"sv, "\xFF\xFE\0\0{\0\0\0"sv}) {
    CHECK(check_places(bytes, as_bytes) == Lines{"error json-encoding at  1:1 to 1:1"});
    CHECK(check_places(bytes, as_bytes_as_python) == Lines{"error json-encoding at  1:1 to 1:1"});
    CHECK(lines_of(syntax(bytes, true)) == Lines{"error json-encoding at  1:1 to 1:1"});
  }
  // In a string a zero is a character like any other, and so it is in bytes further on.
  CHECK(check_lines("{\0}\0"sv) == Lines{"error json-expected-key at "});
  CHECK(check_lines("{}\0\0"sv, as_bytes) == Lines{"error json-trailing-text at "});
}

TEST_CASE("check: bytes that are not UTF-8 come before any other error, since Python decodes first") {
  CHECK(check_places("{]\xFF", as_bytes_as_python)[0].starts_with("error json-invalid-utf8 at  1:3 to "));
  CHECK(first_python(report_of("{]\xFF", as_bytes)) ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 2: invalid start byte");
  CHECK(first_python(report_of("[\"\xE5\xB1\"]", as_bytes)) ==
        "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 2-3: invalid continuation byte");
  CHECK(first_python(report_of("\"\xF0\x9F\x98", as_bytes)) ==
        "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 1-3: unexpected end of data");
}

TEST_CASE("check: what is not UTF-8 is one character in the places, as decoders show it") {
  for (const std::string_view bad : {"\x80", "\xC3", "\xE5\xB1", "\xF0\x9F\x98", "\xF0", "\xFF"}) {
    INFO("byte ", static_cast<int>(static_cast<unsigned char>(bad[0])));
    const std::string text = "\"a" + std::string(bad) + "\"";
    CHECK(check_places(text, as_bytes) == Lines{"error json-invalid-utf8 at  1:3 to 1:4"});
  }
}

TEST_CASE("check_syntax: an empty report where a strict parser reads the same") {
  for (const std::string_view text : {"{}", " null ", R"({"a": 1, "a": [1e400, "\ud83d\ude00"]})"}) {
    CHECK(syntax(text).empty());
    CHECK(syntax(text, true).empty());
  }
}

TEST_CASE("check_syntax: numbers that strict parsers refuse, by UTF-16 offset and length") {
  CHECK(syntax("[NaN]") == R"({"hasRawSurrogates":false,"nonFinite":[[1,3]]})");
  CHECK(syntax("[\"\xF0\x9F\x98\x80\xC3\xA9\", -Infinity, Infinity]") ==
        R"({"hasRawSurrogates":false,"nonFinite":[[8,9],[19,8]]})");
  CHECK(syntax("\xEF\xBB\xBF[NaN]", true) == R"({"hasRawSurrogates":false,"nonFinite":[[1,3]]})");
}

TEST_CASE("check_syntax: lone surrogates as bytes are told of, as escapes they need nothing") {
  CHECK(syntax("[\"\xED\xA0\xBD\"]") == R"({"hasRawSurrogates":true,"nonFinite":[]})");
  CHECK(syntax(R"(["\ud83d"])") == R"({"hasRawSurrogates":false,"nonFinite":[]})");
}

TEST_CASE("check_syntax: every odd number is listed, however many there are") {
  const std::string report = syntax("[" + repeat("NaN,", 20000) + "NaN]");
  CHECK(json::array_of(at(parse(report), "nonFinite")).size() == 20001);
}

TEST_CASE("describe: a finding of the host's in the words of the table") {
  const std::string report =
      described(R"({"code": "input-too-large", "pointer": "", "argument": "f has 10 bytes; maxBytes is 5"})");
  CHECK(lines_of(report) == Lines{"error input-too-large at "});
  CHECK(first(report, "message") == "the input is too large: f has 10 bytes; maxBytes is 5");
  CHECK(first(report, "hint") == "Raise maxBytes if this is a payload you trust.");
  const std::string cycle =
      described(R"({"code": "not-json", "pointer": "/process/0/a~1b", "argument": "a cycle"})");
  CHECK(lines_of(cycle) == Lines{"error not-json at /process/0/a~1b"});
  CHECK(first(cycle, "message") == "this cannot be written as JSON: a cycle");
}

TEST_CASE("describe: nothing for what is not in the table") {
  for (const std::string_view text :
       {R"({"code": "no-such-code"})", R"({"code": 5})", "{}", "[]", "", R"({"code")"}) {
    CHECK(described(text).empty());
  }
}

}  // namespace stactask::testing

// The scanner looks at sixteen bytes at a time. Wherever its vectors begin and end, it must find the same
// things in the same places, and never read outside the text and its padding.

#include <set>

#include "json/scanner.hpp"
#include "rich_document.hpp"
#include "scanning.hpp"

namespace stactask::testing {

using enum json::SyntaxErrorKind;

namespace {

constexpr std::size_t alignments = 41;  // more than two vectors and a half

// What may stand in a string, and the error it is, with its place inside the piece.
struct Piece {
  std::string_view text;
  json::SyntaxErrorKind kind = none;
  std::size_t offset = 0;
};

constexpr Piece pieces[] = {
    {"\xC3\xA9"},
    {"\xE2\x82\xAC"},
    {"\xF0\x9F\x98\x80"},
    {"\xED\xA0\xBD"},
    {"\\n"},
    {"\\\\"},
    {"\\\""},
    {"\\u00e9"},
    {"\\ud83d\\ude00"},
    {"\\ud83d"},
    {"\x7F"},
    {"\n", control_character, 0},
    {"\x1F", control_character, 0},
    {std::string_view("\0", 1), control_character, 0},
    {"\\x", bad_escape, 0},
    {"\\u00g9", bad_unicode_escape, 1},
    {"\\ud83d\\u1z", bad_unicode_escape, 7},
    {"\x80", invalid_utf8, 0},
    {"\xC3", invalid_utf8, 0},
    {"\xE2\x82", invalid_utf8, 0},
    {"\xF0\x9F\x98", invalid_utf8, 0},
    {"\xFF", invalid_utf8, 0},
};

}  // namespace

TEST_CASE("scanner: characters and errors in strings are found at every alignment and length") {
  for (const Piece& piece : pieces) {
    for (std::size_t before = 0; before < alignments; ++before) {
      for (const std::size_t after : {0U, 1U, 2U, 13U, 14U, 15U, 16U, 17U, 31U, 32U, 33U, 40U}) {
        const std::string lead = repeat(" ", before % 7) + "[\"" + repeat("a", before);
        const Padded text(lead + std::string(piece.text) + repeat("b", after) + "\"]");
        const Verdict expected = piece.kind == none ? Verdict{none, text.view().size()}
                                                    : Verdict{piece.kind, lead.size() + piece.offset};
        if (skip(text.view()) == expected && visit(text.view()) == expected) continue;
        FAIL_CHECK("wrong for ", std::string(text.view()));
      }
    }
  }
}

TEST_CASE("scanner: an open string is reported at its quote at every alignment and length") {
  for (std::size_t before = 0; before < alignments; ++before) {
    for (std::size_t length = 0; length < alignments; ++length) {
      const Padded text(repeat(" ", before) + '"' + repeat("a", length));
      CHECK(skip(text.view()) == Verdict{unterminated_string, before});
    }
  }
}

TEST_CASE("scanner: a string's span is what stands between its quotes, at every length") {
  for (std::size_t before = 0; before < alignments; ++before) {
    for (std::size_t length = 0; length < alignments; ++length) {
      for (const bool escaped : {false, true}) {
        const std::string inside = repeat("a", length) + (escaped ? "\\\"" : "");
        const Padded text(repeat(" ", before) + '"' + inside + "\" ,");
        json::Scanner scanner(text.view());
        json::StringSpan span;
        scanner.peek();
        REQUIRE(scanner.string(span));
        CHECK(span.raw == inside);
        CHECK(span.escaped == escaped);
        CHECK(scanner.offset() == text.view().size() - 2);
      }
    }
  }
}

TEST_CASE("scanner: every character that is wrong between two values is found at every alignment") {
  for (std::size_t before = 0; before < alignments; ++before) {
    const std::string spaces = repeat(" ", before);
    CHECK(scan("[1" + spaces + "2]").kind == (before == 0 ? none : expected_comma));
    CHECK(scan("[1" + spaces + "x]") == Verdict{expected_comma, 2 + before});
    CHECK(scan("[1" + spaces + "," + spaces + "x]") == Verdict{expected_value, 3 + 2 * before});
    CHECK(scan("{" + spaces + "x") == Verdict{expected_key, 1 + before});
    CHECK(scan("{\"a\"" + spaces + "x") == Verdict{expected_colon, 4 + before});
    CHECK(scan("{\"a\":" + spaces + "x") == Verdict{expected_value, 5 + before});
    CHECK(scan("{}" + spaces + "x") == Verdict{trailing_text, 2 + before});
  }
}

TEST_CASE("scanner: runs of whitespace of every length, between all tokens") {
  for (const std::string_view space : {" ", "\n", "\t", "\r", "\r\n", "\n  "}) {
    for (std::size_t length = 0; length <= 70; ++length) {
      const std::string run = repeat(space, length);
      std::string text = run;
      for (const std::string_view token : {"{", R"("a")", ":", "[", "1", ",", "{", "}", ",", "[", "]", ",",
                                           R"("b")", "]", ",", R"("c")", ":", "null", "}"}) {
        text.append(token).append(run);
      }
      CHECK(scan(text) == Verdict{none, text.size()});
    }
  }
}

TEST_CASE("scanner: numbers of every length end where they end, whatever follows") {
  const std::string digits = "1234567890987654321234567890123456789";
  std::set<std::string> numbers;
  for (std::size_t whole = 1; whole < digits.size(); ++whole) {
    for (std::size_t fraction = 0; fraction < digits.size(); ++fraction) {
      // Short ones, and all about the lengths of one and two vectors.
      const std::size_t length = whole + fraction;
      if (length > 4 && (length < 11 || length > 19) && (length < 27 || length > 35)) continue;
      for (const std::string_view exponent : {"", "e5", "E-10", "e+300"}) {
        std::string number = digits.substr(0, whole);
        if (fraction > 0) number += "." + digits.substr(0, fraction);
        number.append(exponent);
        numbers.insert(number);
        numbers.insert("-" + number);
        number.replace(0, whole, "0");
        numbers.insert(number);
      }
    }
  }
  CHECK(numbers.size() > 2000);
  for (const std::string& number : numbers) {
    for (const std::string_view after : {"", ",", "]", " ", "\n", ".", "e", "e+", "-", "x", "\x80"}) {
      if (after.starts_with('e') && number.find_first_of("eE") != std::string::npos) continue;
      const Padded text(number + std::string(after));
      json::Scanner scanner(text.view());
      std::string_view out;
      if (scanner.scalar(out) && out == number) continue;
      FAIL_CHECK("wrong for ", std::string(text.view()));
    }
  }
}

TEST_CASE("scanner: containers nest to the limit and no deeper") {
  struct Nesting {
    std::string_view open;
    std::string_view close;
    std::size_t depth;  // of one repetition
  };
  for (const Nesting& nesting :
       {Nesting{"[", "]", 1}, {R"({"a":)", "}", 1}, {R"([{"a":)", "}]", 2}, {" [\n", " ] ", 1}}) {
    const std::size_t times = json::max_depth / nesting.depth;
    const std::string open = repeat(nesting.open, times);
    const std::string close = repeat(nesting.close, times);
    CHECK(scan(open + "1" + close).kind == none);
    // The container that is one too many, where it opens.
    const std::size_t inside = open.find_last_of("[:") + 1 + (nesting.open == " [\n" ? 1 : 0);
    CHECK(scan(open + "[]" + close) == Verdict{too_deep, inside});
    CHECK(scan(open + "{}" + close) == Verdict{too_deep, inside});
    CHECK(scan(open + open) == Verdict{too_deep, nesting.open == " [\n" ? inside + 1 : inside});
  }
}

TEST_CASE("scanner: an empty container at the limit counts") {
  const std::string open = repeat("[", json::max_depth - 1);
  const std::string close = repeat("]", json::max_depth - 1);
  CHECK(scan(open + "[],{}" + close).kind == none);
  CHECK(scan(open + "[],{},[[]]" + close) == Verdict{too_deep, json::max_depth + 6});
}

TEST_CASE("scanner: siblings do not add to the depth") {
  CHECK(scan("[" + repeat("[[]],{},", 5000) + "0]").kind == none);
}

TEST_CASE("scanner: a text cut at any byte is refused, without a look beyond its end") {
  for (std::size_t length = 0; length < rich_document.size() - 2; ++length) {
    const Verdict verdict = scan(rich_document.substr(0, length));
    INFO("the first ", length, " bytes");
    CHECK(verdict.kind != none);
    CHECK(verdict.offset <= length);
  }
  CHECK(scan(rich_document) == Verdict{none, rich_document.size()});
}

TEST_CASE("scanner: only the first byte of the padding has to be zero") {
  for (const std::string_view rest : {"\"", "0", " ", "}", "]", "\\u0041", "\xBF", "e5", "true,", "ull\"}"}) {
    for (std::size_t length = 0; length < rich_document.size(); ++length) {
      const std::string_view cut = rich_document.substr(0, length);
      const Padded zeros(cut);
      const Padded other(cut, rest);
      if (skip(zeros.view()) == skip(other.view())) continue;
      FAIL_CHECK("the first ", length, " bytes and then ", std::string(rest));
    }
  }
}

TEST_CASE("scanner: the same text at any address") {
  const Verdict expected = scan(rich_document);
  for (std::size_t shift = 0; shift < alignments; ++shift) {
    const Padded padded(repeat("x", shift) + std::string(rich_document));
    CHECK(skip(padded.view().substr(shift)) == expected);
  }
}

}  // namespace stactask::testing

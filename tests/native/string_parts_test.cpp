// From a part of a string's text to where it stands among escapes.

#include "json/locate.hpp"
#include "json/python_text.hpp"
#include "places.hpp"
#include "support.hpp"

namespace stactask::testing {

using json::ByteRange;

namespace {

// A string of JSON, cut into what its characters are written as: decoded, the parts begin where these do.
struct Case {
  std::string_view name;
  std::vector<std::string> parts;
};

const Case cases[] = {
    {"nothing", {}},
    {"plain", {"a", "b", " ", "/", "c"}},
    {"escapes of two bytes",
     {"a", R"(\")", R"(\\)", "b", R"(\/)", R"(\b)", R"(\f)", R"(\n)", R"(\r)", R"(\t)"}},
    {"an escaped backslash before a u", {R"(\\)", "u", "0", "0", "4", "1"}},
    {"escapes of one, two and three bytes", {R"(\u0041)", "x", R"(\u00e9)", "y", R"(\u20AC)", R"(\u0000)"}},
    {"pairs of surrogates", {"a", R"(\ud83d\ude00)", R"(\uD800\uDC00)", R"(\uDBFF\uDFFF)", "b"}},
    {"UTF-8", {"\xC3\xA9", "e", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xC3\xA9"}},
    {"a lone high surrogate", {R"(\ud83d)", "a"}},
    {"a lone high surrogate at the end", {"a", R"(\ud83d)"}},
    {"a lone low surrogate", {R"(\ude00)", R"(\ude00)", "a"}},
    {"a high surrogate before an ordinary escape", {R"(\ud83d)", R"(\u0041)", "a"}},
    {"a high surrogate before an escape of two bytes", {R"(\ud83d)", R"(\n)", R"(\ude00)"}},
    {"a high surrogate before a pair", {R"(\ud83d)", R"(\ud83d\ude00)", "a"}},
    {"a low surrogate before a high one", {R"(\ude00)", R"(\ud83d)", R"(\\)", "u"}},
    {"a high surrogate before one that is just no low one", {R"(\ud83d)", R"(\ue000)", R"(\udbff)", "a"}},
    {"surrogates as UTF-8", {"\xED\xA0\xBD", "\xED\xB8\x80", "a"}},
    {"a high surrogate as an escape and a low one as UTF-8", {R"(\ud83d)", "\xED\xB8\x80", "a"}},
};

std::string decoded(const std::string& parts) { return json::string_of(parse("\"" + parts + "\"")); }

}  // namespace

TEST_CASE("StringParts: every part of a string stands where it is written") {
  for (const Case& recorded : cases) {
    INFO("string: ", std::string(recorded.name));
    // Where each part begins, in the text and decoded.
    std::string text = R"({"key": ")";
    const std::size_t quote = text.size() - 1;
    std::string whole;
    std::vector<std::size_t> written;
    std::vector<std::size_t> meant;
    for (const std::string& part : recorded.parts) {
      written.push_back(text.size());
      meant.push_back(decoded(whole).size());
      text += part;
      whole += part;
    }
    written.push_back(text.size());
    meant.push_back(decoded(whole).size());
    text += R"("})";
    const Padded padded(text);
    const ByteRange value{quote, text.size() - 1};
    // All from one that goes on and begins again.
    json::StringParts parts(padded.view());
    for (std::size_t i = 0; i < written.size(); ++i) {
      for (std::size_t j = i; j < written.size(); ++j) {
        const ByteRange expected{written[i], written[j]};
        const ByteRange found = parts.find(value, {meant[i], meant[j]});
        CHECK(found == expected);
        CHECK(json::StringParts(padded.view()).find(value, {meant[i], meant[j]}) == expected);
      }
    }
    // More than there is ends with the string.
    CHECK(parts.find(value, {0, whole.size() + 5}) == ByteRange{written.front(), written.back()});
    CHECK(parts.find(value, {whole.size() + 5, whole.size() + 9}) ==
          ByteRange{written.back(), written.back()});
  }
}

TEST_CASE("StringParts: a part that ends within an escape takes all of it, one that begins there none") {
  const Padded padded(R"("a\u20ac\ud83d\ude00b")");
  const ByteRange value{0, padded.view().size()};
  json::StringParts parts(padded.view());
  struct Within {
    ByteRange part;
    ByteRange found;
  };
  // Decoded: a is 0, the euro 1 to 4, the face 4 to 8, b is 8.
  const Within cases[] = {{{1, 2}, {2, 8}},  {{1, 3}, {2, 8}},  {{0, 2}, {1, 8}},
                          {{4, 5}, {8, 20}}, {{4, 7}, {8, 20}}, {{2, 8}, {8, 20}}};
  for (const Within& recorded : cases) {
    INFO("from ", recorded.part.start, " to ", recorded.part.end);
    CHECK(parts.find(value, recorded.part) == recorded.found);
  }
}

TEST_CASE("StringParts: one string after another, and back") {
  const Padded padded(R"(["\u00e9ab","\n\ncd"])");
  const ByteRange first{1, 11};
  const ByteRange second{12, 20};
  json::StringParts parts(padded.view());
  for (int round = 0; round < 2; ++round) {
    CHECK(parts.find(first, {3, 4}) == ByteRange{9, 10});
    CHECK(parts.find(second, {3, 4}) == ByteRange{18, 19});
    CHECK(parts.find(second, {0, 1}) == ByteRange{13, 15});
    CHECK(parts.find(first, {0, 2}) == ByteRange{2, 8});
  }
  const Padded alone(R"("ab")");
  CHECK(json::StringParts(alone.view()).find({0, 4}, {0, 1}) == ByteRange{1, 2});
}

}  // namespace stactask::testing

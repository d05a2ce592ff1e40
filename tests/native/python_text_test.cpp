// Values as Python prints them: Python's own answers, for every kind of value and character.

#include "json/python_text.hpp"

#include <initializer_list>
#include <utility>

#include "support.hpp"

namespace stactask::testing {

using json::python_repr;
using json::python_str;

namespace {

// JSON text and the repr of its value in Python 3.11.
void check_reprs(std::initializer_list<std::pair<std::string, std::string>> cases) {
  for (const std::pair<std::string, std::string>& recorded : cases) {
    INFO("text: ", recorded.first);
    CHECK(python_repr(parse(recorded.first)) == recorded.second);
  }
}

}  // namespace

TEST_CASE("python_repr: every kind of value") {
  check_reprs({{"null", "None"},
               {"true", "True"},
               {"false", "False"},
               {"-7", "-7"},
               {"18446744073709551615", "18446744073709551615"},
               {"123456789012345678901234567890", "123456789012345678901234567890"},
               {"10.0", "10.0"},
               {"1e-5", "1e-05"},
               {"NaN", "nan"},
               {"[]", "[]"},
               {"[1]", "[1]"},
               {"[1, 2.0, null, true]", "[1, 2.0, None, True]"},
               {"{}", "{}"},
               {R"({"a": [1, {"b": {}}], "": false})", "{'a': [1, {'b': {}}], '': False}"}});
}

TEST_CASE("python_repr: quotes") {
  check_reprs({{R"("plain")", "'plain'"},
               {R"("it's")", R"("it's")"},
               {R"("say \"x\"")", R"('say "x"')"},
               {R"("it's \"x\"")", R"('it\'s "x"')"},
               {R"("''")", R"("''")"},
               {R"({"it's": "it's"})", R"({"it's": "it's"})"}});
}

TEST_CASE("python_repr: escapes") {
  check_reprs({{R"("a\\b")", R"('a\\b')"},
               {R"("\n\r\t")", R"('\n\r\t')"},
               {R"("\b\f\u000b\u0000\u001b\u001f")", R"('\x08\x0c\x0b\x00\x1b\x1f')"},
               {"\"\x7F\"", R"('\x7f')"},
               {R"("\u0080\u0085\u009f\u00a0\u00ad")", R"('\x80\x85\x9f\xa0\xad')"}});
}

TEST_CASE("python_repr: what Unicode calls unprintable is escaped, the rest stands as it is") {
  check_reprs({{R"("caf\u00e9 \u20ac \u5c71")", "'caf\xC3\xA9 \xE2\x82\xAC \xE5\xB1\xB1'"},
               {R"("\u00a1\u00ac\u00ae\u00ff")", "'\xC2\xA1\xC2\xAC\xC2\xAE\xC3\xBF'"},
               {R"("\u0378\u0379")", R"('\u0378\u0379')"},  // unassigned
               {R"("\u0377\u037a")", "'\xCD\xB7\xCD\xBA'"},
               {R"("\u0300")", "'\xCC\x80'"},                           // a combining mark
               {R"("\u1680\u2003\u3000")", R"('\u1680\u2003\u3000')"},  // spaces
               {R"("\u200b\u200e\u2028\u2029\u202f\ufeff")", R"('\u200b\u200e\u2028\u2029\u202f\ufeff')"},
               {R"("\ue000\uf8ff")", R"('\ue000\uf8ff')"},  // private use
               {R"("\ufffd\ufffe\uffff")", "'\xEF\xBF\xBD\\ufffe\\uffff'"}});
}

TEST_CASE("python_repr: characters beyond the basic plane, and lone surrogates") {
  check_reprs({{R"("\ud83d\ude00")", "'\xF0\x9F\x98\x80'"},
               {"\"\xF0\x9F\x98\x80\"", "'\xF0\x9F\x98\x80'"},
               {R"("\ud800\udc0c")", R"('\U0001000c')"},  // unassigned
               {R"("\udb40\udc01\udb80\udc00")", R"('\U000e0001\U000f0000')"},
               {R"("\udbff\udfff")", R"('\U0010ffff')"},
               {R"("\ud83d")", R"('\ud83d')"},
               {R"("a\ude00b")", R"('a\ude00b')"}});
}

TEST_CASE("python_repr: as deep as a text may be") {
  const std::string nested = repeat("[", json::max_depth) + repeat("]", json::max_depth);
  CHECK(python_repr(parse(nested)) == nested);
}

TEST_CASE("python_str: a string is itself, all else its repr") {
  CHECK(python_str(parse(R"("it's\n")")) == "it's\n");
  CHECK(python_str(parse(R"("")")).empty());
  CHECK(python_str(parse("1.0")) == "1.0");
  CHECK(python_str(parse("null")) == "None");
  CHECK(python_str(parse(R"(["a"])")) == "['a']");
}

TEST_CASE("python_type_name: the seven types that JSON has in Python") {
  for (const auto& [text, name] : {std::pair{"null", "NoneType"},
                                   {"true", "bool"},
                                   {"1", "int"},
                                   {"18446744073709551615", "int"},
                                   {"99999999999999999999", "int"},
                                   {"1.0", "float"},
                                   {"NaN", "float"},
                                   {R"("")", "str"},
                                   {"[]", "list"},
                                   {"{}", "dict"}}) {
    CHECK(json::python_type_name(parse(text)) == std::string_view(name));
  }
}

}  // namespace stactask::testing

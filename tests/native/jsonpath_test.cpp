// JSONPath where the vectors do not look: places, pointers, limits, and what a matcher reads. What is found
// was asked of jsonpath-ng 1.8.0.

#include <initializer_list>

#include "jsonpath/find.hpp"
#include "jsonpath_text.hpp"
#include "prune.hpp"
#include "support.hpp"

namespace stactask::testing {

using json::Value;

namespace {

jsonpath::Expression expression_of(std::string_view text) {
  jsonpath::Error error;
  auto expression = jsonpath::parse(text, error);
  REQUIRE_MESSAGE(expression.has_value(), std::string(text) << ": " << text_of(error));
  return *std::move(expression);
}

std::string found_in(std::string_view text, const Value& root) {
  jsonpath::Expression expression = expression_of(text);
  jsonpath::Results results;
  jsonpath::Error error;
  return jsonpath::find(expression, root, results, error) ? repr_of(results) : text_of(error);
}

struct FindCase {
  std::string_view expression;
  std::string_view document;
  std::string_view found;  // Python's repr of the list, or the error
};

void check_found(std::initializer_list<FindCase> cases) {
  for (const FindCase& one : cases) {
    INFO(std::string(one.expression), " over ", std::string(one.document));
    CHECK(found_in(one.expression, parse(one.document)) == one.found);
  }
}

// The error of parsing, or of matching an item.
jsonpath::Error error_of(std::string_view text, std::string_view item) {
  jsonpath::Error error;
  auto expression = jsonpath::parse(text, error);
  bool matches = false;
  if (expression) CHECK_FALSE(jsonpath::match(*expression, parse(item), matches, error));
  return error;
}

}  // namespace

TEST_CASE("jsonpath: an error has its place in the expression") {
  struct Case {
    std::string_view expression;
    std::string_view item;
    std::string_view type;
    std::size_t offset;
  };
  for (const auto& [expression, item, type, offset] : std::initializer_list<Case>{
           {"", "{}", "JsonPathParserError", 0},
           {"$[?(@.id == )]", "{}", "JsonPathParserError", 12},
           {"$.id || $.x", "{}", "JsonPathParserError", 6},
           {"$.é", "{}", "JsonPathLexerError", 2},
           {"$.a.'bc", "{}", "JsonPathLexerError", 4},
           {"$.a\n.b #", "{}", "JsonPathLexerError", 7},
           {"$.`what`", "{}", "JsonPathParserError", 2},
           {"$.`split(a)`", "{}", "DefintionInvalid", 2},
           {"$[?(@.id =~ '(')]", R"({"id": "x"})", "re.error", 13},
           {"$[?(@.id =~ 'ab[')]", R"({"id": "x"})", "re.error", 15},
           {R"($[?(@.id =~ '\\d\\d[')])", R"({"id": "x"})", "re.error", 19},
           {R"($[?(@.id =~ "é\\")])", R"({"id": "x"})", "re.error", 15},
           {"$.`sub(/a(/, b)`", "{}", "re.error", 9},
           {"$[?(@.id < 'x')]", R"({"id": 1})", "TypeError", 4},
           {"$[?(@.a == 1 & @.id.x[0] == 1)]", R"({"id": {"x": {"y": 1}}})", "KeyError", 21},
       }) {
    INFO("expression: ", std::string(expression));
    const jsonpath::Error error = error_of(expression, item);
    CHECK(error.type == type);
    CHECK(error.offset == offset);
  }
}

TEST_CASE("jsonpath: a result in the document has a JSON Pointer") {
  const Value document =
      parse(R"({"a": [{"b/c": 1}, {"b/c": 2}], "d": {"~": {"x": 3}, "e": 4}, "t": "text"})");
  for (const auto& [expression, pointers] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"$", ""},
           {"@", ""},
           {"$.a[*].'b/c'", "/a/0/b~1c /a/1/b~1c"},
           {"$.a[-1]", "/a/1"},
           {"$.a[?(@.'b/c' > 1)]", "/a/1"},
           {"$.d[?(@.x == 3)].x", "/d/~0/x"},
           {"$.d[*]", "/d"},
           {"$..x", "/d/~0/x"},
           {"$.a[0].`parent`", "/a"},
           {"$.a[0].$.t", "/t"},
           {"$.t.`len`", "-"},
           {"$.t[0]", "-"},
           {"$.a.`sorted`", "TypeError"},
           {"$.a[/'b/c']", "-"},
           {"$.a[/'b/c'][0]", "-"},
           {"$.t.`path`", "-"},
           {"$.d.`keys`", "- -"},
       }) {
    INFO("expression: ", std::string(expression));
    jsonpath::Expression read = expression_of(expression);
    jsonpath::Results results;
    jsonpath::Error error;
    const bool is_found = jsonpath::find(read, document, results, error);
    std::string found(error.type);
    for (std::size_t i = 0; is_found && i < results.size(); ++i) {
      if (i > 0) found += " ";
      const auto pointer = results.pointer(i);
      found += pointer.value_or("-");
      if (pointer) CHECK(&value_at(document, *pointer) == &results[i].value());
    }
    CHECK(found == pointers);
  }
}

TEST_CASE("jsonpath: integers of any size") {
  check_found({
      {"$[?(@ > 99999999999999999999)]", "[1e300, 99999999999999999998, 100000000000000000000]",
       "[1e+300, 100000000000000000000]"},
      {"$[?(@ == "
       "10000000000000000159028911097599180468360808563945281389781327557747838772170381060813469985856815104"
       ")]",
       "[1e100]", "[1e+100]"},
      {"$[?(@ == 9007199254740993)]", "[9007199254740992.0, 9007199254740993, \"9007199254740993\"]",
       "[9007199254740993, '9007199254740993']"},
      {"$[?(@ == 9007199254740993.0)]", "[9007199254740993, 9007199254740992]", "[9007199254740992]"},
      {"$[?(@ <= 10)]", "[10.9, true, \"1_0\", \" 7 \", \"x\", \"\", -1e30]",
       "[10.9, True, '1_0', ' 7 ', -1e+30]"},
      {"$ * 18446744073709551615", "18446744073709551615", "[340282366920938463426481119284349108225]"},
      {"$ + 1", "9223372036854775807", "[9223372036854775808]"},
      {"$ - 1", "-9223372036854775808", "[-9223372036854775809]"},
      {"$ - 340282366920938463463374607431768211456", "0", "[-340282366920938463463374607431768211456]"},
      {"$ + 2.5", "true", "[3.5]"},
      {"$ * 1.5", "99999999999999999999", "[1.5e+20]"},
  });
  CHECK(found_in("$ * 1.5", parse(repeat("9", 400))) == "OverflowError: int too large to convert to float");
}

TEST_CASE("jsonpath: texts and lists are put together, repeated and cut by character") {
  check_found({
      {"$.a + $.b", R"({"a": "é", "b": "😀"})", "['é😀']"},
      {"$ * 3", R"("ab")", "['ababab']"},
      {"$ * 3", "[1, null]", "[[1, None, 1, None, 1, None]]"},
      {"$ * -1", R"("ab")", "['']"},
      {"$ + $", "[[1], {}]", "[[[1], {}, [1], {}]]"},
      {"$ * 100000000000000000000", R"("ab")", "OverflowError: cannot fit 'int' into an index-sized integer"},
      {"$[1]", R"("é😀x")", "['😀']"},
      {"$[-3]", R"("é😀x")", "['é']"},
      {"$[-4]", R"("é😀x")", "IndexError: string index out of range"},
      {"$.`len`", R"("é😀x")", "[3]"},
      {"$.`split(é, *, 1)`", R"("aébéc")", "[['a', 'béc']]"},
      {"$.`sub(/./, x)`", R"("é😀")", "['xx']"},
  });
}

TEST_CASE("jsonpath: sorting is stable, and says what it cannot compare") {
  check_found({
      {"$.`sorted`", "[3, 1.5, true, 2]", "[[True, 1.5, 2, 3]]"},
      {"$.`sorted`", "[[2], [1, 5], [1]]", "[[[1], [1, 5], [2]]]"},
      {"$.`sorted`", R"({"b": 1, "a": 2})", "[['a', 'b']]"},
      {"$.`sorted`", R"([1, "a"])", "TypeError: '<' not supported between instances of 'str' and 'int'"},
      {"$.`sorted`", "[[1, {}], [1, {}]]", "[[[1, {}], [1, {}]]]"},
      {"$[/a]", R"([{"a": 2, "n": 1}, {"a": 1}, {"a": 2, "n": 2}])",
       "[[{'a': 1}, {'a': 2, 'n': 1}, {'a': 2, 'n': 2}]]"},
      {"$[\\a,/n]", R"([{"a": 1, "n": 2}, {"a": 2}, {"a": 1, "n": 1}])",
       "[[{'a': 2}, {'a': 1, 'n': 1}, {'a': 1, 'n': 2}]]"},
      {"$[/a]", R"({"a": 1})", "TypeError: 'DatumInContext' object is not iterable"},
  });
  std::string many = "[";
  std::string sorted = "[[";
  for (int i = 0; i < 500; ++i) {
    many += (i > 0 ? ", " : "") + std::to_string(i * 7919 % 500);
    sorted += (i > 0 ? ", " : "") + std::to_string(i);
  }
  CHECK(found_in("$.`sorted`", parse(many + "]")) == sorted + "]]");
}

TEST_CASE("jsonpath: whatever is nested deep ends in an answer or an error") {
  const std::string deep = repeat("[", json::max_depth) + repeat("]", json::max_depth);
  CHECK(found_in("$..a", parse(deep)) == "[]");
  CHECK(found_in("$..[0].`len`", parse(deep)).size() > json::max_depth);
  for (const auto& [open, close] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{{"(", ")"},
                                                                            {"$[?(", ")]"},
                                                                            {"a.", "b"},
                                                                            {"a + ", "b"},
                                                                            {"1 + ", "2"},
                                                                            {"a[/", "]"},
                                                                            {"$[?((", "))]"}}) {
    INFO("nested: ", std::string(open));
    jsonpath::Error error;
    const std::string shallow = repeat(open, 60) + "a" + repeat(close, 60);
    const bool is_chain = close.find_first_of(")]") == std::string_view::npos;
    CHECK(jsonpath::parse(is_chain ? repeat(open, 60) + std::string(close) : shallow, error).has_value());
    CHECK_FALSE(jsonpath::parse(repeat(open, 100000) + "a" + repeat(close, 100000), error).has_value());
    CHECK(error.type == "RecursionError");
  }
}

TEST_CASE("jsonpath: evaluations that multiply end") {
  const std::string nested = repeat("[1, ", 300) + "2" + repeat("]", 300);
  for (const std::string_view expression :
       {"$..*..*..*..*", "$..[*]..[*]..[*]..[*]", "$[?($[?($[?(@[?($..@)])])])]", "$ * 10000000000",
        "($ + $ + $ + $) * 1000000", "$..($..`str()`)"}) {
    INFO("expression: ", std::string(expression));
    const std::string found = found_in(expression, parse(nested));
    CHECK((found.starts_with("BudgetError: ") || found.size() < 1000000));
  }
  CHECK(found_in("$..[*]..[*]..[*]..[*]", parse(nested)).starts_with("BudgetError: "));
  CHECK(found_in("$[?(@ =~ '(a*)*(a*)*(a*)*b')]", parse("[\"" + repeat("a", 5000) + "\"]"))
            .starts_with("RegexBudgetError: "));
}

TEST_CASE("jsonpath: texts of any length are read in time") {
  for (const std::string_view unit :
       {"a", " ", "(", "[", "1", "'a' ", "a,", "a.", "\\\\", "\n", "$[?(@.a == 1 & "}) {
    jsonpath::Error error;
    const bool is_read = jsonpath::parse(repeat(unit, 200000), error).has_value();
    CHECK((is_read || !error.type.empty()));
  }
  for (const std::string_view unit : {" ", ",", "/, ", "\n", "'", ",0,0)", " \n"}) {
    for (const std::string_view begin : {"`split(", "`sub(/"}) {
      jsonpath::Error error;
      const bool is_read =
          jsonpath::parse(std::string(begin) + repeat(unit, 200000) + "`", error).has_value();
      CHECK((is_read || !error.type.empty()));
    }
  }
}

TEST_CASE("jsonpath: an expression can be used again, and moved") {
  jsonpath::Expression expression = expression_of("$[?(@.id =~ 'S2.*' & @.properties.gsd <= 10)]");
  jsonpath::Error error;
  for (const auto& [item, expected] : std::initializer_list<std::pair<std::string_view, bool>>{
           {R"({"id": "S2A", "properties": {"gsd": 10}})", true},
           {R"({"id": "L8", "properties": {"gsd": 10}})", false},
           {R"({"id": "S2A", "properties": {"gsd": 30}})", false},
           {R"({"id": "S2B", "properties": {"gsd": 0}})", true}}) {
    jsonpath::Expression moved = std::move(expression);
    bool matches = !expected;
    CHECK(jsonpath::match(moved, parse(item), matches, error));
    CHECK(matches == expected);
    expression = std::move(moved);
  }
}

TEST_CASE("jsonpath: what a matcher reads of an item") {
  for (const auto& [expression, expected] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"$[?(@.id =~ 'S2.*')]", "id"},
           {"$[?(@.properties.['eo:cloud_cover'] < 80)]", "properties properties/eo:cloud_cover"},
           {"$[?(@.id =~ 'a' & $.collection == 'b')]", "id collection"},
           {"$[0].properties.gsd", "properties properties/gsd"},
           {"$[?(@.assets.visual)]", "assets assets/visual"},
           {"$[?(@.assets[?(@.type == 'x')])]", "assets*"},
           {"$[?(@.properties.*)]", "properties*"},
           {"$[?(@.links.`len` > 1)]", "links*"},
           {"$[?(@.links[0].rel == 'self')]", "links*"},
           {"$[?(@.links[*].rel == 'self')]", "links links/rel"},
           {"$[?(@..id == 'a')]", "everything"},
           {"$..id", "everything"},
           {"$[*].*", "everything"},
           {"$[?(@.a.`parent`.b)]", "everything"},
           {"($ + $)[0].id", "everything"},
           {"$[*]", ""},
           {"$.id", ""},
       }) {
    INFO("expression: ", std::string(expression));
    const jsonpath::Reads reads = jsonpath::reads_of(expression_of(expression));
    std::string text = reads.is_everything ? "everything" : "";
    for (const jsonpath::ReadMember& member : reads.members) {
      if (!text.empty()) text += " ";
      if (member.parent != jsonpath::ReadMember::of_item) text += reads.members[member.parent].key + "/";
      text += member.key + (member.is_whole ? "*" : "");
    }
    CHECK(text == expected);
  }
}

}  // namespace stactask::testing

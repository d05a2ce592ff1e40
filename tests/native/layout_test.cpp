// Templates and items where pystac has no word: our own option, limits, hostile input, and what is left
// out of Python's objects. What pystac says is in layout_vectors_test.cpp.

#include <initializer_list>

#include "filling.hpp"
#include "layout/fill.hpp"

namespace stactask::testing {

using json::Value;

namespace {

const std::string plain_item = R"({"type": "Feature", "stac_version": "1.0.0", "id": "X", "geometry": null,
  "properties": {"datetime": "2020-01-02T03:04:05Z", "n": 10.0, "a": "${b}${b}", "b": "x"},
  "links": [], "assets": {"k": {"href": "s3://b/k.tif"}}, "collection": "c"})";

std::string cannot_find(const std::string& variable) {
  return "TemplateError: Cannot find property " + variable + " on <Item id=X> for template ${" + variable +
         "}";
}

// An item whose property `p0` stands for two of `p1`, and so on.
Value doubling_item(int properties) {
  Value item = parse(plain_item);
  for (int i = 0; i < properties; ++i) {
    const std::string next = "${p" + std::to_string(i + 1) + "}";
    item["properties"]["p" + std::to_string(i)] = next + next;
  }
  item["properties"]["p" + std::to_string(properties)] = "x";
  return item;
}

std::string answer(const std::string& call) {
  const Padded padded(call);
  return layout::fill(padded.view());
}

}  // namespace

TEST_CASE("template: padded dates are ours") {
  const Value item = parse(plain_item);
  CHECK(fill("${year}/${month}/${day}", item) == "2020/1/2");
  CHECK(fill("${year}/${month}/${day}", item, {.pad_dates = true}) == "2020/01/02");
  CHECK(fill("${datetime.month}", item, {.pad_dates = true}) == "1");
}

TEST_CASE("template: what Python prints with an address is not found") {
  const Value item = parse(plain_item);
  const Value defaults = parse(R"({"common_metadata": "d"})");
  CHECK(fill("${common_metadata}", item) == cannot_find("common_metadata"));
  CHECK(fill("${common_metadata}", item, {.defaults = &defaults}) == "d");
  CHECK(fill("${id.upper}", item) == cannot_find("id.upper"));
  CHECK(fill("${assets.k.common_metadata}", item) == cannot_find("assets.k.common_metadata"));
}

TEST_CASE("template: what is left out of Python's objects") {
  const Value item = parse(plain_item);
  for (const char* variable :
       {"__dict__", "__class__.__mro__", "clone.__name__", "ext.proj", "datetime.tzinfo.dst"}) {
    CHECK(fill(std::string("${") + variable + "}", item) == cannot_find(variable));
  }
}

TEST_CASE("template: an error names its variable") {
  const Value json = parse(plain_item);
  layout::Error error;
  const auto item = layout::read_item(json, error);
  REQUIRE(item.has_value());
  std::string out;
  CHECK(layout::substitute(layout::parse_template("${n}"), "${n}", *item, {}, out, error));
  CHECK(out == "10.0");
  constexpr std::string_view text = "${n}${nothing}";
  CHECK_FALSE(layout::substitute(layout::parse_template(text), text, *item, {}, out, error));
  CHECK(error.variable.value_or("") == "nothing");
}

TEST_CASE("template: a text that doubles with each variable ends") {
  std::string text;
  for (int i = 0; i <= 40; ++i) text += "${p" + std::to_string(i) + "}";
  const std::string filled = fill(text, doubling_item(40));
  CHECK(filled == "TemplateError: What the template makes of this item is too long");
}

TEST_CASE("template: many variables in a long text end") {
  Value item = parse(plain_item);
  std::string text(1U << 20, '$');
  for (int i = 0; i < 20000; ++i) {
    const std::string name = "q" + std::to_string(i);
    item["properties"][name] = i;
    text += "${" + name + "}";
  }
  CHECK(fill(text, item) == "TemplateError: What the template makes of this item is too long");
}

TEST_CASE("template: a long walk ends") {
  const Value item = parse(plain_item);
  const std::string path = repeat("assets.k.owner.", 100000) + "id";
  CHECK(fill("${" + path + "}", item) == "X");
}

TEST_CASE("template: deep values print") {
  Value item = parse(plain_item);
  item["properties"]["deep"] = parse(repeat("[", 900) + repeat("]", 900));
  CHECK(fill("${deep}", item) == repeat("[", 900) + repeat("]", 900));
}

TEST_CASE("fill: calls and answers") {
  CHECK(answer(R"({"template": "${b}/{id}${id}"})") == R"({"variables":["b","id","id"]})");
  CHECK(answer(R"({"template": "${a"})") ==
        R"({"error":{"type":"ValueError","message":"expected '}' before end of string","variable":null}})");
  CHECK(answer(R"({"template": "${b}/${month}", "padDates": true} )" + plain_item) == R"({"text":"x/01"})");
  CHECK(answer(R"({"template": "${z}", "defaults": {"z": 1.0}})" + plain_item) == R"({"text":"1.0"})");
  CHECK(
      answer(R"({"template": "${}"})" + plain_item) ==
      R"({"error":{"type":"TemplateError","message":"Cannot find property  on <Item id=X> for template ${}",)"
      R"("variable":""}})");
  CHECK(
      answer(R"({"template": "${id}"} 5)") ==
      R"({"error":{"type":"TypeError","message":"argument of type 'int' is not iterable","variable":null}})");
}

TEST_CASE("fill: malformed calls have no answer") {
  for (const char* call : {"", "{", R"({"template": "${id}"} {)", R"({"template": "${id}"} {} {})"}) {
    CHECK(answer(call).empty());
  }
}

}  // namespace stactask::testing

// What a task does to items: the recorded cases, and items that want to be slow or large.

#include "task/item_changes.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "json/dump.hpp"
#include "json/join.hpp"
#include "json/python_text.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;
using task::ItemChange;

namespace {

std::string change(ItemChange what, std::string_view item) {
  const Padded padded(item);
  return task::item_change(padded.view(), what);
}

std::string text_of(const Value& value) {
  std::string text;
  json::append_json(text, value);
  return text;
}

// The elements that an answer names, as Python prints them; nothing was said of a list that stays.
std::vector<std::string> picked(const Value& list, const std::string& answer, std::string_view behind = {}) {
  std::vector<std::string> elements;
  for (const Value& element : json::array_of(list)) elements.push_back(json::python_repr(element));
  if (answer.empty()) return elements;
  elements.emplace_back(behind);
  std::vector<std::string> found;
  const Value indices = parse(answer);
  for (const Value& index : json::array_of(indices)) found.push_back(elements.at(index.get<std::size_t>()));
  return found;
}

std::vector<std::string> elements_of(const Value* list) {
  return list == nullptr ? std::vector<std::string>() : picked(*list, {});
}

std::string error_of(const Value& object) {
  const Value* error = json::member(&object, "error");
  return error == nullptr ? std::string() : text_at(*error, "type") + ": " + text_at(*error, "message");
}

template <typename Check>
void check_cases(std::string_view prefix, ItemChange what, Check check) {
  const Value vectors = read_vectors("task.json");
  std::size_t count = 0;
  for (const Value& vector : json::array_of(at(vectors, "cases"))) {
    const std::string name = text_at(vector, "name");
    if (!name.starts_with(prefix)) continue;
    ++count;
    INFO(name);
    const Value& item = at(vector, "item");
    const std::string answer = change(what, text_of(item));
    CHECK(error_of(vector) == (answer.starts_with("{") ? error_of(parse(answer)) : std::string()));
    if (error_of(vector).empty()) check(item, at(vector, "value"), answer);
  }
  CHECK(count > 40);
}

constexpr std::string_view schema = "'https://stac-extensions.github.io/processing/v1.1.0/schema.json'";

}  // namespace

TEST_CASE("items: post-processing sorts extensions as Python does") {
  check_cases("post-process: ", ItemChange::post_process,
              [](const Value& item, const Value& value, const std::string& answer) {
                const Value* extensions = json::member(&item, "stac_extensions");
                if (extensions == nullptr) {
                  CHECK(answer.empty());
                } else {
                  CHECK(picked(*extensions, answer) == elements_of(json::member(&value, "stac_extensions")));
                }
              });
}

TEST_CASE("items: extensions with that of the software, once each") {
  check_cases("software: ", ItemChange::software,
              [](const Value& item, const Value& value, const std::string& answer) {
                const Value* extensions = json::member(&item, "stac_extensions");
                std::vector<std::string> found = picked(
                    extensions == nullptr ? Value(Value::value_t::array) : *extensions, answer, schema);
                std::vector<std::string> expected = elements_of(json::member(&value, "stac_extensions"));
                std::sort(found.begin(), found.end());
                std::sort(expected.begin(), expected.end());
                CHECK(found == expected);
              });
}

TEST_CASE("items: what a derived item is derived from") {
  check_cases(
      "derive: ", ItemChange::derive, [](const Value& item, const Value& value, const std::string& answer) {
        const Value* links = json::member(&value, "links");
        const std::size_t before = json::member(&item, "links") == nullptr ? 0 : at(item, "links").size();
        const bool is_derived = links != nullptr && links->size() > before;
        CHECK(answer.empty() == !is_derived);
        if (!is_derived) return;
        const Value indices = parse(answer);
        const auto index = json::array_of(indices)[0].get<std::size_t>();
        const Value& source = json::array_of(at(item, "links"))[index];
        CHECK(text_of(at(source, "href")) == text_of(at(json::array_of(*links).back(), "href")));
      });
}

TEST_CASE("items: numbers are equal as in Python") {
  CHECK(change(ItemChange::software,
               R"({"stac_extensions": [1, 1.0, true, -0.0, 0, NaN, NaN, "1", "nan5"]})") ==
        "[0,3,5,6,7,8,9]");
}

TEST_CASE("items: what is no JSON is not answered") {
  for (const std::string_view text : {"", "{", "{}{}", "[1", "\"a"}) {
    CHECK(change(ItemChange::software, text).empty());
  }
}

TEST_CASE("items: many extensions take no long time") {
  std::string list;
  for (int i = 0; i < 200'000; ++i) {
    list += (i == 0 ? "\"" : ",\"") + std::to_string(i * 7919 % 100'003) + "\"";
  }
  const std::string item = json::join({R"({"stac_extensions": [)", list, "]}"});
  CHECK(json::array_of(parse(change(ItemChange::software, item))).size() == 100'004);
  CHECK(json::array_of(parse(change(ItemChange::post_process, item))).size() == 200'000);
}

TEST_CASE("items: what is nested deeply is an answer, and costs no stack") {
  const std::string deep = std::string(900, '[') + std::string(900, ']');
  for (const ItemChange what : {ItemChange::post_process, ItemChange::software, ItemChange::derive}) {
    const std::string item =
        json::join({R"({"stac_extensions": [)", deep, ",", deep, R"(], "links": )", deep, "}"});
    CHECK(!change(what, item).empty());
  }
}

}  // namespace stactask::testing

// Calls about Cirrus: what hostile texts are answered with, and what only text can say. The recorded answers
// of Python are in cirrus_vectors_test.cpp.

#include <string>

#include "calls.hpp"
#include "cirrus/calls.hpp"
#include "cirrus/encoded_length.hpp"
#include "cirrus/event.hpp"
#include "doctest.hpp"
#include "json/join.hpp"
#include "task/calls.hpp"

namespace stactask::testing {

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string payload_with(std::string_view next, std::string_view features = R"({"id": "i"})") {
  return json::join({R"({"id": "c/workflow-w/i", "process": [{"workflow": "w"}, )", next,
                     R"(], "features": [)", features, "]}"});
}

std::string chain_of(std::string_view payload) {
  const std::string text = json::join({R"({"item":null,"maxItems":9,"chain":true})", payload});
  const std::string said = answer(task::explain, text);
  const std::size_t chain = said.find(R"("chain":)");
  return chain == std::string::npos ? said : said.substr(chain);
}

std::size_t length(std::string_view text) { return cirrus::encoded_length(Padded(text).view()); }

}  // namespace

TEST_CASE("what is no JSON is answered with its findings, whatever is asked") {
  for (const Call call : {cirrus::set_id, cirrus::next_payloads, cirrus::length_of, cirrus::unwrap_event}) {
    CHECK(answer(call, "").starts_with(R"({"valid":false)"));
    CHECK(answer(call, "{\"process\": [}").starts_with(R"({"valid":false)"));
    CHECK(answer(call, "{}{}").starts_with(R"({"valid":false)"));
    CHECK(answer(call, "\xEF\xBB\xBF{}").starts_with(R"({"valid":false)"));
    CHECK_FALSE(answer(call, "\xEF\xBB\xBF{}", true).starts_with(R"({"valid":false)"));
  }
}

TEST_CASE("of equal keys the last one counts") {
  CHECK(answer(cirrus::set_id, R"({"process": [{}], "features": [{"id": "a", "id": "b"}],
                                   "process": [{"workflow": "x", "workflow": "w"}]})") ==
        R"({"id":"none/workflow-w/b"})");
  CHECK(answer(cirrus::unwrap_event,
               R"({"Message": "{}", "url": 5, "url": "s3://a", "Message": "{\"a\": 1}"})") ==
        R"({"path":["/Message",""]})");
  CHECK(length(R"({"a": [1, 2, 3], "b": 1, "a": 5, "\u0061": {}})") == length(R"({"a": {}, "b": 1})"));
  CHECK(length(R"([{"a": 1, "a": {"b": 1, "b": 22}}])") == length(R"([{"a": {"b": 22}}])"));
  CHECK(length(R"({"": 1, "": ""})") == length(R"({"": ""})"));
}

TEST_CASE("messages are opened where they are meant to be, and no deeper") {
  const std::string inner = R"({"Message": "{\"Message\": \"{}\"}"})";
  CHECK(answer(cirrus::unwrap_event, json::join({R"({"Records": [{"body": )", as_json(inner), "}]}"})) ==
        R"({"path":["/Records/0/body","/Message",""]})");
  CHECK(answer(cirrus::unwrap_event, R"({"Records": [{"Sns": {"Parameters": {"url_out": "s3://a"}}}]})") ==
        R"({"path":["/Records/0/Sns"],"url":"/Records/0/Sns/Parameters/url_out"})");
  CHECK(answer(cirrus::unwrap_event, R"({"body": "{\"url\": \"s3://a\"}"})") ==
        R"({"path":["/body",""],"url":"/url"})");
  CHECK(answer(cirrus::unwrap_event, R"({"body": "{\"Message\": \"[\"}"})")
            .starts_with(R"({"pointer":"/body/Message","valid":false)"));
}

TEST_CASE("hostile events end") {
  const std::string deep = repeated("[", 100'000);
  CHECK(answer(cirrus::unwrap_event, json::join({R"({"body": ")", deep, "\"}"})).find("json-too-deep") !=
        std::string::npos);
  const std::string many = json::join({R"({"Records": [)", repeated(R"({"body": "{}"},)", 100'000), "{}]}"});
  CHECK(answer(cirrus::unwrap_event, many) ==
        R"({"error":{"type":"ValueError","message":"Multiple payloads are not supported"}})");
}

TEST_CASE("hostile chains end") {
  const std::string forks = payload_with(json::join({"[", repeated("{},", 1'000'000), "{}]"}));
  CHECK(answer(cirrus::next_payloads, forks) ==
        R"({"error":{"type":"BudgetError","message":"the chain has too many payloads"}})");
  CHECK(chain_of(forks).find(R"("type":"BudgetError")") != std::string::npos);
  const std::string rest = payload_with(json::join({repeated("{},", 1'000'000), "{}"}));
  CHECK(answer(cirrus::next_payloads, rest) == R"({"next":[{"definition":"/process/1","features":null}]})");
  const std::string deep = json::join({repeated("[", 900), repeated("]", 900)});
  const std::string nested =
      payload_with(json::join({R"({"workflow": "x", "chain_filter": "@.id", "d": )", deep, "}"}),
                   json::join({R"({"id": "i", "d": )", deep, "}"}));
  CHECK(answer(cirrus::next_payloads, nested).find(R"("/features/0")") != std::string::npos);
  CHECK(chain_of(nested).find(R"("id":"none/workflow-x/i")") != std::string::npos);
  const std::string items = repeated("1,", 100'000) + "1";
  const std::string filters = repeated(R"({"chain_filter": "@.a"},)", 102) + "{}";
  CHECK(answer(cirrus::next_payloads, payload_with(json::join({"[", filters, "]"}), items))
            .starts_with(R"({"error":{"type":"BudgetError")"));
}

TEST_CASE("an explanation of what comes next is JSON, and goes as far as Python does") {
  const std::string chain = chain_of(payload_with(R"([{"workflow": "x"}, {"chain_filter": "@.a >"}, {}])"));
  CHECK(chain.find(R"("omitted":1)") != std::string::npos);
  CHECK(chain.find(R"("pointer":"/process/1/1/chain_filter","offset":5)") != std::string::npos);
  CHECK(chain.find("/process/1/2") == std::string::npos);
  // What its text is by itself, and the new id.
  const std::string next =
      R"({"process":[{"workflow":"x"}],"features":[{"id":"i","n":1.0}],"id":"none/workflow-x/i"})";
  CHECK(chain_of(payload_with(R"({"workflow": "x"})", R"({"id": "i", "n": 1.0})"))
            .find(json::join({R"("length":)", std::to_string(length(next))})) != std::string::npos);
  CHECK(chain_of(R"([["process", [{}]]])").find("chain") == std::string::npos);
}

}  // namespace stactask::testing

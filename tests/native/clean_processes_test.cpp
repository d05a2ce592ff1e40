// Whether a payload gets the same report when its `process` is known to be clean as when it is new.

#include "payload/clean_processes.hpp"

#include "report_text.hpp"

namespace stactask::testing {

using payload::clean_processes;

namespace {

const std::string known_process = R"([{
  "workflow": "w",
  "upload_options": {"path_template": "s3://b/${collection}/${id}/${mgrs:utm_zone}/${year}"},
  "collection_matchers": [{"type": "jsonpath", "pattern": "$[?(@.id =~ '^S2')]", "collection_name": "c"}]
}])";

const std::string filled =
    R"({"type":"Feature","id":"a","properties":{"datetime":"2024-01-01T00:00:00Z","mgrs:utm_zone":32}})";

std::string payload_of(const std::string& process, const std::string& features) {
  return R"({"type":"FeatureCollection","process":)" + process + R"(,"features":[)" + features + "]}";
}

// Known from here on.
void learn() {
  clean_processes.clear();
  const std::string text = payload_of(known_process, filled);
  for (int i = 0; i < 4; ++i) CHECK(report_of(text) == "");
  REQUIRE(clean_processes.find(known_process) != nullptr);
}

}  // namespace

TEST_CASE("a payload with a clean process gets the report that it gets when the process is new") {
  struct Case {
    const char* name;
    std::string text;
    payload::CheckOptions options = {};
  };
  const std::string clean = payload_of(known_process, filled);
  const auto with_root = [](const std::string& member) {
    return R"({"type":"FeatureCollection",)" + member + R"(,"process":)" + known_process +
           R"(,"features":[)" + filled + "]}";
  };
  const Case cases[] = {
      {"all as before", clean},
      {"as bytes with a mark", "\xEF\xBB\xBF" + clean, {.is_bytes = true}},
      {"no items", payload_of(known_process, "")},
      {"no features", R"({"type":"FeatureCollection","process":)" + known_process + "}"},
      {"features that are no list",
       R"({"type":"FeatureCollection","features":{},"process":)" + known_process + "}"},
      {"an item without a variable",
       payload_of(known_process, R"({"properties":{"datetime":"2024-01-01T00:00:00Z"}})")},
      {"the second item has it", payload_of(known_process, R"({"properties":{}},)" + filled)},
      {"no type", R"({"process":)" + known_process + R"(,"features":[]})"},
      {"a misspelt member", with_root(R"("feature":[])")},
      {"a reference beside it", with_root(R"("href":"s3://b/k")")},
      {"a key twice", with_root(R"("id":"a","id":"b")")},
      {"a key twice in an item", payload_of(known_process, R"({"id":"a","id":"b"})")},
      {"a number that is none", payload_of(known_process, R"({"a":NaN})")},
      {"another process before it", with_root(R"("process":[{"tasks":[1]}])")},
      {"another process behind it",
       R"({"type":"FeatureCollection","process":)" + known_process + R"(,"process":[{"tasks":[1]}]})"},
      {"something behind it", R"({"type":"FeatureCollection","process":)" + known_process + " x}"},
      {"a longer list", payload_of(known_process.substr(0, known_process.size() - 1) + ",[{}]]", filled)},
      {"a broken item", payload_of(known_process, R"({"id":})")},
      {"broken items as STAC",
       payload_of(known_process, R"({"id":1,"properties":{"mgrs:utm_zone":1,"datetime":"x"}})"),
       {.items = true}},
      {"what Cirrus asks", clean, {.cirrus = true}},
      {"without lint", clean, {.lint = false}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    learn();
    const std::string known = report_of(each.text, each.options);
    clean_processes.clear();
    CHECK(known == report_of(each.text, each.options));
  }
}

TEST_CASE("a process is remembered when it comes again and again without a finding") {
  clean_processes.clear();
  const auto text_of = [](const std::string& workflow) {
    return payload_of(R"([{"workflow":")" + workflow + R"("}])", filled);
  };
  const auto is_known = [](const std::string& workflow) {
    return clean_processes.find(R"([{"workflow":")" + workflow + R"("}])") != nullptr;
  };
  for (const char* workflow : {"a", "b", "a", "b", "a", "b"}) report_of(text_of(workflow));
  CHECK_FALSE(is_known("a"));
  for (const char* workflow : {"c", "c", "c"}) report_of(text_of(workflow));
  CHECK(is_known("c"));
  // A type that is missing is a finding.
  const std::string untyped = R"({"process":[{"workflow":"d"}]})";
  for (int i = 0; i < 4; ++i) report_of(untyped);
  CHECK_FALSE(is_known("d"));
  // As many as there is room for.
  for (std::size_t i = 0; i < 2 * clean_processes.capacity; ++i) {
    for (int times = 0; times < 3; ++times) report_of(text_of("w" + std::to_string(i)));
  }
  CHECK_FALSE(is_known("c"));
  CHECK(is_known("w" + std::to_string(clean_processes.capacity)));
  const std::string long_name(clean_processes.max_bytes, 'x');
  for (int i = 0; i < 4; ++i) report_of(text_of(long_name));
  CHECK_FALSE(is_known(long_name));
  clean_processes.clear();
}

}  // namespace stactask::testing

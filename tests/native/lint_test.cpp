// What lint says of process definitions, headers and templates, and the profile of Cirrus: codes, pointers
// and places.

#include <tuple>

#include "cirrus/encoded_length.hpp"
#include "cirrus/payload_id.hpp"
#include "layout/template.hpp"
#include "payload/wording.hpp"
#include "report_text.hpp"

namespace stactask::testing {

using payload::CheckOptions;

namespace {

struct Case {
  std::string_view text;
  Lines lines;
};

void check_all(std::initializer_list<Case> cases, const CheckOptions& options = {}) {
  for (const Case& each : cases) {
    INFO("payload: ", std::string(each.text));
    CHECK(check_lines(each.text, options) == each.lines);
  }
}

// A payload whose one process definition holds these members.
std::string defining(std::string_view members) {
  return R"({"type": "FeatureCollection", "process": [{)" + std::string(members) + "}]}";
}

Lines definition_lines(std::string_view members) {
  Lines lines = check_lines(defining(members));
  for (std::string& line : lines) line.replace(line.find("/process/0"), 10, "~");
  return lines;
}

}  // namespace

TEST_CASE("lint: what a payload lacks") {
  const Padded bare("{}");
  CHECK(lines_of(payload::check(bare.view(), {})) ==
        Lines{"warning feature-collection-type at  1:1 to 1:3", "warning process-missing at  1:1 to 1:3"});
  const Padded other(R"({"type": "Feature", "process": []})");
  CHECK(lines_of(payload::check(other.view(), {})) ==
        Lines{"warning feature-collection-type at /type 1:10 to 1:19",
              "warning process-missing at /process 1:32 to 1:34"});
  const Padded reference(R"({"type": "FeatureCollection", "href": "s3://a/b"})");
  CHECK(payload::check(reference.view(), {}).empty());
  check_all({{R"({"href": "a", "process": [{}]})", {"warning payload-reference at /href"}},
             {R"({"url": "a", "features": []})", {"warning payload-reference at /url"}},
             {R"({"proces": [], "process": [{}]})", {"warning unknown-key at /proces"}}});
}

TEST_CASE("lint: entries of process after the first") {
  check_all(
      {{R"({"process": [{}, {}]})", {"info process-chain at /process/1"}},
       {R"({"process": [{}, [{}, {}]]})", {"info process-chain at /process/1"}},
       {R"({"process": [{}, 5, [6]]})",
        {"warning process-entry-type at /process/1", "warning process-entry-type at /process/2/0",
         "info process-chain at /process/1"}},
       {R"({"process": [{}, {"tasks": 1, "collection_matchers": [2]}]})",
        {"error option-type at /process/1/tasks", "error option-type at /process/1/collection_matchers/0",
         "info process-chain at /process/1"}}});
}

TEST_CASE("lint: keys that are nearly known") {
  CHECK(definition_lines(R"("wrkflow_options": {}, "my_options": 1)") ==
        Lines{"warning unknown-key at ~/wrkflow_options"});
  CHECK(definition_lines(R"("tasks": [{"name": "a", "parameter": {}}])") ==
        Lines{"warning tasks-list at ~/tasks", "warning unknown-key at ~/tasks/0/parameter"});
  CHECK(payload::nearest("collectionMatchers", "tasks collection_matchers") == "collection_matchers");
  CHECK(payload::nearest("colection-matcher", "tasks collection_matchers") == "collection_matchers");
  CHECK(payload::nearest("taks", "tasks collection_matchers") == "tasks");
  CHECK(payload::nearest("tsaks", "tasks") == "tasks");
  CHECK(payload::nearest("task_list", "tasks").empty());
  CHECK(payload::nearest("", "tasks").empty());
  CHECK(payload::nearest(std::string(100000, 'a'), "tasks").empty());
}

TEST_CASE("lint: upload options") {
  using Cases = std::initializer_list<std::tuple<std::string_view, Lines>>;
  for (
      const auto& [options, lines] : Cases{
          {R"("path_template": "s3://a/${id}", "public_assets": "ALL", "headers": {"CacheControl": "a"})",
           {}},
          {R"("path_template": "s3://a", "public_assets": null, "headers": null, "s3_urls": false)", {}},
          {R"("public_assets": ["a"])", {"error path-template-missing at ~"}},
          {R"("path_template": 5)", {"error option-type at ~/path_template"}},
          {R"("path_template": "gs://a")", {"warning path-template-scheme at ~/path_template"}},
          {R"("path_template": "s3://a", "public_assets": "all")",
           {"error public-assets at ~/public_assets"}},
          {R"("path_template": "s3://a", "public_assets": {})", {"error public-assets at ~/public_assets"}},
          {R"("path_template": "s3://a", "public_assets": [1])",
           {"warning public-asset-key at ~/public_assets/0"}},
          {R"("path_template": "s3://a", "s3_urls": 1)", {"warning option-boolean at ~/s3_urls"}},
          {R"("path_template": "s3://a", "headers": [])", {"error option-type at ~/headers"}},
          {R"("path_template": "s3://a", "headers": {"Cache-Control": "a"})",
           {"error header-name at ~/headers/Cache-Control"}},
          {R"("path_template": "s3://a", "headers": {"StorageClass": "cold", "ACL": "private", "Expires": 1})",
           {"error header-value at ~/headers/StorageClass"}},
          {R"("path_template": "s3://a", "headers": {"ContentType": "a\nb", "Tagging": 5})",
           {"error header-value at ~/headers/ContentType", "error header-value at ~/headers/Tagging"}},
          {R"("path_template": "s3://a", "headers": {"Metadata": {"a": "b", "c": 1}})",
           {"error header-value at ~/headers/Metadata/c"}}}) {
    INFO("options: ", std::string(options));
    Lines found = definition_lines("\"upload_options\": {" + std::string(options) + "}");
    for (std::string& line : found) line.erase(line.find("/upload_options"), 15);
    CHECK(found == lines);
  }
}

TEST_CASE("lint: options of collections replace the global ones") {
  CHECK(definition_lines(R"("upload_options": {"path_template": "s3://a", "s3_urls": true},
            "collection_options": {"a": 1, "b": {"upload_options": 2}, "c": {"upload_options": {}},
                                   "d": {"upload_options": {"path_template": "s3://b"}}, "e": {}})") ==
        Lines{"error collection-options-entry at ~/collection_options/a",
              "error option-type at ~/collection_options/b/upload_options",
              "error path-template-missing at ~/collection_options/c/upload_options",
              "info collection-upload-options at ~/collection_options/c/upload_options",
              "info collection-upload-options at ~/collection_options/d/upload_options"});
}

TEST_CASE("lint: matchers") {
  CHECK(definition_lines(R"("collection_matchers": [{"collection_name": "a"}, {"type": "json"},
            {"type": "jsonpath", "collection_name": null, "pattern": 5}, {"type": 5, "collection_name": "a"},
            {"type": "catch_all", "collection_name": ""}, {"type": "catch_all", "collection_name": 1}])") ==
        Lines{"error matcher-key-missing at ~/collection_matchers/0",
              "error matcher-type-unknown at ~/collection_matchers/1/type",
              "error matcher-key-missing at ~/collection_matchers/1",
              "error matcher-value-type at ~/collection_matchers/2/pattern",
              "error matcher-type-unknown at ~/collection_matchers/3/type",
              "error matcher-value-type at ~/collection_matchers/5/collection_name",
              "warning matcher-unreachable at ~/collection_matchers/5"});
}

TEST_CASE("lint: keys of the legacy mapping that JavaScript moves") {
  const auto moves = [](std::string_view mapping) {
    const Lines lines =
        definition_lines("\"upload_options\": {\"collections\": {" + std::string(mapping) + "}}");
    return lines.size() == 2 ? lines[1].substr(lines[1].rfind('/') + 1) : "";
  };
  CHECK(moves(R"("a": "$", "10": "$", "9": "$")") == "10");
  CHECK(moves(R"("9": "$", "10": "$", "a": "$")").empty());
  CHECK(moves(R"("10": "$", "9": "$")") == "9");
  CHECK(moves(R"("a": "$", "01": "$", "-1": "$", "1.5": "$", "4294967295": "$")").empty());
  CHECK(moves(R"("a": "$", "4294967294": "$")") == "4294967294");
}

TEST_CASE("lint: templates and the items that fill them") {
  const auto lines = [](std::string_view path, std::string_view features) {
    return check_places("{\"process\": [{\"upload_options\": {\"path_template\": \"" + std::string(path) +
                        "\"}}], \"features\": [" + std::string(features) + "]}");
  };
  const std::string at = " at /process/0/upload_options/path_template ";
  CHECK(lines("s3://${id}/${collection}", "{}").empty());
  CHECK(lines("s3://${a}", "").empty());
  CHECK(lines("s3://${a}", R"({"properties": {}}, {"properties": {"a": null}})").empty());
  CHECK(lines("s3://${a}", R"({"a": 1})").empty());
  CHECK(lines("s3://${properties.a}${b.c.d}", R"({"properties": {"a": 1, "b": {"c": {"d": 1}}}})").empty());
  CHECK(lines("s3://${b.c.d}", R"({"properties": {"b": {"c": 5}}})") ==
        Lines{"error template-variable" + at + "1:57 to 1:65"});
  CHECK(lines("s3://\\u0024{a}", "{}") == Lines{"error template-variable" + at + "1:57 to 1:66"});
  CHECK(lines("s3://${type}", R"({"type": "Feature"})") ==
        Lines{"error template-variable" + at + "1:57 to 1:64"});
  CHECK(lines("s3://${year}", R"({"properties": {"datetime": null, "start_datetime": "2020"}})").empty());
  CHECK(lines("s3://${year}", R"({"properties": {"datetime": null}})") ==
        Lines{"error template-variable" + at + "1:57 to 1:64"});
  CHECK(lines("s3://\\u00e9/${month}/{id}", R"({"properties": {"datetime": 1}})") ==
        Lines{"info template-unpadded" + at + "1:64 to 1:72",
              "warning template-not-replaced" + at + "1:73 to 1:77"});
  CHECK(lines("s3://${a", "") == Lines{"error template-syntax" + at + "1:59 to 1:60"});
  CHECK(lines("s3://${\xC3\xA9", "") == Lines{"error template-syntax" + at + "1:59 to 1:60"});
  CHECK(lines("", "") == Lines{"warning path-template-scheme" + at + "1:51 to 1:53"});
  CHECK(lines("}", "") == Lines{"warning path-template-scheme" + at + "1:51 to 1:54",
                                "error template-syntax" + at + "1:52 to 1:53"});
}

TEST_CASE("lint: variables that an item can fill, by the rules of pystac") {
  const auto is_missing = [](std::string_view variable, std::string_view item) {
    const Lines lines =
        check_places("{\"process\": [{\"upload_options\": {\"path_template\": \"s3://${" +
                     std::string(variable) + "}\"}}], \"features\": [" + std::string(item) + "]}");
    REQUIRE(lines.size() < 2);
    return !lines.empty() && lines[0].starts_with("error template-variable");
  };
  for (const char* attribute :
       {"clone", "validate", "from_file", "get_assets", "id", "geometry.type", "datetime.year", "assets",
        "__class__", "common_metadata.created", "common_metadata.object.id", "extra_fields", "self_href"}) {
    CHECK_MESSAGE(!is_missing(attribute, "{}"), attribute);
  }
  CHECK(is_missing("common_metadata.tile", "{}"));
  CHECK(is_missing("collection.id", R"({"collection": {"id": 1}, "properties": {"collection": {"id": 1}}})"));
  CHECK(is_missing("properties.clone", "{}"));
  CHECK_FALSE(is_missing("properties.clone", R"({"properties": {"clone": 1}})"));
  CHECK_FALSE(is_missing("extra_fields.a.b", R"({"a": {"b": 1}})"));
  // Of the top level, type and stac_version are no fields; of the properties they are.
  CHECK(is_missing("type", R"({"type": "Feature"})"));
  CHECK_FALSE(is_missing("type", R"({"type": "Feature", "properties": {"type": 1}})"));
  CHECK(is_missing("stac_version", R"({"stac_version": "1.0.0"})"));
  const std::string item =
      R"({"assets": {"k": {"href": "a", "proj:epsg": 1, "x": {"y": 1}}}, "properties": {"n": 1}})";
  for (const char* path :
       {"assets.k", "assets.k.href", "assets.k.media_type", "assets.k.clone", "assets.k.extra_fields.x.y",
        "assets.k.extra_fields.proj:code", "assets.k.owner.id", "n.real"}) {
    CHECK_MESSAGE(!is_missing(path, item), path);
  }
  for (const char* path :
       {"assets.l.href", "assets.k.type", "assets.k.x", "assets.k.extra_fields.z", "n.x"}) {
    CHECK_MESSAGE(is_missing(path, item), path);
  }
  // Reading an item gives some properties other names.
  CHECK_FALSE(is_missing("proj:code", R"({"properties": {"proj:epsg": 1}})"));
  CHECK(is_missing("proj:code", R"({"properties": {"proj:wkt2": 1}})"));
  CHECK_FALSE(is_missing("platform", R"({"stac_version": "0.8.1", "properties": {"eo:platform": "a"}})"));
}

TEST_CASE("templates: the grammar of str.format") {
  struct Template {
    std::string_view text;
    std::vector<std::string> keys;
    std::string_view error = "";
  };
  const Template templates[] = {
      {"", {}},
      {"a{{b}}c", {}},
      {"${a}/{b}", {"a", "b"}},
      {"{}", {""}},
      {"{a[}]b}", {"a[}]b"}},
      {"{a!r}", {"a"}},
      {"{a!r:x}", {"a:x"}},
      {"{a:{b}}", {"a:{b}"}},
      {"{a:}", {"a"}},
      {"{a!\xC3\xA9}", {"a"}},
      {"x}{", {}, "Single '}' encountered in format string"},
      {"{", {}, "Single '{' encountered in format string"},
      {"{a", {}, "expected '}' before end of string"},
      {"{a[}", {}, "expected '}' before end of string"},
      {"{a{b}}", {}, "unexpected '{' in field name"},
      {"{a!", {}, "end of string while looking for conversion specifier"},
      {"{a!r", {}, "unmatched '{' in format spec"},
      {"{a!rx}", {}, "expected ':' after conversion specifier"},
      {"{a:{b}", {}, "unmatched '{' in format spec"},
  };
  for (const Template& each : templates) {
    INFO("template: ", std::string(each.text));
    const layout::Template parsed = layout::parse_template(each.text);
    std::vector<std::string> keys;
    for (const layout::Variable& variable : parsed.variables) keys.emplace_back(variable.key);
    CHECK(keys == each.keys);
    CHECK(parsed.error == each.error);
  }
}

TEST_CASE("cirrus: what it asks beyond stac-task, in its order") {
  constexpr CheckOptions with_cirrus = {.cirrus = true};
  check_all(
      {{R"({})", {"error cirrus-process-missing at ", "error cirrus-id-missing at "}},
       {R"({"process": [], "id": 5})",
        {"error cirrus-process-type at /process", "error cirrus-id-type at /id"}},
       {R"({"process": {"workflow": "a"}, "id": "a/workflow-a/b"})",
        {"warning process-dict at /process", "error cirrus-process-type at /process"}},
       {R"({"process": [{}], "id": "a"})",
        {"error cirrus-workflow-missing at /process/0", "error cirrus-id-pattern at /id"}},
       {R"({"process": [{"workflow": "b"}], "id": "a/workflow-a/b"})", {"warning cirrus-id-workflow at /id"}},
       {R"({"process": [{"workflow": "a"}], "id": "a/workflow-a/b"})", {}}},
      with_cirrus);
  CHECK(check_lines("{}", {.lint = false, .cirrus = true}) == Lines{"warning upload-collections at ",
                                                                    "error cirrus-process-missing at ",
                                                                    "error cirrus-id-missing at "});
}

TEST_CASE("cirrus: ids") {
  for (const std::string_view id : {"a/workflow-b/c", "a/b/workflow-c/d/e", "/workflow-/workflow-a/b",
                                    "a/workflow-b/c\n", "a/workflow-\n/b", "é/workflow-ü/ö"}) {
    INFO("id: ", std::string(id));
    CHECK(cirrus::is_payload_id(id));
  }
  for (const std::string_view id :
       {"", "a", "/workflow-b/c", "a/workflow-b", "a/workflow-b/", "a/workflow-/c", "a/workflow-b/\nc",
        "a\nb/workflow-c/d", "a/Workflow-b/c"}) {
    INFO("id: ", std::string(id));
    CHECK(!cirrus::is_payload_id(id));
  }
}

TEST_CASE("cirrus: the length of a payload, encoded twice") {
  // len(json.dumps(json.dumps(json.loads(text))))
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"{}", 4},
      {R"({"id":"é/x","a":[1,2]})", 40},
      {"[1.0,1e5,1E400,-0,NaN,-1e400,0.1]", 51},
      {R"("\ud83d\ude00")", 20},
      {R"("a\"b\\c\n\u0001\u007f/")", 35},
      {R"({"a": {"b": []}, "c": null})", 35},
  };
  for (const auto& [text, length] : cases) {
    INFO("text: ", std::string(text));
    CHECK(cirrus::encoded_length(Padded(text).view(), 1000) == length);
  }
  const std::string long_text = "\"" + std::string(200000, 'a') + "\"";
  CHECK(cirrus::encoded_length(Padded(long_text).view(), 100) > 100);
}

}  // namespace stactask::testing

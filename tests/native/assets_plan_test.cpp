// Plans and addresses where the port does not do what stac-asset does, or where stac-asset has nothing to
// say.

#include <string>
#include <vector>

#include "assets/href.hpp"
#include "assets/multihash.hpp"
#include "assets/names.hpp"
#include "assets_calls.hpp"
#include "json/join.hpp"
#include "json/python_text.hpp"

namespace stactask::testing {

using json::Value;

namespace {

void expect(std::string_view call, std::string_view input, std::string_view expected) {
  CAPTURE(input);
  const Value answer = ask_assets(call, input);
  CHECK_MESSAGE(has_at_least(answer, parse(expected)), json::python_repr(answer), " is not ", expected);
}

std::string json_text(std::string_view text) {
  std::string out;
  json::write_string(out, text);
  return out;
}

// Objects of these assets, each in its folder.
std::string plan_of(std::initializer_list<std::pair<std::string, std::string>> objects,
                    std::string_view config = "{}") {
  std::string call = json::join({R"({"config":)", config, R"(,"objects":[)"});
  for (const auto& [root, assets] : objects) {
    if (call.back() != '[') call.push_back(',');
    call.append(
        json::join({R"({"root":)", json_text(root), R"(,"file":null,"object":{"assets":)", assets, "}}"}));
  }
  return call + "]}";
}

std::string asset(std::string_view members) { return json::join({R"({"a":{)", members, "}}"}); }

}  // namespace

TEST_CASE("assets: no credential for a host that only looks like one") {
  for (const char* href : {
           "https://earthdata.example.com/a",
           "https://notearthdata.nasa.gov/a",
           "https://earthdata.nasa.gov.example.com/a",
           "https://example.com/?https://earthdata.nasa.gov/",
           "https://earthdata.nasa.gov@example.com/a",
           "https://example.com#.earthdata.nasa.gov",
           "https://example.com\\.blob.core.windows.net/a",
           "https://example.com\\@x.blob.core.windows.net/a",
           "https://exampleblob.core.windows.net/a",
           "https://example.com/\t.blob.core.windows.net/a",
           "https://example.com%2F.blob.core.windows.net/a",
           "https://example.com\xEF\xBC\x8F.blob.core.windows.net/a",
           "http://x.blob.core.windows.net/a",
       }) {
    expect("client", json::join({R"({"href":)", json_text(href), "}"}), R"({"client":"http"})");
  }
  expect("client", R"({"href":" https://x.blob.core.\twindows.net/a"})",
         R"({"client":"planetary-computer"})");
}

TEST_CASE("assets: addresses of files and buckets") {
  expect("client", R"({"href":"file:///data/a%20b.tif"})",
         R"({"client":"filesystem","path":"/data/a b.tif"})");
  expect("client", R"({"href":"file://localhost/a"})", R"({"client":"filesystem","path":"/a"})");
  expect("client", R"({"href":"//#"})", R"({"client":"filesystem"})");
  expect("client", R"({"href":"file:///C:/a%20b"})", R"({"path":"C:/a b"})");
  expect("client", R"({"href":"C:\\data\\a.tif"})", R"({"client":"filesystem","path":"C:\\data\\a.tif"})");
  expect("client", R"({"href":"/data/a%20b#1?.tif"})", R"({"path":"/data/a%20b#1?.tif"})");
  for (const char* href : {"file://host/a", "https:a", "ftp:a", "data:,x", "s4://b/k"}) {
    expect("client", json::join({R"({"href":")", href, R"("})"}),
           json::join({R"({"error":{"type":"ValueError","message":"could not guess client class for href: )",
                       href, R"("}})"}));
  }
  expect(
      "client", R"({"href":"https://h/a","override":"filesystem"})",
      R"({"error":{"message":"cannot read a file with the filesystem client if it has a url scheme: https://h/a"}})");
  for (const char* href : {"s3:///key", "s3://a@b/key", "s3://b:80/key", "s3://\\u00e4/key"}) {
    expect("client", json::join({R"({"href":")", href, R"("})"}), R"({"error":{"code":"ERR_ASSET_HREF"}})");
  }
}

TEST_CASE("assets: names that must not be written to") {
  for (const std::string name :
       {"",        ".",          "..",    "a/../b",        "/a",     "a//b",   "a/",
        "a\\b",    "a\nb",       "a\x7F", "C:a",           "a.",     "a ",     "NUL",
        "con.tif", "aux.tar.gz", "COM1",  "lpt\u00B9.txt", "CONIN$", "prn .x", "a/nul"}) {
    CAPTURE(name);
    CHECK(assets::name_error(name));
  }
  CHECK(assets::name_error(std::string("a\0b", 3)));
  CHECK(assets::name_error(repeat("a", 256)));
  CHECK(assets::name_error(repeat("\u00E4", 128)));
  CHECK(assets::name_error(repeat("a/", 3000) + "a"));
  for (const std::string name : {"a", "B04.tif", "a b", ".hidden", "..a", "a..b", "nullable", "com.tif",
                                 "COM10", "a/b.tif", "\u00E4.tif"}) {
    CAPTURE(name);
    CHECK_FALSE(assets::name_error(name));
  }
  CHECK_FALSE(assets::name_error(repeat("a", 255)));
  expect("plan", plan_of({{"/out", asset(R"("href":"https://h/%2e%2e")")}}),
         R"({"objects":[{"assets":[{"error":{"type":"ValueError","code":"ERR_ASSET_NAME"}}]}]})");
  expect("plan",
         plan_of({{"/out", R"({"../x":{"href":"https://h/a.tif"}})"}}, R"({"fileNameStrategy":"KEY"})"),
         R"({"objects":[{"assets":[{"name":"../x.tif","error":{"code":"ERR_ASSET_NAME"}}]}]})");
  expect("plan",
         plan_of({{"/out", R"({"x/y":{"href":"https://h/a.tif?sig=a.b#c.d"}})"}},
                 R"({"fileNameStrategy":"KEY"})"),
         R"({"objects":[{"assets":[{"name":"x/y.tif","done":"/out/x/y.tif"}]}]})");
}

TEST_CASE("assets: files that would be one") {
  const auto collide = [](std::string_view message, std::string_view place) {
    return json::join(
        {R"({"error":{"type":"AssetOverwriteError","code":"ERR_ASSET_OVERWRITE","message":)",
         json_text(json::join({"assets have the same file names and would overwrite each other: ", message})),
         ",", place, "}}"});
  };
  const std::string a = asset(R"("href":"https://h/B04.tif")");
  expect("plan",
         plan_of({{"/out", R"({"a":{"href":"https://h/B04.tif"},"b":{"href":"https://h/x/b04.TIF"}})"}}),
         collide("['B04.tif', 'b04.TIF']", R"("object":0,"asset":"b")"));
  expect("plan",
         plan_of({{"/out", R"({"a":{"href":"https://h/\u00C4.tif"},"b":{"href":"https://h/%C3%A4.tif"}})"}}),
         collide("['\u00C4.tif', '\u00E4.tif']", R"("object":0,"asset":"b")"));
  for (const char* root : {"/out/x", "/out/x/", "/out/./x", "/out/y/../x", "/out//x", "/out\\x", "/out/X"}) {
    CAPTURE(root);
    expect("plan", plan_of({{"/out/x", a}, {root, a}}), collide("['B04.tif']", R"("object":1,"asset":"a")"));
  }
  expect("plan", plan_of({{"/out/x", a}, {"/out/y", a}}), R"({"objects":[{},{}]})");
  expect("plan", plan_of({{"/out", a}, {"/out/B04.tif", a}}),
         collide("['B04.tif']", R"("object":1,"asset":"a")"));
  expect("plan",
         plan_of({{"/out", R"({"a":{"href":"https://h/x"},"a/b":{"href":"https://h/y"}})"}},
                 R"({"fileNameStrategy":"KEY"})"),
         collide("['a', 'a/b']", R"("object":0,"asset":"a/b")"));
  expect(
      "plan",
      R"({"objects":[{"root":"/out","file":"B04.tif","object":{"assets":{"a":{"href":"https://h/b04.tif"}}}}]})",
      collide("['B04.tif', 'b04.tif']", R"("object":0,"asset":"a")"));
  // What is not downloaded is in nobody's way.
  expect("plan",
         plan_of({{"/out", R"({"a":{"href":"https://h/x"},"b":{"href":"https://h/x"}})"}},
                 R"({"include":["a"]})"),
         R"({"objects":[{"assets":[{"key":"a"}]}]})");
}

TEST_CASE("assets: configurations") {
  expect(
      "plan", plan_of({}, R"({"include":["a","b's"],"exclude":["c"]})"),
      R"({"error":{"type":"ConfigError","code":"ERR_CONFIG","message":"cannot provide both include and exclude: include=['a', \"b's\"], exclude=['c']"}})");
  expect("plan", plan_of({}, R"({"warn":true,"failFast":true})"),
         R"({"error":{"type":"ConfigError","message":"cannot warn and fail fast as the same time"}})");
  expect("plan", plan_of({}, R"({"fileNameStrategy":"NAME"})"),
         R"({"error":{"type":"ValueError","code":"ERR_CONFIG"}})");
}

TEST_CASE("assets: addresses of items and their assets") {
  expect(
      "plan", plan_of({{"/out", asset(R"("title":"no href")")}}),
      R"({"objects":[{"assets":[{"href":null,"kept":null,"error":{"type":"ValueError","code":"ERR_ASSET_HREF","message":"asset 'a' does not have an absolute href: None"}}]}]})");
  // Relative to what the item was read from, not to where it goes.
  expect(
      "plan",
      R"({"config":{"alternateAssets":["x"]},"objects":[{"self":"https://h/d/i.json","root":"/out","file":"i.json","object":{"assets":{"a":{"href":"./a.tif","alternate":{"x":{"href":"./x.tif"}}}}}}]})",
      R"({"objects":[{"assets":[{"href":"https://h/d/x.tif","name":"a.tif","kept":"https://h/d/a.tif"}]}]})");
  expect(
      "plan",
      R"({"keepNonDownloaded":true,"objects":[{"root":"/out","file":"i.json","object":{"assets":{"a":{}}}}]})",
      R"({"objects":[{"assets":[{"href":null,"kept":null}]}]})");
  // What is saved below its files.
  for (const char* root : {"/out", "memory:out", ""}) {
    CAPTURE(root);
    expect("plan",
           json::join({R"({"objects":[{"root":")", root,
                       R"(","file":"sub/i.json","object":{"assets":{"a":{"href":"https://h/a.tif"}}}}]})"}),
           R"({"objects":[{"assets":[{"done":"../a.tif","kept":"https://h/a.tif"}]}]})");
  }
  expect("plan", plan_of({{"", asset(R"("href":"https://h/a.tif")")}}),
         R"({"objects":[{"assets":[{"done":"a.tif"}]}]})");
  // Without a working directory, nothing can be said of these.
  expect(
      "plan",
      R"({"objects":[{"self":"i.json","root":"/out","object":{"links":[{"rel":"self","href":"./i.json"},{"rel":"root","href":"./c.json"},{"rel":"item","href":"/i.json"},{"rel":"license"},5]}}]})",
      R"({"objects":[{"self":null,"derivedFrom":null,"links":[[2,"/i.json"]],"assets":[]}]})");
  expect(
      "plan",
      R"({"objects":[{"self":"/d/i.json","root":"memory:x","file":"i.json","object":{"assets":{"a":{"href":"./a#1.tif"}}}}]})",
      R"({"objects":[{"assets":[{"href":"/d/a#1.tif","path":"/d/a#1.tif","name":"a#1.tif","done":"./a#1.tif","kept":"/d/a#1.tif"}]}]})");
  expect("resolve", R"({"asset":{"href":"./a.tif"},"self":"s3://b/d/i.json"})",
         R"({"href":"s3://b/d/a.tif","client":"s3","bucket":"b","objectKey":"d/a.tif"})");
  expect("resolve", R"({"asset":{"href":"./a.tif"},"self":null})",
         R"({"error":{"type":"ValueError","message":"asset does not have an absolute href"}})");
  expect("resolve",
         R"({"asset":{"href":"./a.tif","alternate":{"s3":{"href":"s3://b/k"}}},"alternateAssets":["s3"]})",
         R"({"href":"s3://b/k"})");
  expect("resolve",
         R"({"asset":{"href":"s3://b/k"},"object":{"properties":{"storage:requester_pays":true}}})",
         R"({"requesterPays":true})");
  CHECK(assets::make_relative("/out/dir/x.tif", "/out/dir/i.json") == "./x.tif");
  CHECK(assets::make_relative("/out/x.tif", "/out/dir/i.json") == "../x.tif");
  CHECK(assets::make_relative("/x/y.tif", "/i.json") == "./x/y.tif");
  CHECK(assets::make_relative("https://h/x.tif", "/out/i.json") == "https://h/x.tif");
}

TEST_CASE("assets: files of this machine, of items from elsewhere") {
  const auto resolved = [](std::string_view href, std::string_view self, std::string_view more = "") {
    return json::join({R"({"asset":{"href":)", json_text(href), R"(},"self":)", json_text(self), more, "}"});
  };
  for (const std::string_view self : {"https://h/i.json", "s3://b/i.json", "http://h/i.json"}) {
    for (const std::string_view href : {"/etc/passwd", "file:///etc/passwd", "C:\\x.tif"}) {
      expect("resolve", resolved(href, self), R"({"error":{"type":"ValueError","code":"ERR_LOCAL_FILE"}})");
    }
  }
  expect("resolve", resolved("/d/a.tif", "https://h/i.json", R"(,"override":"filesystem")"),
         R"({"path":"/d/a.tif"})");
  expect("resolve", resolved("/d/a.tif", "/d/i.json"), R"({"path":"/d/a.tif"})");
  expect("resolve", resolved("/d/a.tif", "file:///d/i.json"), R"({"path":"/d/a.tif"})");
  expect("resolve", R"({"asset":{"href":"/d/a.tif"},"self":null})", R"({"path":"/d/a.tif"})");
}

TEST_CASE("assets: who pays, and where") {
  const auto found = [](std::string_view members) {
    return json::join({R"({"objects":[{"assets":[{)", members, "}]}]}"});
  };
  const std::string yes = found(R"("requesterPays":true,"region":"us-west-2")");
  const std::string config = R"({"alternateAssets":["s3"]})";
  expect(
      "plan",
      plan_of(
          {{"/o", asset(R"("href":"s3://b/k","storage:requester_pays":true,"storage:region":"us-west-2")")}}),
      yes);
  expect(
      "plan",
      plan_of(
          {{"/o",
            asset(
                R"("href":"https://h/k","alternate":{"s3":{"href":"s3://b/k","storage:requester_pays":true,"storage:region":"us-west-2"}})")}},
          config),
      yes);
  expect(
      "plan",
      R"({"objects":[{"root":"/o","object":{"properties":{"storage:schemes":{"aws":{"region":"us-west-2","requester_pays":true}}},"assets":{"a":{"href":"s3://b/k","storage:refs":["other","aws"]}}}}]})",
      yes);
  const Value answer = ask_assets(
      "plan",
      plan_of(
          {{"/o",
            asset(
                R"("href":"s3://b/k","storage:requester_pays":true,"alternate":{"s3":{"href":"s3://b/k","storage:requester_pays":false}})")}},
          config));
  CHECK(json::member(&value_at(answer, "/objects/0/assets/0"), "requesterPays") == nullptr);
}

TEST_CASE("assets: checksums") {
  struct Case {
    std::string text;
    const char* algorithm;  // null where it is none
  };
  const std::vector<Case> cases{
      {"1220" + repeat("aB", 32), "sha2-256"},
      {"1114" + repeat("00", 20), "sha1"},
      {"1340" + repeat("00", 64), "sha2-512"},
      {"d50110" + repeat("00", 16), "md5"},
      {"a0e40220" + repeat("00", 32), "blake2b-256"},
      {"e0e40220" + repeat("00", 32), "blake2s-256"},
      {"1e20" + repeat("00", 32), "blake3"},
      {"956c02ffff", "0x3615"},
      {"1220" + repeat("00", 31), nullptr},
      {"121f" + repeat("00", 31), nullptr},
      {"1220" + repeat("00", 32) + "0", nullptr},
      {"1220" + repeat("0g", 32), nullptr},
      {"1200", nullptr},
      {"12", nullptr},
      {"", nullptr},
      {repeat("80", 30) + "01", nullptr},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    assets::Checksum checksum;
    const bool is_one = assets::read_multihash(each.text, checksum);
    REQUIRE(is_one == (each.algorithm != nullptr));
    if (is_one) CHECK(checksum.algorithm == each.algorithm);
  }
  expect(
      "plan", plan_of({{"/o", asset(R"("href":"https://h/k","file:checksum":"sha256:x","file:size":7)")}}),
      R"({"objects":[{"assets":[{"size":7,"checksum":null,"error":{"code":"ERR_CHECKSUM","message":"file:checksum is no multihash in hexadecimal digits: 'sha256:x'"}}]}]})");
}

TEST_CASE("assets: what is no call") {
  for (const char* text : {"", "[]", "5", "{", "{} x", "\xFF"}) {
    for (const char* call : {"client", "plan", "resolve", "next"}) {
      expect(call, std::string_view(text), R"({"error":{"code":"ERR_INVALID_CALL"}})");
    }
  }
  for (const char* text : {"{}", R"({"objects":5,"config":[]})", R"({"config":{"include":5}})"}) {
    expect("plan", std::string_view(text), R"({"objects":[]})");
  }
  expect("plan",
         R"({"objects":[null,{"object":[],"root":5},{"object":{"links":{},"assets":[1],"properties":3}}]})",
         R"({"objects":[{"assets":[]},{"assets":[]},{"assets":[]}]})");
}

TEST_CASE("assets: answers that would be enormous") {
  const std::string self = "https://h/" + repeat("x", 8000) + "/i.json";
  std::string assets = "{";
  for (int i = 0; i < 12000; ++i)
    assets.append(json::join({"\"", std::to_string(i), R"(":{"href":")", std::to_string(i), R"("},)"}));
  assets.back() = '}';
  const auto call = [&](std::string_view from) {
    return json::join(
        {R"({"objects":[{"self":")", from, R"(","root":"/o","object":{"assets":)", assets, "}}]}"});
  };
  expect("plan", call(self), R"({"error":{"code":"ERR_TOO_LARGE"}})");
  expect("plan", call(self + repeat("x", 1000)), R"({"error":{"code":"ERR_ASSET_HREF"}})");
  expect("plan", call("https://h/i.json"), R"({"objects":[{}]})");
}

}  // namespace stactask::testing

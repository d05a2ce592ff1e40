// Features as STAC Items: which codes, at which places. The verdicts are recorded ones, in
// items_vectors_test.cpp.

#include "payload/items.hpp"

#include "payload/datetime.hpp"
#include "report_text.hpp"

namespace stactask::testing {

namespace {

constexpr payload::CheckOptions with_items = {.lint = false, .items = true};

// What Python and lint say of such payloads is left out.
Lines only_items(Lines lines) {
  std::erase_if(lines, [](const std::string& line) { return line.find(" item-") == std::string::npos; });
  return lines;
}

// A payload with one feature: a good item, whose members `more` replaces, since the last of a key counts.
std::string payload_of(std::string_view more) {
  std::string text =
      R"({"features": [{"type": "Feature", "stac_version": "1.1.0", "id": "a", "geometry": null,)"
      R"( "properties": {"datetime": "2020-01-01T00:00:00Z"}, "links": [], "assets": {})";
  if (!more.empty()) text.append(", ").append(more);
  return text + "}]}";
}

Lines item_lines(std::string_view more) { return only_items(check_lines(payload_of(more), with_items)); }

std::string polygon(std::string_view rings) {
  return R"("bbox": [0, 0, 1, 1], "geometry": {"type": "Polygon", "coordinates": [)" + std::string(rings) +
         "]}";
}

std::string nested_bands(std::size_t depth) {
  return repeat(R"({"bands": [)", depth) + R"({"gsd": 0})" + repeat("]}", depth);
}

}  // namespace

TEST_CASE("items: nothing is looked at unless it is asked for") {
  CHECK(only_items(check_lines(R"({"features": [1, {}]})")).empty());
  for (const std::string& text :
       {std::string(R"({"features": []})"), std::string("{}"), payload_of(""),
        std::string(R"({"features": {"type": 5}})"), std::string(R"([["features", [1]]])")}) {
    INFO("payload: ", text);
    CHECK(only_items(check_lines(text, with_items)).empty());
  }
  CHECK(only_items(check_lines(R"({"features": [1]})", with_items)) ==
        Lines{"error item-member-type at /features/0"});
}

TEST_CASE("items: each rule has its code and its pointer") {
  struct Case {
    std::string more;
    Lines lines;
  };
  const std::string point = R"("geometry": {"type": "Point", "coordinates": [1, 2]})";
  const Case cases[] = {
      {R"("type": "feature")", Lines{"error item-type at /features/0/type"}},
      {R"("type": 5)", Lines{"error item-member-type at /features/0/type"}},
      {R"("stac_version": "0.9.0")", Lines{"error item-version at /features/0/stac_version"}},
      {R"("stac_version": 1)", Lines{"error item-version at /features/0/stac_version"}},
      {R"("stac_version": "1.0.0")", Lines{}},
      {R"("id": "")", Lines{"error item-member-value at /features/0/id"}},
      {R"("id": 5)", Lines{"error item-member-type at /features/0/id"}},
      {R"("stac_extensions": ["https://a", 5, "eo", "https://a"])",
       Lines{"error item-member-type at /features/0/stac_extensions/1",
             "warning item-uri at /features/0/stac_extensions/2",
             "error item-extension-repeated at /features/0/stac_extensions/3"}},
      {R"("properties": {})", Lines{"error item-member-missing at /features/0/properties"}},
      {R"("properties": {"datetime": "2020-02-30T00:00:00Z"})",
       Lines{"error item-date-format at /features/0/properties/datetime"}},
      {R"("properties": {"datetime": null})",
       Lines{"error item-datetime at /features/0/properties/datetime"}},
      {R"("properties": {"datetime": "2020-01-01T00:00:00Z", "end_datetime": "2020-01-01T00:00:00Z"})",
       Lines{"error item-datetime at /features/0/properties"}},
      {R"("properties": {"datetime": "2020-01-01T00:00:00Z", "gsd": 0, "license": "a b"})",
       Lines{"error item-member-value at /features/0/properties/gsd",
             "error item-member-value at /features/0/properties/license"}},
      {R"("properties": {"datetime": "2020-01-01T00:00:00Z", "bands": []})",
       Lines{"error item-bands at /features/0/properties/bands"}},
      {R"("links": [{"rel": "self", "href": "/a"}, {"rel": ""}, 5])",
       Lines{"warning item-uri at /features/0/links/0/href",
             "error item-member-value at /features/0/links/1/rel",
             "error item-member-missing at /features/0/links/1",
             "error item-member-type at /features/0/links/2"}},
      {R"("links": [{"rel": "collection", "href": "a"}])",
       Lines{"error item-collection-link at /features/0"}},
      {R"("collection": "a")", Lines{"error item-collection-link at /features/0/collection"}},
      {R"("assets": {"a/b": {"href": "x", "roles": ["data", null]}, "~": 5})",
       Lines{"error item-member-type at /features/0/assets/a~1b/roles/1",
             "error item-member-type at /features/0/assets/~0"}},
      {R"("assets": {"a": {"href": "x", "providers": [{"name": "y", "roles": ["owner"]}], "statistics": {}}})",
       Lines{"error item-member-value at /features/0/assets/a/statistics",
             "error item-member-value at /features/0/assets/a/providers/0/roles/0"}},
      {point, Lines{"error item-member-missing at /features/0"}},
      {R"("bbox": [0, 0, 1, 1])", Lines{"error item-bbox at /features/0/bbox"}},
      {point + R"(, "bbox": [0, 0, 1])", Lines{"error item-bbox at /features/0/bbox"}},
      {point + R"(, "bbox": [0, 5, 1, 1])", Lines{"warning item-bbox-values at /features/0/bbox"}},
      {point + R"(, "bbox": [170, 0, 9, -170, 1, 8])", Lines{"warning item-bbox-values at /features/0/bbox"}},
      {point + R"(, "bbox": [0, 0, 500000, 1])", Lines{"warning item-bbox-values at /features/0/bbox"}},
      {point + R"(, "bbox": [170, 0, -170, 1])", Lines{}},
      {R"("bbox": [0, 0, 1, 1], "geometry": {"type": "GeometryCollection", "geometries": []})",
       Lines{"error item-geometry-type at /features/0/geometry/type"}},
      {R"("bbox": [0, 0, 1, 1], "geometry": {"type": "Point"})",
       Lines{"error item-member-missing at /features/0/geometry"}},
      {R"("bbox": [0, 0, 1, 1], "geometry": {"type": "MultiPoint", "coordinates": [[1], [1, 2], [1, "2"], 5]})",
       Lines{"error item-coordinates at /features/0/geometry/coordinates/0",
             "error item-coordinates at /features/0/geometry/coordinates/2",
             "error item-coordinates at /features/0/geometry/coordinates/3"}},
      {R"("bbox": [0, 0, 1, 1], "geometry": {"type": "MultiPoint", "coordinates": [[1, 2, 3, 4], [1, 2, 3, 4]]})",
       Lines{"warning item-position-length at /features/0/geometry/coordinates/0"}},
      {polygon("[[0, 0], [1, 0], [1, 1]]"),
       Lines{"error item-coordinates at /features/0/geometry/coordinates/0"}},
      {polygon("[[0, 0], [1, 0], [1, 1], [0, 1]]"),
       Lines{"error item-ring-open at /features/0/geometry/coordinates/0/3"}},
      {polygon("[[0, 0], [1, 1], [1, 0], [0, 0]]"),
       Lines{"warning item-ring-winding at /features/0/geometry/coordinates/0"}},
      {polygon("[[0, 0], [9, 0], [9, 9], [0, 0]], [[5, 2], [5, 3], [4, 2], [5, 2]]"),
       Lines{"warning item-ring-winding at /features/0/geometry/coordinates/1"}},
      {polygon("[[0, 0], [9, 0], [9, 9], [0, 0]], [[5, 2], [4, 2], [5, 3], [5, 2]]"), Lines{}},
  };
  for (const Case& each : cases) {
    INFO("members: ", each.more);
    CHECK(item_lines(each.more) == each.lines);
  }
}

TEST_CASE("items: what is missing is about the object that misses it") {
  CHECK(only_items(check_places("{\"features\": [\n  {},\n  5]}", with_items)) ==
        Lines{"error item-version at /features/0 2:3 to 2:5",
              "error item-member-missing at /features/0 2:3 to 2:5",
              "error item-member-missing at /features/0 2:3 to 2:5",
              "error item-member-missing at /features/0 2:3 to 2:5",
              "error item-member-missing at /features/0 2:3 to 2:5",
              "error item-member-missing at /features/0 2:3 to 2:5",
              "error item-member-missing at /features/0 2:3 to 2:5",
              "error item-member-type at /features/1 3:3 to 3:4"});
}

TEST_CASE("items: findings have the range of their value, also where a key stands twice") {
  CHECK(only_items(check_places(
            R"({"features": [{"type": "Feature", "stac_version": "1.1.0", "id": 5, "id": 67,
"geometry": null, "properties": {"datetime": "x"}, "links": [], "assets": {"a": 5, "a": {"href": ""}}}]})",
            with_items)) == Lines{"error item-member-type at /features/0/id 1:75 to 1:77",
                                  "error item-date-format at /features/0/properties/datetime 2:46 to 2:49",
                                  "error item-member-value at /features/0/assets/a/href 2:98 to 2:100"});
}

TEST_CASE("items: of repeated members the last one counts") {
  for (const std::string_view more : {
           R"("type": 5, "type": "Feature")",
           R"("assets": {"a": 5, "\u0061": {"href": "x"}})",
           R"("links": [{"rel": "collection", "href": "a"}], "links": [])",
           R"("properties": {"datetime": 1, "datetime": "2020-01-01T00:00:00Z"})",
           R"("stac_version": "1.0.0", "assets": {"a": {"href": "x", "data_type": 5}})",
           R"("geometry": {"type": "Point", "coordinates": "x"}, "geometry": null)",
       }) {
    INFO("members: ", std::string(more));
    CHECK(item_lines(more) == Lines{});
  }
  CHECK(item_lines(R"("assets": {"a": {"href": "x"}, "a": 5})") ==
        Lines{"error item-member-type at /features/0/assets/a"});
}

TEST_CASE("items: each is checked by its own version, wherever that stands") {
  const std::string old_item =
      R"({"type": "Feature", "id": "a", "geometry": null, "properties": {"datetime": "2020-01-01T00:00:00Z"},)"
      R"( "links": [], "assets": {"a": {"href": "x", "data_type": 5}}, "stac_version": "1.0.0"})";
  std::string new_item = old_item;
  new_item.replace(new_item.find("1.0.0"), 5, "1.1.0");
  const std::string features = old_item + "," + new_item + "," + old_item + "," + old_item + "," + new_item;
  CHECK(only_items(check_lines(R"({"features": [)" + features + "]}", with_items)) ==
        Lines{"error item-member-type at /features/1/assets/a/data_type",
              "error item-member-type at /features/4/assets/a/data_type"});
}

TEST_CASE("items: rings are closed by value, not by spelling") {
  CHECK(item_lines(polygon("[[0, 0], [1, 0], [1, 1], [0.0, -0e5]]")) == Lines{});
  CHECK(item_lines(polygon("[[NaN, 0], [1, 0], [1, 1], [NaN, 0]]")) == Lines{});
  CHECK(item_lines(polygon("[[0.1, 0], [1, 0], [1, 1], [0.10000000000000001, 0]]")) == Lines{});
  CHECK(item_lines(polygon("[[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 0, 2]]")) ==
        Lines{"error item-ring-open at /features/0/geometry/coordinates/0/3"});
}

TEST_CASE("items: which way a ring goes is told for numbers of any length") {
  constexpr std::string_view clockwise[] = {
      "[[-1.25, -1.25], [-1.25, 1.25], [1.25, 1.25], [-1.25, -1.25]]",
      "[[1e-3, 1e-3], [1E-3, 2e0], [2e0, 2], [1e-3, 1e-3]]",
      "[[0.12345678901234567890123, 0], [0.12345678901234567890123, 1], [0.5, 1], "
      "[0.12345678901234567890123, 0]]",
      "[[0, 0], [0, 100000000000000000000000], [5, 0.00000000000000000000001], [0, 0]]",
  };
  for (const std::string_view ring : clockwise) {
    INFO("ring: ", std::string(ring));
    CHECK(item_lines(polygon(ring)) ==
          Lines{"warning item-ring-winding at /features/0/geometry/coordinates/0"});
  }
  // It may cross the antimeridian.
  CHECK(item_lines(polygon("[[170, 0], [-170, 0], [-170, 9], [170, 0]]")) == Lines{});
  CHECK(item_lines(polygon("[[-170, 0], [170, 0], [170, -9], [-170, 0]]")) == Lines{});
  CHECK(item_lines(polygon("[[Infinity, 0], [1, 0], [1, 1], [Infinity, 0]]")) == Lines{});
}

TEST_CASE("items: messages name the member") {
  const auto last_message = [](std::string_view more) {
    return text_at(issues_of(report_of(payload_of(more), with_items)).back(), "message");
  };
  CHECK(last_message(R"("stac_extensions": ["https://a", 5])") == "'stac_extensions[1]' must be a string");
  CHECK(last_message(R"("assets": {"thumb": []})") == "'thumb' must be an object");
  CHECK(last_message(polygon("[[0, 0], [1, 0], 5, [0, 0]]")) ==
        "'coordinates[0][2]' must be a list of two or more numbers");
  CHECK(last_message(R"("type": ")" + std::string(500, 'x') + "\"").size() < 300);
}

TEST_CASE("items: bands inside bands cost no stack") {
  CHECK(item_lines(R"("assets": {"a": {"href": "x", "bands": [)" + nested_bands(7) + "]}}") ==
        Lines{"error item-member-value at /features/0/assets/a/bands/0/bands/0/bands/0/bands/0/bands/0/"
              "bands/0/bands/0/bands/0/gsd"});
  CHECK(item_lines(R"("assets": {"a": {"href": "x", "bands": [)" + nested_bands(8) + "]}}") == Lines{});
  CHECK(item_lines(R"("assets": {"a": {"href": "x", "bands": [)" + nested_bands(490) + "]}}") == Lines{});
}

TEST_CASE("items: depth that no geometry has") {
  const std::string deep = repeat("[", 900) + repeat("]", 900);
  CHECK(item_lines(R"("bbox": [0, 0, 1, 1], "geometry": {"type": "MultiPolygon", "coordinates": )" + deep +
                   "}") == Lines{"error item-coordinates at /features/0/geometry/coordinates/0/0/0",
                                 "error item-coordinates at /features/0/geometry/coordinates/0/0"});
  const std::string collections =
      repeat(R"({"type": "GeometryCollection", "geometries": [)", 400) + repeat("]}", 400);
  CHECK(item_lines(R"("bbox": [0, 0, 1, 1], "geometry": )" + collections) ==
        Lines{"error item-geometry-type at /features/0/geometry/type"});
}

TEST_CASE("items: hostile payloads are counted, and no more is kept than there may be") {
  const auto counted = [](const std::string& more) {
    const json::Value report = parse(report_of(payload_of(more), with_items));
    CHECK(at(report, "issues").size() <= 1000);
    return at(at(report, "counts"), "error").get<std::size_t>();
  };
  CHECK(counted(R"("bbox": [0, 0, 1, 1], "geometry": {"type": "LineString", "coordinates": [)" +
                repeat("[1],", 20000) + "[1, 2]]}") == 20000);
  CHECK(counted(R"("links": [)" + repeat("5,", 20000) + "5]") == 20001);
  // Pointers of a megabyte each.
  CHECK(counted(R"("assets": {")" + std::string(1 << 20, 'x') + R"(": {"href": "a", "roles": [)" +
                repeat("5,", 20000) + "5]}}") == 20001);
  // Numbers of a hundred thousand digits.
  const std::string number = "0." + std::string(100000, '7');
  CHECK(counted(polygon("[[" + number + ", 0], [1, 0], [1, 1], [" + number + "1, 1]]")) == 1);
}

TEST_CASE("items: dates of RFC 3339 in UTC") {
  for (const std::string_view good :
       {"2020-02-29T23:59:59Z", "2020-01-01t00:00:00Z", "2020-01-01T00:00:00.5Z", "0001-01-01T00:00:00+00:00",
        "2000-02-29T00:00:00.000000000000Z"}) {
    INFO("date: ", std::string(good));
    CHECK(payload::is_utc_datetime(good));
  }
  for (const std::string_view bad : {"",
                                     "Z",
                                     "2020-01-01",
                                     "2020-01-01T00:00:00",
                                     "2020-01-01T00:00:00z",
                                     "2020-01-01 00:00:00Z",
                                     "2021-02-29T00:00:00Z",
                                     "1900-02-29T00:00:00Z",
                                     "2020-13-01T00:00:00Z",
                                     "2020-00-01T00:00:00Z",
                                     "2020-01-00T00:00:00Z",
                                     "2020-04-31T00:00:00Z",
                                     "2020-01-01T24:00:00Z",
                                     "2020-01-01T00:60:00Z",
                                     "2020-01-01T00:00:60Z",
                                     "2020-01-01T00:00:00.Z",
                                     "2020-01-01T00:00:00-00:00",
                                     "0000-01-01T00:00:00Z",
                                     "2020-01-01T00:00:00ZZ",
                                     "2020-01-01T00:00:00+00:00:00",
                                     "2020-1-01T00:00:00Z",
                                     "2020-01-01T00:00:0"}) {
    INFO("date: ", std::string(bad));
    CHECK(!payload::is_utc_datetime(bad));
  }
}

}  // namespace stactask::testing

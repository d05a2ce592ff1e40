// One text that has a bit of everything that Python's json reads.
#pragma once

#include <string_view>

namespace stactask::testing {

// Parts in plain literals stand for what a raw one cannot show: tabs, CRLF, raw surrogates.
inline constexpr std::string_view rich_document =
    R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": "S2B_32UMF_20240611_0_L2A", "bbox": [7.53, 49.5, 9.1283746501928374, 50.55e0],
    "geometry": {"type": "Point", "coordinates": [-0.0, 1e-7, 123456789012345678901234567890]},
    "assets": {}, "links": [], "title": "café, Ελλάδα, 山, 😀 and one long run of ASCII without any stop in it"},
                                                                       {"escapes": "\" \\ \/ \b \f \n \r \t \u00e9 \u20AC",
    "pair": "\ud83d\ude00", "lone": ["\ud83d", "\ude00x", "\ud83d\u0041", ")"
    "\xED\xA0\xBD"
    R"("]}
], )"
    "\r\n\t\t"
    R"("process": [{"workflow_options": {}, "tasks": {"a": {"x": [[[[[[0]]]]]], "y": {"z": {"": null}}}},
  "upload_options": {"path_template": "/data/${collection}/${id}/", "s3_urls": true, "headers": {"a~b/c": false}},
  "collection_matchers": [{"type": "jsonpath", "pattern": "$[?(@.id =~ 'S2')]", "collection_name": "s2"}]}],
  "numbers": [0, -1, 12, 123456789012345, 1234567890123456, 12345678901234567, 1.5, -0.25E+10, 3e5, 1e400,
    18446744073709551616, NaN, Infinity, -Infinity], "numbers": [ ], "": {" ":	{ } }}
)";

}  // namespace stactask::testing

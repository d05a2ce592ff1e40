"""Cases that the comparison with pystac has found to be hard: a name, a template, its defaults and an item's members."""

DATETIME = "2020-01-02T03:04:05Z"
PROJECTION = "https://stac-extensions.github.io/projection/v1.1.0/schema.json"
VERSION = "https://stac-extensions.github.io/version/v1.0.0/schema.json"


def found_cases():
    for name, template, defaults, members in CASES:
        item = {"type": "Feature", "stac_version": "1.0.0", "id": "X", "geometry": None, "links": [], "assets": {}}
        item["properties"] = {"datetime": DATETIME}
        item |= members
        yield name, template, defaults, {key: value for key, value in item.items() if value != "absent"}


CASES = [
    ("extensions are false", "${id}", None, {"stac_extensions": False}),
    ("extensions are a text", "${stac_extensions}", None, {"stac_extensions": "x"}),
    ("extensions are an object", "${id}", None, {"stac_extensions": {"x": 1}}),
    ("an extension is a number", "${id}", None, {"stac_extensions": [5]}),
    ("a number behind a short name of the projection extension", "${id}", None, {"stac_extensions": ["proj", 5]}),
    ("a list behind the projection extension", "${id}", None, {"stac_extensions": [PROJECTION, ["a"]]}),
    ("a number between projection and version", "${id}", None, {"stac_extensions": [PROJECTION, 5, VERSION]}),
    ("a number behind projection and version", "${id}", None, {"stac_extensions": [PROJECTION, VERSION, 5]}),
    ("an extension is declared twice", "${stac_extensions}", None, {"stac_extensions": ["eo", "eo", "commons", "commons"]}),
    ("checksums without assets", "${id}", None, {"stac_extensions": ["checksum"], "assets": "absent"}),
    ("checksums of an item and an asset", "${file:checksum}/${assets.a.extra_fields}/${stac_extensions}", None,
     {"stac_extensions": ["checksum"], "properties": {"datetime": DATETIME, "checksum:multihash": "12"},
      "assets": {"a": {"href": "a", "checksum:multihash": "34"}}}),
    ("an asset's only extra field has no name", "${assets.a.extra_fields}", None, {"assets": {"a": {"href": "a", "": 1}}}),
    ("proj:epsg of 0 goes away", "${properties}", None,
     {"stac_extensions": [PROJECTION], "properties": {"datetime": DATETIME, "proj:epsg": 0}}),
    ("proj:epsg of an asset", "${assets.a.extra_fields.proj:code}", None,
     {"stac_extensions": [PROJECTION], "assets": {"a": {"href": "a", "proj:epsg": 32631}}}),
    ("eo:epsg with nothing else of eo", "${id}", None,
     {"stac_version": "0.8.1", "stac_extensions": ["eo"], "properties": {"datetime": DATETIME, "eo:epsg": 1}}),
    ("eo:epsg with more of eo", "${proj:code} ${stac_extensions}", None,
     {"stac_version": "0.8.1", "stac_extensions": ["eo"], "properties": {"datetime": DATETIME, "eo:epsg": 1, "eo:x": 2}}),
    ("eo and view of old", "${properties} ${stac_extensions}", None,
     {"stac_version": "0.8.0", "properties": {"eo:platform": "p", "eo:instrument": "i", "eo:off_nadir": 1, "datetime": DATETIME}}),
    ("sar of old", "${properties}", None,
     {"stac_version": "0.8.0", "properties": {"sar:type": "t", "sar:polarization": "VV", "datetime": DATETIME}}),
    ("a range of old", "${properties}", None,
     {"stac_version": "0.8.0", "stac_extensions": ["dtr"], "properties": {"dtr:start_datetime": "2019", "dtr:end_datetime": "2020", "datetime": None}}),
    ("a proprietary license", "${license} ${common_metadata.license}", None,
     {"properties": {"datetime": DATETIME, "license": "proprietary"}}),
    ("a license of the latest version", "${license}", None,
     {"stac_version": "1.1.0", "properties": {"datetime": DATETIME, "license": "proprietary"}}),
    ("a version that is none", "${id}", None, {"stac_version": ""}),
    ("a version that is a number", "${id}", None, {"stac_version": 1}),
    ("no type, of old", "${id}", None, {"stac_version": "0.9.0", "type": "absent"}),
    ("the class of an empty list", "${stac_extensions.__class__.__name__}", None, {}),
    ("the class of an item", "${__class__}", None, {}),
    ("a link's href is null, and another variable is missing", "${links}${nothing}", None, {"links": [{"rel": "a", "href": None}]}),
    ("a link's href is null", "${links}", None, {"links": [{"rel": "a", "href": None}]}),
    ("a link's href is an empty object", "${links}", None, {"links": [{"rel": 5, "href": {}}]}),
    ("links are a text", "${id}", None, {"links": "x"}),
    ("a default is a list", "${nothing}", {"nothing": ["it's", 1.0, None]}, {}),
    ("a default contains a later variable", "${nothing}${id}", {"nothing": "${id}"}, {}),
    ("a default of a self link", "${self_href}", {"self_href": "x"}, {}),
    ("backslashes in an href", "${assets.a.href}", None, {"assets": {"a": {"href": "C:\\a\\\\b\\\\\\c"}}}),
]  # fmt: skip

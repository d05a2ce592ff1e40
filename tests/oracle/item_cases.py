"""STAC Items written by hand: each rule, kept and broken, in both versions. A case is a name and the item's text."""

import copy
import json

from item_fields import FIELDS, PLACES
from item_texts import TEXTS
from item_bases import VERSIONS, item, realistic_items

ABSENT = object()

POINT = {"type": "Point", "coordinates": [1, 2]}
RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
POLYGON = {"type": "Polygon", "coordinates": [RING]}
BOX = [0, 0, 1, 1]
COLLECTION_LINK = {"rel": "collection", "href": "./collection.json"}


def dump(value):
    return json.dumps(value, separators=(",", ":"))


def hand_written_cases():
    yield from ((name, dump(value)) for name, value in realistic_items())
    for version in VERSIONS:
        for name, edits in [*top_cases(), *geometry_cases(), *bbox_cases(), *tie_cases()]:
            yield f"{version} {name}", dump(edited(item(version), edits))
        for name, edits in field_cases(version):
            yield f"{version} {name}", dump(edited(item(version), edits))
    yield from TEXTS


def edited(value, edits):
    """A copy with members set, or removed if ABSENT, by paths such as `links.0.rel`."""
    value = copy.deepcopy(value)
    for path, new in edits.items():
        *way, last = path.split(".")
        place = value
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
        if isinstance(place, list):
            last = int(last)
        if new is ABSENT:
            del place[last]
        else:
            place[last] = copy.deepcopy(new)
    return value


def top_cases():
    """The members of an item, one at a time."""
    yield "item with no flaw", {}
    for name in ("type", "stac_version", "id", "geometry", "properties", "links", "assets"):
        yield f"no {name}", {name: ABSENT}
        for value in (None, 5, "", [], {}, True):
            yield f"{name} {dump(value)}", {name: value}
    for value in ("feature", "FeatureCollection", "Catalog"):
        yield f"type {value}", {"type": value}
    for value in ("1.0.0-rc.1", "0.9.0", "1.0", "1.1.0 ", "1.2.0", "v1.0.0"):
        yield f"stac_version {value}", {"stac_version": value}
    uri = "https://stac-extensions.github.io/eo/v1.1.0/schema.json"
    for name, value in {
        "one": [uri],
        "twice": [uri, uri],
        "short name": ["eo"],
        "not strings": [uri, 5],
        "null": None,
        "a string": uri,
        "nothing": [],
        "an empty string": [""],
    }.items():
        yield f"stac_extensions {name}", {"stac_extensions": value}
    yield "id is a number", {"id": 1.5}
    yield "an unknown member", {"more": {"stac_version": 5}}


def geometry_cases():
    for name, geometry in {
        "a string": "POINT (1 2)",
        "no type": {"coordinates": [1, 2]},
        "no coordinates": {"type": "Point"},
        "type null": {"type": None, "coordinates": [1, 2]},
        "type in lower case": {"type": "point", "coordinates": [1, 2]},
        "a Feature": {"type": "Feature", "geometry": POINT},
        "Point": POINT,
        "Point with height": {"type": "Point", "coordinates": [1, 2, 3]},
        "Point of four": {"type": "Point", "coordinates": [1, 2, 3, 4]},
        "Point of one": {"type": "Point", "coordinates": [1]},
        "Point of nothing": {"type": "Point", "coordinates": []},
        "Point of strings": {"type": "Point", "coordinates": ["1", "2"]},
        "Point of booleans": {"type": "Point", "coordinates": [True, False]},
        "Point with null": {"type": "Point", "coordinates": [1, None]},
        "Point with a list at its end": {"type": "Point", "coordinates": [1, 2, []]},
        "Point as object": {"type": "Point", "coordinates": {"x": 1, "y": 2}},
        "Point too deep": {"type": "Point", "coordinates": [[1, 2]]},
        "coordinates null": {"type": "Point", "coordinates": None},
        "coordinates first": {"coordinates": [1, 2], "type": "Point"},
        "MultiPoint": {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]},
        "MultiPoint of nothing": {"type": "MultiPoint", "coordinates": []},
        "MultiPoint too flat": {"type": "MultiPoint", "coordinates": [1, 2]},
        "MultiPoint with a bad one": {"type": "MultiPoint", "coordinates": [[1, 2], [3]]},
        "LineString": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]},
        "LineString of one": {"type": "LineString", "coordinates": [[1, 2]]},
        "LineString of nothing": {"type": "LineString", "coordinates": []},
        "LineString with a bad one": {"type": "LineString", "coordinates": [[1, 2], "x", [3, 4]]},
        "MultiLineString": {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]},
        "MultiLineString of nothing": {"type": "MultiLineString", "coordinates": []},
        "MultiLineString with a short one": {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], [[5, 6]]]},
        "MultiLineString too flat": {"type": "MultiLineString", "coordinates": [[1, 2], [3, 4]]},
        "Polygon": POLYGON,
        "Polygon of nothing": {"type": "Polygon", "coordinates": []},
        "Polygon with an empty ring": {"type": "Polygon", "coordinates": [[]]},
        "Polygon of three": {"type": "Polygon", "coordinates": [RING[1:]]},
        "Polygon clockwise": {"type": "Polygon", "coordinates": [RING[::-1]]},
        "Polygon with a hole": {
            "type": "Polygon",
            "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]], [[5, 2], [5, 3], [4, 2], [5, 2]]],
        },
        "Polygon that is open": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]},
        "Polygon with heights": {"type": "Polygon", "coordinates": [[[*position, 5] for position in RING]]},
        "Polygon with a bad position": {"type": "Polygon", "coordinates": [[*RING[:2], [1], *RING[2:]]]},
        "Polygon too flat": {"type": "Polygon", "coordinates": RING},
        "Polygon too deep": {"type": "Polygon", "coordinates": [[RING]]},
        "Polygon with null": {"type": "Polygon", "coordinates": [None]},
        "MultiPolygon": {"type": "MultiPolygon", "coordinates": [[RING], [RING]]},
        "MultiPolygon of nothing": {"type": "MultiPolygon", "coordinates": []},
        "MultiPolygon with an empty one": {"type": "MultiPolygon", "coordinates": [[]]},
        "MultiPolygon too flat": {"type": "MultiPolygon", "coordinates": [RING]},
        "MultiPolygon with a short ring": {"type": "MultiPolygon", "coordinates": [[RING], [RING[:2]]]},
        "GeometryCollection": {"type": "GeometryCollection", "geometries": [POINT]},
        "with a bbox": {**POINT, "bbox": BOX},
        "with a short bbox": {**POINT, "bbox": [1, 2]},
        "with a long bbox": {**POINT, "bbox": [1, 2, 3, 4, 5]},
        "with a bbox of strings": {**POINT, "bbox": ["1", "2", "3", "4"]},
        "with a bbox null": {**POINT, "bbox": None},
        "with more members": {**POINT, "crs": {"type": "name"}, "geometries": 5},
    }.items():
        yield f"geometry {name}", {"geometry": geometry, "bbox": BOX}


def bbox_cases():
    yield "geometry without bbox", {"geometry": POINT}
    for value in (BOX, [0, 0, 0, 1, 1, 1], None, [], [0, 0, 1], [0, 0, 0, 1, 1], [*BOX, 5, 6, 7], "0,0,1,1", {}):
        yield f"bbox {dump(value)}", {"geometry": POINT, "bbox": value}
        yield f"bbox {dump(value)}, geometry null", {"bbox": value}
    for value in ([0, 0, 1, "1"], [0, 0, 1, None], [0, 0, 1, True], [0, 5, 1, 1], [170, 0, -170, 1], [0, 0, 5000, 1]):
        yield f"bbox {dump(value)}", {"geometry": POINT, "bbox": value}
    yield "bbox six with strings", {"geometry": POINT, "bbox": [0, 0, 0, 1, 1, "1"]}


def tie_cases():
    """What members ask of one another."""
    start, end = "properties.start_datetime", "properties.end_datetime"
    date = "2020-01-01T00:00:00Z"
    yield "no datetime", {"properties.datetime": ABSENT}
    yield "datetime null", {"properties.datetime": None}
    yield "datetime null with a range", {"properties.datetime": None, start: date, end: date}
    yield "datetime null with half a range", {"properties.datetime": None, start: date}
    yield "no datetime with a range", {"properties.datetime": ABSENT, start: date, end: date}
    yield "datetime with a range", {start: date, end: date}
    yield "datetime with a start", {start: date}
    yield "datetime with an end", {end: date}
    yield "range with null", {"properties.datetime": None, start: None, end: date}
    yield "asset with a start", {"assets.a": {"href": "a", "start_datetime": date}}
    yield "asset with a range", {"assets.a": {"href": "a", "start_datetime": date, "end_datetime": date}}
    yield "asset with datetime null", {"assets.a": {"href": "a", "datetime": None}}
    yield "link with an end", {"links": [{"rel": "a", "href": "a", "end_datetime": date}]}
    yield "collection with link", {"collection": "c", "links": [COLLECTION_LINK]}
    yield "collection without link", {"collection": "c"}
    yield "collection null without link", {"collection": None}
    yield "link without collection", {"links": [COLLECTION_LINK]}
    for value in (None, "", 5, ["c"]):
        yield f"collection {dump(value)} with link", {"collection": value, "links": [COLLECTION_LINK]}
    yield "collection and links that are none", {"collection": "c", "links": [COLLECTION_LINK, {"rel": "root", "href": "a"}]}
    yield "collection link second", {"collection": "c", "links": [{"rel": "root", "href": "a"}, COLLECTION_LINK]}
    yield "collection link without href", {"collection": "c", "links": [{"rel": "collection"}]}
    bands = [{"name": "red"}]
    yield "bands in properties alone", {"properties.bands": bands}
    yield "bands in properties and an asset", {"properties.bands": bands, "assets.a": {"href": "a", "bands": bands}}
    yield "bands in properties, none in the asset", {"properties.bands": bands, "assets.a": {"href": "a"}}
    yield "bands in properties, an empty list in the asset", {"properties.bands": [], "assets.a": {"href": "a", "bands": []}}
    yield "bands of 5 in properties and an asset", {"properties.bands": 5, "assets.a": {"href": "a", "bands": 5}}
    yield "link self with a path", {"links": [{"rel": "self", "href": "/data/item.json"}]}
    yield "link self with a URI", {"links": [{"rel": "self", "href": "https://example.com/item.json"}]}


def field_cases(version):
    """Every member with values of every kind: all in properties, some in the other places."""
    for place, (edits, path) in PLACES.items():
        if place == "band" and version == "1.0.0":
            continue
        for name, values in FIELDS.items():
            for value in values[: {"properties": 99, "asset": 9}.get(place, 4)]:
                yield f"{place} {name} {dump(value)}", edits | {f"{path}.{name}": value}
    for value in (None, 5, "x", {}, [5], [None], [[]]):
        yield f"links {dump(value)} as a list", {"links": value}
    for value in (None, 5, "x", [], {"href": 5}, {"href": ""}, {}, {"title": "x"}):
        yield f"asset {dump(value)}", {"assets.a": value}
    for value in ({"rel": "a"}, {"href": "a"}, {"rel": "", "href": "a"}, {"rel": 5, "href": "a"}, {"rel": "a", "href": None}):
        yield f"link {dump(value)}", {"links": [value]}

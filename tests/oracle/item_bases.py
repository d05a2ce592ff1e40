"""Items to start from: the smallest, and those of the example payloads."""

import json
from pathlib import Path

VERSIONS = ("1.0.0", "1.1.0")
EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples" / "payloads"


def item(version):
    return {
        "type": "Feature",
        "stac_version": version,
        "id": "a",
        "geometry": None,
        "properties": {"datetime": "2020-01-01T00:00:00Z"},
        "links": [],
        "assets": {},
    }


def example_items():
    for path in (EXAMPLES / "sentinel-2.json", EXAMPLES / "landsat.json", EXAMPLES / "legacy.json"):
        for number, feature in enumerate(json.loads(path.read_text())["features"]):
            yield f"{path.stem} {number}", feature


def small_example(feature, version, assets=2):
    """An example with few assets, and a link for its collection."""
    small = {**feature, "stac_version": version}
    small["assets"] = dict(list(feature["assets"].items())[:assets])
    if "collection" in feature:
        small["links"] = [*feature.get("links", []), {"rel": "collection", "href": "./collection.json"}]
    return small


def realistic_items():
    for name, feature in example_items():
        yield f"example {name} as it is", {**feature, "assets": dict(list(feature["assets"].items())[:3])}
        for version in VERSIONS:
            yield f"example {name} as {version}", small_example(feature, version)

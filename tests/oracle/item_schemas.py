"""The official JSON Schemas of STAC Items, as two releases of pystac bundle them: nothing is fetched."""

import json
from pathlib import Path

from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry, Resource

SCHEMAS = "pystac/validation/jsonschemas"
VERSIONS = ("1.0.0", "1.1.0")

# Formats that `dates` looks at: rfc3339-validator's. The others (iri, iri-reference) nobody checks.
DATES = FormatChecker(["date-time"])


def load_validators(packages):
    """By version, the validators without and with a look at dates. `packages` are the folders that hold pystac, by
    version."""
    return {version: validators(Path(packages[version]) / SCHEMAS, version) for version in VERSIONS}


def validators(folder, version):
    base = f"https://schemas.stacspec.org/v{version}/item-spec/json-schema"
    files = {f"{base}/{path.name}": path for path in (folder / f"stac-spec/v{version}").glob("*.json")}
    files |= {f"https://geojson.org/schema/{path.name}": path for path in (folder / "geojson").glob("*.json")}
    schemas = {url: json.loads(path.read_text()) for url, path in files.items()}
    registry = Registry().with_resources([(url, Resource.from_contents(schema)) for url, schema in schemas.items()])
    item = schemas[f"{base}/item.json"]
    return (
        Draft7Validator(item, registry=registry),
        Draft7Validator(item, registry=registry, format_checker=DATES),
    )


def version_of(item):
    """The version that an item is judged by: another than these two is an error anyway."""
    version = item.get("stac_version") if isinstance(item, dict) else None
    return version if version in VERSIONS else VERSIONS[-1]

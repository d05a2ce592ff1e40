"""Makes templates and items for them, most of them sound, many odd and some broken, from a seed."""

import random
import re

from layout_names import (
    ASSET_ATTRIBUTES,
    DATETIME_ATTRIBUTES,
    DATETIMES,
    ITEM_ATTRIBUTES,
    METADATA,
    MIGRATED,
    PROPERTIES,
    SCHEMA_NAMES,
    SHORT_EXTENSIONS,
    VERSIONS,
)

TEXTS = ["", "x", "S2A_1", "it's", 'say "x"', "a\\b", "é", "\U0001f600", "\n", "${year}", "${id}", "a}b", "{", "\udc00"]
NUMBERS = [0, 1, -3, 10, 32631, 2**53, 2**63, 2**64, 10**30, 0.0, -0.0, 10.0, 9.5, 1e-5, 1e16, 1e15, 5e-324, 1.5e300]
HREFS = ["s3://b/x.tif", "./x.tif", "", "C:\\a\\b", "a\\\\b", "/a/b", "https://x/y.json", "it's"]
DATE_CHARACTERS = "0123456789-:TWZz+.,_ \t\x00x'\"\\"


def layout_cases(seed, count):
    """Pairs of a template with its defaults, or None, and an item."""
    for index in range(count):
        case = Case(random.Random(f"{seed}/{index}"))
        item = case.item()
        yield case.template(item), case.defaults(), item


class Case:
    def __init__(self, rng):
        self.rng = rng
        self.variables = []

    def chance(self, share):
        return self.rng.random() < share

    def pick(self, values):
        return self.rng.choice(values)

    # Templates

    def template(self, item):
        self.known = ["id", "collection_id", "datetime", "date", *item]
        if isinstance(item.get("properties"), dict):
            self.known += [*item["properties"], *("properties." + key for key in item["properties"])]
        if self.chance(0.05):
            return "".join(self.pick(["{", "}", "$", "!", ":", "[", "]", "id", ".", "r", "é"]) for _ in range(self.rng.randint(0, 12)))
        return "".join(self.piece() for _ in range(self.rng.randint(1, 4)))

    def piece(self):
        kind = self.rng.random()
        if kind < 0.1:
            return self.pick(["s3://b/", "/", "$", "{{", "}}", "${{id}}", "-", "é"])
        variable = self.variable()
        self.variables.append(variable)
        if kind < 0.9:
            return "${" + variable + "}"
        return self.pick(["{%s}", "${%s!r}", "${%s:}", "${%s:02d}", "${%s:{id}}", "$ {%s}", "${%s }", "${%s!rr}", "${%s"]) % variable

    def variable(self):
        kind = self.rng.random() if self.chance(0.5) else 1
        if kind == 1:
            return self.pick(self.known)
        if kind < 0.2:
            return self.pick(["year", "month", "day", "date", "collection", "id", "datetime", "collection.id", "year.x"])
        if kind < 0.35:
            return self.pick(ITEM_ATTRIBUTES)
        if kind < 0.55:
            return self.pick(PROPERTIES + MIGRATED)
        if kind < 0.65:
            return "common_metadata." + self.metadata()
        if kind < 0.8:
            return self.asset_path()
        if kind < 0.85:
            return "datetime." + self.pick(DATETIME_ATTRIBUTES)
        return self.walk()

    def metadata(self):
        name = self.pick([*METADATA, "nothing"])
        if name in ("start_datetime", "end_datetime", "created", "updated") and self.chance(0.4):
            name += "." + self.pick(DATETIME_ATTRIBUTES)
        if name == "object" and self.chance(0.5):
            name += ".id"
        return name

    def asset_path(self):
        path = "assets." + self.pick(["a", "b", "visual", "x.y", "", "nothing"])
        if self.chance(0.1):
            return path
        path += "." + self.pick(ASSET_ATTRIBUTES)
        if path.endswith("common_metadata"):
            path += "." + self.metadata()
        elif path.endswith("extra_fields") and self.chance(0.7):
            path += "." + self.pick(["", "a", "proj:epsg", "proj:code", "file:checksum", "href", "title"])
        elif path.endswith("owner") and self.chance(0.5):
            path += "." + self.pick(["id", "assets.a.href", "properties.a", "datetime"])
        elif path.endswith(".ext") and self.chance(0.5):
            path += ".stac_object"
        return path

    def walk(self):
        path = self.pick(["properties", "extra_fields", "geometry", "bbox", "links", "nested", "a", "b", "top", "ext", "stac_extensions", "id"])
        for _ in range(self.rng.randint(1, 3)):
            path += "." + self.pick(
                ["a", "b", "type", "0", "", "coordinates", "real", "imag", "numerator", "denominator", "__class__", "__class__.__name__",
                 "stac_object", "stac_object.id", "clone"] + self.pick([PROPERTIES, MIGRATED])
            )  # fmt: skip
        # The port knows no classes of classes, and none of their names.
        return re.sub(r"(\.__class__)+(\.__name__)?.*", r"\1\2", path)

    def defaults(self):
        if not self.chance(0.25):
            return None
        names = [*self.variables, "nothing", "year", "collection", "id"]
        return {self.pick(names): self.value(2) for _ in range(self.rng.randint(0, 4))}

    # Items

    def item(self):
        item = {
            "type": "Feature",
            "stac_version": self.pick(VERSIONS),
            "id": self.pick([*TEXTS, "S2A_1", "S2A_1", 5, None, 10.0, ["a"]]),
            "geometry": self.pick([None, {"type": "Point", "coordinates": [1.0, 2]}, self.value(3)]),
            "properties": self.properties(),
            "links": self.links(),
            "assets": self.assets(),
        }
        if self.chance(0.6):
            item["collection"] = self.pick(["sentinel-2-l2a", "", None, 7, "${id}", {"id": "c"}])
        if self.chance(0.6):
            item["stac_extensions"] = self.extensions()
            # What is no text there meets `eo:epsg` with an error of its own.
            if not all(isinstance(each, str) for each in item["stac_extensions"]):
                item["properties"].pop("eo:epsg", None)
        if self.chance(0.3):
            item["bbox"] = self.pick([None, [1, 2.0, 3, 4], self.value(2)])
        for _ in range(self.rng.randint(0, 2)):
            name = self.pick(["top", "a", "foo", "deprecated", "item_assets", *PROPERTIES])
            if name not in ("assets", "links", "type"):
                item[name] = self.value(2)
        if not isinstance(item.get("item_assets", {}), dict) or not all(isinstance(v, dict) for v in item.get("item_assets", {}).values()):
            del item["item_assets"]
        if self.chance(0.08):
            self.spoil(item)
        return item

    def spoil(self, item):
        """One fault. Of two, the port may name another one than Python, as these would be without the fault."""
        item["properties"].pop("eo:epsg", None)
        item.pop("stac_extensions", None)
        key = self.pick(["type", "stac_version", "id", "geometry", "properties", "links", "assets", "stac_extensions", "collection"])
        if self.chance(0.4):
            item.pop(key, None)
        elif key == "properties":
            item[key] = self.pick([None, 5, "x", 1.5, True, [], {}])
        elif key == "type":
            item[key] = self.pick(["Feature", None, 5, "feature", ["Feature"], "", {}])
        else:
            item[key] = self.pick([None, 5, "", 1.5, True, False, [], {}, "a", [5], [None], [["a"]], [{}], {"a": 1}, {"a": {}}, {"a": []}])
            if key == "stac_extensions" and isinstance(item[key], (str, dict)):
                item[key] = []

    def properties(self):
        properties = {}
        if self.chance(0.85):
            properties["datetime"] = self.datetime()
        if self.chance(0.3) or properties.get("datetime") is None:
            if self.chance(0.95):
                properties["start_datetime"] = self.datetime()
            if self.chance(0.95):
                properties["end_datetime"] = self.datetime()
        for name in ("created", "updated"):
            if self.chance(0.3):
                properties[name] = self.datetime()
        for _ in range(self.rng.randint(0, 6)):
            properties[self.pick(PROPERTIES + MIGRATED + METADATA[:-1])] = self.value(2)
        if "checksum:multihash" in properties:
            properties["checksum:multihash"] = "1220"
        if "providers" in properties:
            properties["providers"] = self.pick([None, [], [{"name": "x"}]])
        if self.chance(0.2):
            properties["license"] = self.pick(["various", "proprietary", "CC-BY-4.0", 5])
        if self.chance(0.3):
            properties["proj:epsg"] = self.pick([32631, None, 0, "", "EPSG:1", 4326.0, [1]])
        if self.chance(0.1):
            properties["eo:epsg"] = self.pick([32631, None, "x"])
        pairs = list(properties.items())
        self.rng.shuffle(pairs)
        return dict(pairs)

    def datetime(self):
        kind = self.rng.random()
        if kind < 0.7:
            return self.pick(DATETIMES[:21])
        if kind < 0.8:
            return self.pick(DATETIMES)
        if kind < 0.97:
            return self.mutated(self.pick(DATETIMES))
        return self.pick([None, None, 20200102, 1.5, True, [], [1, 2, 3, 4], {}, {"a": 1, "b": 2, "c": 3, "d": 4}, ["2020"]])

    def mutated(self, text):
        for _ in range(self.rng.randint(1, 3)):
            at = self.rng.randint(0, len(text))
            text = text[:at] + self.pick(["", self.pick(DATE_CHARACTERS)]) + text[at + self.rng.randint(0, 1) :]
        return text

    def extensions(self):
        def one():
            kind = self.rng.random()
            if kind < 0.65:
                version = self.pick(["1.0.0", "1.0.0", "1.0.1", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "2.0.0", "2.1.0", "2.2.0"])
                return f"https://stac-extensions.github.io/{self.pick(SCHEMA_NAMES)}/v{version}/schema.json"
            if kind < 0.98:
                return self.pick(SHORT_EXTENSIONS)
            return self.pick(["", "x", 5, None, ["a"], {}, "https://stac-extensions.github.io/projection", "https://stac-extensions.github.io/projection/"])

        return [one() for _ in range(self.rng.randint(0, 4))]

    def links(self):
        def one():
            href = self.pick(HREFS)
            if self.chance(0.3):
                # A self link is resolved and normalised.
                return {"rel": "self", "href": self.pick(["https://x/y.json", "s3://b/i.json", "/a/b.json"])}
            if self.chance(0.03):
                return self.pick([{"rel": "a"}, {"href": "a"}, {}, 5, None, [], "x"])
            return {"rel": self.pick(["root", "parent", "x", None, 5, "it's"]), "href": self.pick([href, href, href, None, 5, ["a"], {}])}

        return [one() for _ in range(self.rng.randint(0, 2))]

    def assets(self):
        def one():
            asset = {"href": self.pick(HREFS)}
            for name in ("title", "description", "type", "roles", "proj:epsg", "checksum:multihash", "a", "", "created", "start_datetime"):
                if self.chance(0.2):
                    asset[name] = self.datetime() if name in ("created", "start_datetime") else self.value(2)
            if "checksum:multihash" in asset:
                asset["checksum:multihash"] = "it's"
            if self.chance(0.03):
                asset["href"] = self.pick([None, 5, ["a"], {}])
            if self.chance(0.02):
                del asset["href"]
            return asset

        return {name: one() for name in self.rng.sample(["a", "b", "visual", "x.y", "", "it's"], self.rng.randint(0, 3))}

    def value(self, depth):
        kind = self.rng.random()
        if kind < 0.35 or depth == 0:
            return self.pick(TEXTS)
        if kind < 0.65:
            return self.pick(NUMBERS)
        if kind < 0.75:
            return self.pick([None, True, False])
        if kind < 0.85:
            return [self.value(depth - 1) for _ in range(self.rng.randint(0, 3))]
        return {self.pick(["a", "b", "type", "0", "", "it's", "href"]): self.value(depth - 1) for _ in range(self.rng.randint(0, 3))}

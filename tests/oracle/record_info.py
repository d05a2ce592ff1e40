"""Records what `stac-asset info` prints, into tests/vectors/assets-info.json.

    python tests/oracle/record_info.py

A case is an item or an item collection, as `object`, and the `rows` of the table. `{server}` stands for a server that
has `files`, each with its status. Left out are notes that we word otherwise, of files that are not there: null.
"""

import asyncio
import io
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from threading import Thread
from unittest.mock import patch

import tabulate
from stac_asset import _cli
from vector_file import write_vectors

FILES = {"/a.tif": 200, "/b.tif": 200, "/secret.tif": 403, "/gone.tif": 410}

TIFF = "image/tiff; application=geotiff"
THERE = {"href": "{server}/a.tif", "type": TIFF}
OTHER = {"href": "{server}/b.tif", "type": "image/tiff"}
MISSING = {"href": "{server}/missing.tif", "type": TIFF}
ALTERNATE = {"href": "{server}/missing.tif", "alternate": {"mirror": {"href": "{server}/b.tif"}}}
NOWHERE = {"href": "/no/such/file.tif", "type": TIFF}

# Each has the assets of its items, and the alternates that are preferred.
CASES = {
    "an asset that is there": ([{"a": THERE}], []),
    "without a media type": ([{"a": {"href": "{server}/a.tif"}}], []),
    "one that is not there": ([{"a": MISSING}], []),
    "one that is forbidden": ([{"a": {"href": "{server}/secret.tif"}}], []),
    "one that is gone": ([{"a": {"href": "{server}/gone.tif"}}], []),
    "several, by their keys": ([{"b": THERE, "a": MISSING, "c": OTHER}], []),
    "none": ([{}], []),
    "a file that is not there": ([{"a": NOWHERE}], []),
    "the alternate that is preferred": ([{"a": ALTERNATE}], ["mirror"]),
    "an alternate that is not preferred": ([{"a": ALTERNATE}], []),
    "a relative address without a self link": ([{"a": {"href": "./a.tif"}}], []),
    "items that agree": ([{"a": THERE}, {"a": THERE}], []),
    "items of which one lacks an asset": ([{"a": THERE}, {"a": THERE, "b": OTHER}], []),
    "items of which one is not there": ([{"a": THERE}, {"a": MISSING | {"href": "{server}/a.tif"}}, {"a": NOWHERE}], []),
    "items with other clients": ([{"a": NOWHERE}, {"a": MISSING}], []),
    "items with other media types": ([{"a": THERE}, {"a": OTHER}], []),
    "no items": ([], []),
}


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response(FILES.get(self.path, 404))
        self.end_headers()

    def log_message(self, *_arguments):
        pass


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    recorded = {name: version(name) for name in ("stac-asset", "pystac", "aiohttp")} | {"files": FILES}
    cases = [case(url, name, items, alternates) for name, (items, alternates) in CASES.items()]
    write_vectors("assets-info.json", recorded, cases)


def case(url, name, items, alternates):
    features = [item(f"item-{index}", assets) for index, assets in enumerate(items)]
    is_item = len(features) == 1
    stac_object = features[0] if is_item else {"type": "FeatureCollection", "features": features}
    rows = rows_of(json.dumps(stac_object).replace("{server}", url), alternates)
    return {
        "name": name,
        "object": stac_object,
        "alternateAssets": alternates,
        "rows": json.loads(json.dumps(rows).replace(url, "{server}")),
    }


def item(item_id, assets):
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "id": item_id,
        "geometry": None,
        "properties": {"datetime": "2024-01-01T00:00:00Z"},
        "links": [],
        "assets": assets,
    }


def rows_of(text, alternates):
    found = []
    tables = patch.object(tabulate, "tabulate", lambda rows, headers: found.extend(rows) or "")
    with patch.object(sys, "stdin", io.StringIO(text)), tables:
        asyncio.run(_cli.info_async(None, alternates, False, "adaptive", 10, 1, 300))
    return [row_of(*row) for row in found]


def row_of(key, client, exists, media_type, note):
    is_other = "filesystem" in note or exists == "Sometimes"
    return [key, client, str(exists), media_type or "", None if is_other else note]


if __name__ == "__main__":
    main()

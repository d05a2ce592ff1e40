"""Milliseconds that stactask takes to find an item's collection, of a payload from standard input."""

import json
import sys
import time

from stactask.utils import find_collection

payload = json.load(sys.stdin)
matchers = payload["process"][0]["collection_matchers"]
items = payload["features"][:40]
start = time.perf_counter()
names = {find_collection(matchers, item) for item in items}
elapsed = time.perf_counter() - start
assert names == {"collection-4"}, names
print(elapsed * 1000 / len(items))

"""Download an item with stac-asset: ITEM-FILE FOLDER HOW-MANY-AT-ONCE."""

import asyncio
import sys

import pystac
import stac_asset

file, folder, at_once = sys.argv[1:]
asyncio.run(
    stac_asset.download_item(
        pystac.Item.from_file(file), folder, max_concurrent_downloads=int(at_once)
    )
)

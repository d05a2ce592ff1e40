"""Records what stac-asset decides, into tests/vectors/assets-clients.json, assets-plans.json and assets-types.json.

    python tests/oracle/record_assets.py

Each case is a `call` of the chunk, its `input`, and the members that its `answer` has at least.
"""

import asyncio
import copy
from importlib.metadata import version
from pathlib import Path

import pystac
from aiohttp.helpers import parse_content_type
from assets_cases import (
    CLIENTS,
    HREFS,
    LINKS,
    NAMES,
    OVERRIDES,
    SAME_NAMES,
    SELECTED,
    SELVES,
    TYPES,
    URL_HREFS,
    asset,
    selections,
)
from stac_asset import Config, FileNameStrategy
from stac_asset._functions import Downloads, get_absolute_asset_href, make_asset_hrefs_relative
from stac_asset.client import Clients
from stac_asset.validate import content_type
from vector_file import error_of, write_vectors
from yarl import URL

ROOT = "/out/dir"
PLAN_NAMES = {
    "alternateAssets": "alternate_assets",
    "failFast": "fail_fast",
    "clientOverride": "client_override",
}


def main():
    recorded = {name: version(name) for name in ("stac-asset", "pystac", "yarl", "aiohttp")}
    write_vectors("assets-clients.json", recorded, list(client_cases()))
    write_vectors("assets-plans.json", recorded, list(plan_cases()))
    write_vectors("assets-types.json", recorded, list(type_cases()))


def client_cases():
    for href, override in [(href, None) for href in CLIENTS] + OVERRIDES:
        name = f"{href!r}, overridden by {override}" if override else repr(href)
        yield {
            "name": name,
            "call": "client",
            "input": {"href": href, "override": override},
            "answer": asyncio.run(target_of(href, override)),
        }


async def target_of(href, override=None):
    clients = Clients(Config(client_override=override, earthdata_token="token"))
    try:
        client = await clients.get_client(href)
    except ValueError as error:
        return {"error": error_of(error)}
    finally:
        await clients.close_all()
    url = URL(href)
    if client.name == "s3":
        return {"client": "s3", "bucket": url.host, "objectKey": url.path[1:]}
    if client.name == "filesystem":
        return {"client": "filesystem"} | ({"path": url.path} if url.path else {})
    return {"client": client.name}


def plan_cases():
    for self_name, self_href in SELVES.items():
        is_url = self_href.startswith(("http", "s3"))
        for href in HREFS + (URL_HREFS if is_url else []):
            yield plan(f"{self_name} has {href!r}", {"B04": asset(href)}, self_href)
        links = [{"rel": "item", "href": href} for href in LINKS]
        yield plan(f"links of {self_name}", {}, self_href, links=links)
        yield plan(f"{self_name}, not saved", {"B04": asset("./B04.tif")}, self_href, file=None)
    for href in NAMES:
        # The suffix of an address with a query has the query in it.
        for strategy in ("FILE_NAME",) if "?" in href else ("FILE_NAME", "KEY"):
            yield plan(f"{strategy} of {href!r}", {"the key": asset(href)}, config={"fileNameStrategy": strategy})
    yield plan("relative without a self link", {"B04": asset("./B04.tif")})
    yield plan("absolute without a self link", {"B04": asset("https://example.com/B04.tif")})
    links = [{"rel": "self", "href": SELVES["a url"]}, {"rel": "root", "href": "./catalog.json"}]
    yield plan("a self link", {"B04": asset("./B04.tif")}, links=links)
    yield plan("a self link, and read from elsewhere", {"B04": asset("./B04.tif")}, SELVES["a path"], links=links)
    for name, config, keeps in selections():
        yield plan(f"selection: {name}", SELECTED, config=config, keeps=keeps)
    for strategy in ("FILE_NAME", "KEY"):
        yield plan(f"the same name twice, {strategy}", SAME_NAMES, config={"fileNameStrategy": strategy})


def plan(name, assets, self_href=None, links=(), config=None, file="item.json", keeps=False):
    item = {
        "type": "Feature",
        "stac_version": "1.1.0",
        "id": "an-item",
        "geometry": None,
        "properties": {"datetime": "2024-01-01T00:00:00Z"},
        "links": list(links),
        "assets": assets,
    }
    looked_at = {key: item[key] for key in ("links", "assets")}
    entry = {"self": self_href, "root": ROOT, "file": file, "object": looked_at}
    if self_href is None:
        del entry["self"]
    return {
        "name": name,
        "call": "plan",
        "input": {"config": config or {}, "keepNonDownloaded": keeps, "objects": [entry]},
        "answer": asyncio.run(answer_of(item, self_href, file, config or {}, keeps)),
    }


async def answer_of(item, self_href, file, config, keeps):
    settings = {PLAN_NAMES.get(key, key): value for key, value in config.items()}
    strategy = settings.pop("fileNameStrategy", "FILE_NAME")
    settings = Config(file_name_strategy=FileNameStrategy[strategy], **settings)
    stac_object = pystac.Item.from_dict(copy.deepcopy(item), href=self_href, preserve_dict=False)
    old_self = stac_object.get_self_href()
    # So that it is known which links stayed.
    indices = {id(link): index for index, link in enumerate(links_in_order(item, stac_object))}
    try:
        downloads = Downloads(settings)
        await downloads.add(stac_object, Path(ROOT), file, keeps)
    except Exception as error:
        return {"error": error_of(error)}
    added = [link for link in stac_object.links if link.rel == "derived_from"]
    stayed = [link for link in stac_object.links if id(link) in indices]
    return {
        "objects": [
            {
                "self": old_self,
                "derivedFrom": added[0].target if added else None,
                "links": [[indices[id(link)], link.target] for link in stayed],
                "assets": [await asset_of(key, each, downloads, file) for key, each in stac_object.assets.items()],
            }
        ]
    }


def links_in_order(item, stac_object):
    """The links of the item in the order of its JSON: pystac adds one to itself."""
    links = [link for link in stac_object.links if link.rel != "self"]
    for index, link in enumerate(item["links"]):
        if link["rel"] == "self":
            links.insert(index, None)
    return links


async def asset_of(key, each, downloads, file):
    download = next((download for download in downloads.downloads if download.key == key), None)
    if download is None:
        return {"key": key, "selected": False, "kept": relative(each.owner, each.href, file)}
    answer = {"key": key, "selected": True, "name": str(download.path.relative_to(ROOT)), "type": each.media_type}
    answer["done"] = relative(each.owner, str(download.path), file)
    answer["kept"] = relative(each.owner, each.href, file)
    try:
        href = get_absolute_asset_href(each, downloads.config.alternate_assets)
    except Exception as error:
        return answer | {"error": error_of(error)}
    target = await target_of(href)
    # A path is taken as it stands, without decoding.
    target.pop("path", None)
    return answer | {"href": href} | target


def relative(owner, href, file):
    if not file:
        return href
    copied = owner.full_copy()
    copied.set_self_href(owner.get_self_href())
    copied.assets = {"one": pystac.Asset(href)}
    copied.assets["one"].set_owner(copied)
    return make_asset_hrefs_relative(copied).assets["one"].href


def type_cases():
    for actual in TYPES:
        for expected in TYPES[:7]:
            for client in ("http", "s3"):
                compared = parse_content_type(actual)[0] if client == "http" or not actual else actual
                try:
                    content_type(compared, expected)
                    answer = {"action": {"do": "read"}}
                except Exception as error:
                    answer = {"action": {"do": "fail", "error": error_of(error)}}
                yield {
                    "name": f"{client}: {actual!r} for {expected!r}",
                    "call": "next",
                    "input": {
                        "state": {"client": client, "type": expected, "assertType": True, "maxAttempts": 1},
                        "event": {"is": "response", "status": 200, "headers": {"content-type": actual}},
                    },
                    "answer": answer,
                }


if __name__ == "__main__":
    main()

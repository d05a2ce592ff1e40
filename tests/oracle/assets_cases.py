"""What stac-asset is asked about addresses, names, plans and media types.

Left out is what the port does otherwise on purpose: see docs/differences.md.
"""

SELVES = {
    "a url": "https://example.com/stac/items/a.json",
    "a url with a query": "https://example.com/stac/items/a.json?sig=x#y",
    "a url without a folder": "https://example.com/a.json",
    "an s3 url": "s3://bucket/stac/a.json",
    "a path": "/data/stac/items/a.json",
    "a file url": "file:///data/stac/items/a.json",
    "a path in a tar": "/vsitar//data/x.tar/stac/a.json",
}

HREFS = [
    "./B04.tif",
    "B04.tif",
    "../B04.tif",
    "../../../../B04.tif",
    "sub/./x/../B04.tif",
    "sub//B04.tif",
    "./a b.tif",
    "/abs/B04.tif",
    "https://other.org/x/B04.tif",
    "https://other.org/x/B04.tif?sig=a%2Fb#f",
    "s3://other/x/B04.tif",
    "\\\\server\\share\\B04.tif",
    "sub\\B04.tif",
    "/data/stac/B04.tif",
    "/data/stac/items/sub/B04.tif",
    "/data/stac/./items/../B04.tif",
    "https://example.com/stac/items/B04.tif",
]

# Only for URLs: of a path, the port takes ? and # as letters.
URL_HREFS = ["./B04.tif?sig=x", "B04.tif#f", "a/B04.tif?x=../y"]

LINKS = [
    "./collection.json",
    "../collection.json",
    "/collection.json",
    "https://other.org/catalog.json",
    "items/",
    "..",
]

NAMES = [
    "https://example.com/B04.tif",
    "https://example.com/a/B04.tif?sig=xy",
    "https://example.com/a%20b%2Bc.tif",
    "https://example.com/sub%2Fname.tif",
    "https://example.com/%C3%A4.tif",
    "https://example.com/%FF.tif",
    "https://example.com/archive.tar.gz",
    "https://example.com/none",
    "https://example.com/.hidden",
    "https://example.com/trailing.tif/x",
    "https://example.com/two.dots..tif",
    "https://example.com/a+b.tif",
    "https://example.com/\u00e4.tif",
    "s3://bucket/key/B04.TIF",
    "/data/B04.tif",
    "/data/B04",
]

CLIENTS = [
    "http://example.com/a",
    "https://example.com/a",
    "HTTPS://Example.com/a",
    "https://user@example.com:8443/a",
    "s3://bucket/key",
    "s3://bucket/a/b%20c.tif",
    "s3://bucket/a+b.tif",
    "s3://bucket/a.tif?versionId=1",
    "s3://bucket",
    "/data/a.tif",
    "data/a.tif",
    "./a.tif",
    "file:///data/a.tif",
    "https://account.blob.core.windows.net/container/a.tif",
    "https://ACCOUNT.Blob.Core.Windows.net/container/a.tif",
    "https://data.earthdata.nasa.gov/a.tif",
    "https://data.lpdaac.earthdatacloud.nasa.gov/a.tif",
    "http://data.earthdata.nasa.gov/a.tif",
    "ftp://example.com/a.tif",
    "gs://bucket/a.tif",
    "//example.com/a.tif",
    "https://example.com/earthdata/a.tif",
    "",
]

OVERRIDES = [
    ("https://example.com/a.tif", "http"),
    ("https://data.earthdata.nasa.gov/a.tif", "http"),
    ("https://bucket/a/b.tif", "s3"),
    ("https://example.com/a.tif", "planetary-computer"),
    ("https://example.com/a.tif", "earthdata"),
    ("/data/a.tif", "filesystem"),
    ("https://example.com/a.tif", "ftp"),
    ("/data/a.tif", "http"),
]

TYPES = [
    "image/tiff",
    "image/tiff; application=geotiff",
    "image/tiff; application=geotiff; profile=cloud-optimized",
    "text/xml",
    "application/xml",
    "application/json",
    "application/geo+json",
    "IMAGE/TIFF",
    "text/html; charset=utf-8",
    "application/octet-stream",
    "binary/octet-stream",
    "",
    "nonsense",
    "a/b/c",
    " image/tiff ; q=1",
]


def asset(href, **more):
    return {"href": href} | more


def selections():
    """Names of cases, configs, and whether what is not selected is kept."""
    yield "all", {}, False
    yield "included", {"include": ["b"]}, False
    yield "excluded", {"exclude": ["b"]}, False
    yield "included, keeping the others", {"include": ["b"]}, True
    yield "unknown keys", {"include": ["z", "a"]}, False
    yield "all are excluded", {"exclude": ["a", "b", "c"]}, False
    yield "the second alternate that is asked for", {"alternateAssets": ["x", "s3"]}, False
    yield "an alternate without href", {"alternateAssets": ["broken"]}, False
    yield "an alternate that is a text", {"alternateAssets": ["text"]}, False
    yield "an alternate whose href is a number", {"alternateAssets": ["number"]}, False
    yield "warn and fail fast", {"warn": True, "failFast": True}, False


SELECTED = {
    "a": asset("https://example.com/a.tif", type="image/tiff"),
    "b": asset(
        "https://example.com/b.tif",
        alternate={
            "s3": {"href": "s3://bucket/b.tif"},
            "broken": {"title": "it's", "n": [1, 2.5, None, True]},
            "text": "s3://bucket/b.tif",
            "number": {"href": 5},
        },
    ),
    "c": asset("https://example.com/c"),
}

SAME_NAMES = {
    "a": asset("https://example.com/a.tif"),
    "b": asset("https://example.com/sub/a.tif"),
}

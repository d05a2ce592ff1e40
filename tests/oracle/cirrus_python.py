"""The real cirrus-geo, as far as payloads go: events, ids, validation, chains, sizes.

Only `stactask/payload.py` is taken of stactask, since the rest of the package pulls in all of its clients. Nothing is
read from S3: what an address stands for comes from STORE.
"""

import importlib.util
import json
import os
import sys
import types

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
stactask = types.ModuleType("stactask")
stactask.__path__ = list(importlib.util.find_spec("stactask").submodule_search_locations)
sys.modules["stactask"] = stactask

from cirrus.lib import cirrus_payload, payload_manager  # noqa: E402
from cirrus.lib.errors import NoUrlError  # noqa: E402
from vector_file import error_of  # noqa: E402

CirrusPayload = cirrus_payload.CirrusPayload

STORED = {"id": "s/workflow-w/i", "process": [{"workflow": "w"}]}


def stored(record):
    try:
        url = record["url"]
    except KeyError as error:
        raise NoUrlError() from error
    if not isinstance(url, str):
        url.startswith("s3://")
    return STORED


cirrus_payload.payload_from_s3 = stored


def outcome(call):
    try:
        return {"json": json.dumps(call())}
    except Exception as error:  # noqa: BLE001
        return {"error": error_of(error)}


def validated(payload):
    return CirrusPayload(payload).validate()


def set_id(payload):
    made = CirrusPayload(payload)
    made.set_id()
    return made["id"]


def length(payload):
    return payload_manager.PayloadManager.calculate_payload_length(types.SimpleNamespace(payload=payload))


def next_payloads(payload):
    return list(payload_manager.PayloadManager(payload).next_payloads())

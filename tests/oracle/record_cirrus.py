"""Records what cirrus-geo does with payloads and events, into tests/vectors/cirrus.json.

    python tests/oracle/record_cirrus.py    with Python 3.12: cirrus-geo 2.0.0 needs it

A case's `text` is that of an event where its kind is `event`, otherwise that of a payload. `json` is the answer as
`json.dumps` writes it, or `error` what Python raises.
"""

import json
import platform
from importlib.metadata import version

from cirrus_cases import chains, events, ids, random_texts
from cirrus_python import CirrusPayload, length, next_payloads, outcome, set_id, validated
from vector_file import write_vectors

SEED = 120_000
GENERATED = 200


def main():
    kinds = {
        "id": (ids(), set_id),
        "validation": ([*chains(), *((f"id {name}", value) for name, value in ids())], validated),
        "chain": (chains(), next_payloads),
        "event": (events(), CirrusPayload.from_event),
        "size": ([*chains(), *events()], length),
    }
    cases = []
    for kind, (written, call) in kinds.items():
        for name, value in written:
            cases.append(record(f"{kind}: {name}", kind, json.dumps(value), call))
    for index, text in enumerate(random_texts(SEED, GENERATED)):
        cases.append(record(f"size: random {index}", "size", text, length))
    names = ("cirrus-geo", "stactask", "jsonpath-ng")
    recorded = {"python": platform.python_version(), **{name: version(name) for name in names}, "seed": SEED}
    write_vectors("cirrus.json", recorded, cases)


def record(name, kind, text, call):
    return {"name": name, "kind": kind, "text": text, **outcome(lambda: call(json.loads(text)))}


if __name__ == "__main__":
    main()

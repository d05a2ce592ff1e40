"""Records what Python's stactask.Payload says of many payloads, into tests/vectors/payloads.json."""

import json
import platform
import warnings
from importlib.metadata import version

from payload_edges import edge_cases
from payload_generator import generated_cases
from payload_names import name_cases
from stactask.payload import Payload
from vector_file import error_of, write_vectors

SEED = 179
GENERATED = 480

ACCESSORS = [
    "process_definition",
    "workflow_options",
    "task_options_dict",
    "upload_options",
    "collection_mapping",
    "collection_matchers",
    "collection_options",
    "items_as_dicts",
]

# Names that a JavaScript object has without being asked.
TRICKY_NAMES = ["__proto__", "constructor", ""]


def main():
    cases = [*edge_cases(), *name_cases(), *generated_cases(SEED, GENERATED)]
    recorded = {"python": platform.python_version(), "stactask": version("stactask"), "seed": SEED}
    write_vectors("payloads.json", recorded, [record(name, text) for name, text in cases])


def record(name, text):
    value = json.loads(text)
    error, warning_texts = validate(value)
    return {
        "name": name,
        "text": text,
        "error": error,
        "warnings": warning_texts,
        "accessors": record_accessors(value),
    }


def validate(value):
    """What `Payload(value).validate()` raises and the distinct warnings it gives before that."""
    error = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            Payload(value).validate()
        except Exception as exception:
            error = error_of(exception)
    return error, list(dict.fromkeys(str(warning.message) for warning in caught))


def record_accessors(value):
    """Each accessor on its own, or None where no payload can be made from the root."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            payload = Payload(value)
        except Exception:
            return None
        accessors = {name: outcome(lambda: getattr(payload, name)) for name in ACCESSORS}
        add_task_entries(payload, accessors["task_options_dict"])
        accessors["calls"] = record_calls(payload)
        return accessors


def outcome(read):
    try:
        return {"json": json.dumps(read())}
    except Exception as exception:
        return {"error": error_of(exception)}


def add_task_entries(payload, recorded):
    """Task names need not be strings; json.dumps hides that, so keys stand on their own too."""
    if "json" in recorded:
        options = payload.task_options_dict.items()
        recorded["entries"] = [[json.dumps(name), json.dumps(value)] for name, value in options]


def record_calls(payload):
    names = names_to_ask_for(payload)
    return [
        *(call(payload, "get_collection_options", name) for name in names),
        *(call(payload, "get_collection_upload_options", name) for name in [*names, None]),
    ]


def names_to_ask_for(payload):
    """The first names in collection_options, an absent one and, where there are any options, tricky ones."""
    try:
        present = payload.collection_options
    except Exception:
        return ["absent"]
    tricky = TRICKY_NAMES if "collection_options" in payload.process_definition else []
    return list(dict.fromkeys([*list(present)[:3], "absent", *tricky]))


def call(payload, method, argument):
    result = outcome(lambda: getattr(payload, method)(argument))
    return {"method": method, "argument": argument, **result}


if __name__ == "__main__":
    main()

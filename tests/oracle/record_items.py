"""Records what the official JSON Schemas say of many STAC Items, into tests/vectors/items.json.

    python tests/oracle/record_items.py FOLDER    with pystac 1.11.0, whose schemas are those of STAC 1.0.0, in it
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import pystac
from item_cases import hand_written_cases
from item_generator import generated_cases
from item_schemas import load_validators, version_of
from vector_file import write_vectors

SEED = 179
GENERATED = 120


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    here = Path(pystac.__file__).parent.parent
    validators = load_validators({"1.0.0": sys.argv[1], "1.1.0": here})
    cases = [*hand_written_cases(), *generated_cases(SEED, GENERATED)]
    recorded = {name: version(name) for name in ("pystac", "jsonschema", "rfc3339-validator")} | {"seed": SEED}
    write_vectors("items.json", recorded, [record(validators, name, text) for name, text in cases])


def record(validators, name, text):
    item = json.loads(text)
    schema, dates = validators[version_of(item)]
    return {"name": name, "text": text, "schema": schema.is_valid(item), "dates": dates.is_valid(item)}


if __name__ == "__main__":
    main()

"""Records what pystac makes of templates and items that are hard, into tests/vectors/layout-found.json.

    python tests/oracle/record_layout.py
"""

import json
from importlib.metadata import version

from layout_found import found_cases
from layout_generator import layout_cases
from layout_python import ask_pystac
from vector_file import write_vectors

SEED = 179
GENERATED = 220


def main():
    cases = [record(*case) for case in found_cases()]
    generated = enumerate(layout_cases(SEED, GENERATED))
    cases += [record(f"generated {index}", *case) for index, case in generated]
    recorded = {name: version(name) for name in ("pystac", "python-dateutil")} | {"seed": SEED}
    write_vectors("layout-found.json", recorded, cases)


def record(name, template, defaults, item):
    answer = ask_pystac(template, defaults, item)
    # As texts, which keep 10.0 apart from 10 everywhere.
    case = {"name": name, "template": template, "item": json.dumps(item)}
    if defaults:
        case["defaults"] = json.dumps(defaults)
    if "text" in answer:
        return case | {"result": answer["text"]}
    return case | {"error": "{type}: {message}".format(**answer["error"])}


if __name__ == "__main__":
    main()

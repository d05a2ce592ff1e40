"""Records what `fix` makes of payloads into tests/vectors/fixes.json, where Python shows that it is right.

    python tests/oracle/record_fixes.py
"""

import json
import platform
from importlib.metadata import version

from check_fixes import MADE_ITEMS, Meaning, apply_fixes, check_all, example_cases
from fix_edges import fix_edges
from fix_payloads import fix_cases
from vector_file import write_vectors

SEED = 42
GENERATED = 1500
KEPT = 50
LONGEST = 4000


def main():
    cases = [*fix_edges(), *short(example_cases()), *telling(fix_cases(SEED, GENERATED))]
    results = apply_fixes([text for _, text, _ in cases])
    right = []
    for (name, text, clean), result in zip(cases, results, strict=True):
        wrong = {kind for kind, _, _ in check_all(text, clean, result)}
        if wrong:
            print(f"left out: {name}: {', '.join(sorted(wrong))}")
        else:
            right.append(record(name, text, clean, result))
    recorded = {"python": platform.python_version(), "stactask": version("stactask"), "seed": SEED, "items": MADE_ITEMS}
    write_vectors("fixes.json", recorded, right)


def short(cases):
    return [case for case in cases if len(case[1]) <= LONGEST]


def telling(cases):
    """Of the generated cases the shortest for each manner of writing and each set of fixes."""
    results = apply_fixes([text for _, text, _ in cases])
    chosen = {}
    for case, result in zip(cases, results, strict=True):
        name, text, _ = case
        kind = (name.split(": ", 1)[1], frozenset(result["applied"]))
        if result["applied"] and (kind not in chosen or len(text) < len(chosen[kind][1])):
            chosen[kind] = case
    # Many fixes in one payload tell more than one.
    return sorted(chosen.values(), key=lambda case: case[0])[:: max(1, len(chosen) // KEPT)][:KEPT]


def record(name, text, clean, result):
    case = {"name": name, "before": text, "after": result["text"], "applied": result["applied"]}
    before = Meaning(clean)
    if "upload-collections" in result["applied"] and before.payload is not None:
        # In Python's order, with the collection of each item in `recorded.items`.
        case["mapping"] = [[key, value] for key, value in before.answers["collection_mapping",][1].items()]
        outcomes = before.collections[-len(MADE_ITEMS) :]
        case["collections"] = [value if kind == "value" else {"error": value} for _, (kind, value) in outcomes]
    return case


if __name__ == "__main__":
    main()

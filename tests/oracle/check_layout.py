"""Compares path templates with the real pystac.

    python tests/oracle/check_layout.py [COUNT [SEED]]

Needs the native build. Fills COUNT generated templates (20,000 unless told) with items, prints the differences, by kind
and with the shortest case of each, and fails when there is any.
"""

import json
import re
import sys
from collections import Counter

from layout_generator import layout_cases
from layout_python import ask_pystac
from native_oracle import NativeOracle

SEED = 179
GENERATED = 20000


def main():
    count, seed = [*map(int, sys.argv[1:]), *[GENERATED, SEED][len(sys.argv) - 1 :]]
    kinds, shortest, outcomes = Counter(), {}, Counter()
    with NativeOracle("layout") as core:
        for template, defaults, item in layout_cases(seed, count):
            expected = ask_pystac(template, defaults, item)
            answer = core.ask({"template": template, "defaults": defaults or {}, "item": item})
            outcomes[expected.get("error", {}).get("type", "text")] += 1
            if answer == expected:
                continue
            kind = f"{shape(expected)}  but  {shape(answer)}"
            kinds[kind] += 1
            case = json.dumps([template, defaults, item])
            if kind not in shortest or len(case) < len(shortest[kind][0]):
                shortest[kind] = (case, expected, answer)
    for kind, number in kinds.most_common():
        print(f"{number} × {kind}", *map(str, shortest[kind]), sep="\n    ")
    print(f"{count} cases of seed {seed}, {sum(kinds.values())} differences; Python's answers: {dict(outcomes.most_common())}")
    sys.exit(1 if kinds else 0)


def shape(answer):
    """An answer without what differs from case to case."""
    if "text" in answer:
        return "text"
    message = answer["error"]["message"]
    return answer["error"]["type"] + ": " + re.sub(r"property .*|id = .*\)|b['\"].*|\d+", "…", message, flags=re.DOTALL)[:90]


if __name__ == "__main__":
    main()

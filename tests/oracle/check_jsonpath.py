"""Shows that the core's JSONPath is jsonpath-ng's, by asking both.

    python tests/oracle/check_jsonpath.py [COUNT [SEED]]

Compares syntax trees or errors, what is found, and stac-task's match of COUNT random expressions and documents
(100,000 unless told), prints the shortest that differ, and fails when there are any. A match over what reads_of leaves
of an item has to be that over the item, too. Needs build/native/tests/native/oracle/stactask_oracle.
"""

import random
import sys
import warnings
from collections import Counter

from jsonpath_generator import Generator
from jsonpath_python import answers
from native_oracle import NativeOracle

SEED = 311
COUNT = 100_000
SHOWN = 12


def main():
    count, seed = [*map(int, sys.argv[1:]), *[COUNT, SEED][len(sys.argv) - 1 :]]
    warnings.simplefilter("ignore")
    tally = Counter()
    wrong = []
    with NativeOracle("jsonpath") as native:
        for expression, document in cases(count, seed):
            theirs = answers(expression, document)
            ours = native.ask({"expression": expression, "document": document})
            tally[kind_of(theirs)] += 1
            part = first_difference(ours, theirs)
            if part:
                wrong.append((expression, document, part, ours[part], theirs[part]))
    print(", ".join(f"{number} {kind}" for kind, number in tally.most_common()))
    wrong.sort(key=lambda entry: len(entry[0]))
    for expression, document, part, mine, python in wrong[:SHOWN]:
        print(f"\n{part}: {expression!a} over {document!a}\n  core:   {mine!a}\n  Python: {python!a}")
    print(f"\n{len(wrong)} of {count} differ")
    sys.exit(1 if wrong else 0)


def cases(count, seed):
    generator = Generator(random.Random(seed))
    return ((generator.expression(), generator.document()) for _ in range(count))


def first_difference(ours, theirs):
    """The part of the answers that differs for no reason, or None."""
    for part in theirs:
        if ours[part] != theirs[part] and not is_limit(ours[part], theirs[part]):
            return part
    return None


def is_limit(ours, theirs):
    """Whether it is about limits: ours, or those of Python's stack and memory."""
    return ours.startswith(("BudgetError", "RegexBudgetError")) or (
        ours.startswith("RecursionError") and theirs.startswith("RecursionError")
    )


def kind_of(answer):
    for part in ("tree", "found"):
        if not answer[part].startswith("["):
            return answer[part].partition(":")[0]
    return "found something" if answer["found"] != "[]" else "found nothing"


if __name__ == "__main__":
    main()

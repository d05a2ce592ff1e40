"""Records what the real jsonpath-ng 1.8.0 says of hand-written and random cases, into tests/vectors/jsonpath-found.json.

    python tests/oracle/record_jsonpath.py

Filters do not change the document that they are asked about (jsonpath_python.py), and `=` is written as `==` in trees.
"""

import json
from collections import Counter
from importlib.metadata import version

from check_jsonpath import cases, kind_of
from jsonpath_python import answers
from vector_file import write_vectors

SEED = 1108
GENERATED = 40_000
# Of each kind of outcome.
KEPT = 45

# What was once wrong here, or could be.
HAND_WRITTEN = [
    ("a replacement is read before the value is looked at", "$.`sub(/a/, \\\\2)`", {}),
    ("a bad replacement, and a text", "$.a.`sub(/a/, \\\\2)`", {"a": "b"}),
    ("None in the place of a datum", "$.`parent`", {}),
    ("None has a root", "$.`parent`.$", {}),
    ("None is text", "$.`parent`.`str()`", {}),
    ("None below", "$.`parent`..a", {}),
    ("sorted stands alone", "$.a.`sorted`", {"a": 1}),
    ("sorted and more", "$.a.`sorted` | $.a", {"a": 1}),
    ("more and sorted", "($.a) | `sorted`", {"a": 1}),
    ("two that stand alone", "$.a where `sorted`", {"a": 1}),
    ("sorted of the document itself", "`sorted`", [1]),
    ("sorted below", "$..`sorted`", [[2, 1], [{}]]),
    ("keys in no order", "$[/a]", [{"a": 2}, {}, {"a": 1}, {"b": 0}, {"a": 0}]),
    ("a separator of space", "$.`split( , 0, 1)`", "a b"),
    ("a separator of a line break and space", "$.`split( \n, 1, 1)`", "a b"),
    ("a separator with a comma", "$.`split(',', 1, 1)`", "a,b"),
    ("a separator of a comma, bare", "$.`split(,, 1, 1)`", "a,b"),
    ("a quote that does not end", "$.`split('a, 1, 1)`", "x'ay"),
    ("a replacement in the next line", "$.`sub(/a/, \n b)`", "a"),
    ("digits of other scripts", "$[?(@ == ٣.٥)]", [3.5, "٣.٥"]),
    ("a line break before a direction", "$[\n/a]", [{"a": 2}, {"a": 1}]),
    ("a carriage return", "$.a\r", {}),
    ("a column behind a line break", "$.a\n  #", {}),
    ("a number too long", "$[" + "1" * 4301 + "]", []),
    ("a text of a number too long", "$[?(@ == 1)]", ["1" * 4301, "0" * 4299 + "1"]),
    ("a separator of ASCII is no space", "$[?(@ == 5)]", ["\x1c5", "\u00a05", "\x0b5"]),
    ("an index too low", "$[-99999999999999999999]", [1]),
    ("an index too low for an object", "$[-99999999999999999999]", {"a": 1}),
    ("a slice of what is no list", "$.a[1:]", {"a": "text"}),
    ("the same object is equal to itself", "$.`sorted`", [[float("nan")], [float("nan")]]),
    ("a path ends with a line break", "$.*.`path`", {"a\n": 1, "a\n\n": 2, "a b": 3}),
    ("a path of a negative index", "$[-1].`path`", [1]),
    ("a name that is an operand", "$ + a", "x"),
    ("a number that is a name", "$.5", {"5": 1}),
    ("a number and a path", "1 + 2 . b", {}),
    ("a number and a path behind it", "1 + 2 + 3 . b [0]", {}),
]


def main():
    recorded = {"jsonpath-ng": version("jsonpath-ng"), "seed": SEED}
    chosen = [record(*case) for case in HAND_WRITTEN]
    kinds = Counter()
    for number, (expression, document) in enumerate(cases(GENERATED, SEED)):
        if len(expression) > 120 or len(json.dumps(document)) > 250:
            continue
        answer = record(f"random {number}", expression, document)
        if any(answer[part].startswith(("MemoryError", "RecursionError")) for part in ("found", "matched")):
            continue
        kinds[kind_of(answer)] += 1
        if kinds[kind_of(answer)] <= KEPT:
            chosen.append(answer)
    write_vectors("jsonpath-found.json", recorded, chosen)


def record(name, expression, document):
    answer = answers(expression, document)
    del answer["pruned"]
    return {"name": name, "expression": expression, "document": json.dumps(document)} | answer


if __name__ == "__main__":
    main()

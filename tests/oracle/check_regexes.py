"""Shows that the core's regular expressions are Python's, by asking both.

    python tests/oracle/check_regexes.py [COUNT [SEED]]

Compares errors, the spans of all groups and re.sub of COUNT random cases (100,000 unless told), prints the shortest
cases that differ, and fails when there are any. Needs build/native/tests/native/oracle/stactask_oracle.
"""

import random
import signal
import sys
import warnings

from native_oracle import NativeOracle
from regex_generator import Generator
from regex_python import Slow, answer_of

SEED = 311
COUNT = 100_000
SHOWN = 12
# What Python may take for one case. It looks at signals while it matches.
PYTHON_SECONDS = 0.5


def main():
    count, seed = [*map(int, sys.argv[1:]), *[COUNT, SEED][len(sys.argv) - 1 :]]
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, Slow.raise_it)
    generator = Generator(random.Random(seed))
    tally = {"error": 0, "match": 0, "no match": 0, "sub": 0, "slow for Python": 0, "too much for Python": 0, "out of budget": 0}
    wrong = []
    with NativeOracle("regex") as native:
        for _ in range(count):
            case = generator.case()
            ours = native.ask(dict(zip(("pattern", "text", "replacement"), case)))
            try:
                theirs = answer_of(*case, seconds=PYTHON_SECONDS)
            except Slow:
                tally["slow for Python"] += 1
                continue
            except SystemError:
                tally["too much for Python"] += 1  # a bug in its engine: "The span of capturing group is wrong"
                continue
            difference = compare(ours, theirs, case, tally)
            if difference:
                wrong.append((case, *difference))
    print(", ".join(f"{number} {kind}" for kind, number in tally.items()))
    wrong.sort(key=lambda entry: len(entry[0][0]) + len(entry[0][1]))
    for case, what, mine, python in wrong[:SHOWN]:
        print(f"\n{what}: re.compile({ascii(case[0])}), {ascii(case[1])}, {ascii(case[2])}\n  core:   {mine!a}\n  Python: {python!a}")
    print(f"\n{len(wrong)} of {count} differ")
    sys.exit(1 if wrong else 0)


def compare(ours, theirs, case, tally):
    """None, or what differs, with both answers."""
    if "error" in theirs or "error" in ours:
        tally["error"] += 1
        mine, python = error_of(ours), error_of(theirs)
        return None if is_about_letters(case[0], python) else differs("error", mine, python)
    if ours["search"] == "out of budget" or ours["sub"].get("text") == "out of budget":
        tally["out of budget"] += 1
        return None
    tally["match" if theirs["search"] else "no match"] += 1
    spans = in_code_points(ours["search"], case[1])
    if spans != theirs["search"]:
        return "search", spans, theirs["search"]
    tally["sub"] += 1
    return differs("sub", error_of(ours["sub"]) or ours["sub"]["text"], error_of(theirs["sub"]) or theirs["sub"]["text"])


def differs(what, mine, python):
    return None if mine == python else (what, mine, python)


def error_of(answer):
    error = answer.get("error")
    if error and "character name" in error["message"]:
        # The core has no names of characters.
        return {"type": error["type"], "message": error["message"].replace("undefined", "unsupported")}
    return error and {"type": error["type"], "message": error["message"]}


def is_about_letters(pattern, python):
    """Whether Python refuses a flag or a name for a character beyond ASCII that is no letter, but a word's. The core
    has no table of letters alone."""
    is_known = any(c.isnumeric() and not c.isalpha() or c.isalnum() != f"a{c}".isidentifier() for c in pattern)
    return python and is_known and ("missing " in python["message"] or "group name" in python["message"])


def in_code_points(groups, text):
    if groups is None:
        return None
    encoded = text.encode("utf-8", "surrogatepass")
    return [span and [len(encoded[:at].decode("utf-8", "surrogatepass")) for at in span] for span in groups]


if __name__ == "__main__":
    main()

"""Writes tests/vectors/regexes.json: what Python's re finds, replaces and refuses.

    python tests/oracle/record_regexes.py
"""

import random
import signal
import sys
import unicodedata
import warnings

from regex_edges import regex_edges
from regex_generator import Generator
from regex_python import Slow, answer_of
from vector_file import write_vectors

SEED = 2022
GENERATED = 1200


def main():
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, Slow.raise_it)
    cases = []
    for number, (section, pattern, text, replacement) in enumerate(regex_edges()):
        cases.append(case_of(f"{section} {number}", pattern, text, replacement))
    generator = Generator(random.Random(SEED))
    while len(cases) < number + GENERATED:
        try:
            case = case_of(f"generated {len(cases)}", *generator.case())
        except SystemError:
            continue  # a bug in Python's own engine
        if is_telling(case):
            cases.append(case)
    recorded = {"python": sys.version.split()[0], "unicode": unicodedata.unidata_version}
    write_vectors("regexes.json", recorded, cases)


def case_of(name, pattern, text, replacement):
    case = {"name": name, "pattern": pattern, "text": text}
    answer = answer_of(pattern, text, "" if replacement is None else replacement, seconds=10)
    if "error" in answer:
        return case | {"error": answer["error"]}
    case["groups"] = answer["search"]
    if replacement is not None:
        case |= {"replacement": replacement, "sub": answer["sub"]}
    return case


def is_telling(case):
    """Most of the generated cases find nothing much."""
    if "character name" in str(case):
        return False
    return "error" in case or (case["groups"] is not None and case["groups"][0][1] > 1 and len(case["groups"]) > 1)


if __name__ == "__main__":
    main()

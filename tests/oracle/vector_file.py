"""Writes vector files: one case on each line and ASCII only, so that a diff shows which cases changed."""

import json
from pathlib import Path

VECTORS = Path(__file__).resolve().parent.parent / "vectors"


def write_vectors(file_name, recorded, cases):
    """Write `cases` to tests/vectors/`file_name` and say how many there are."""
    refuse_repeated_names(cases)
    lines = ",\n".join("    " + json.dumps(case, allow_nan=False) for case in cases)
    text = '{\n  "recorded": %s,\n  "cases": [\n%s\n  ]\n}\n' % (json.dumps(recorded), lines)
    # Bytes, because text mode would write CRLF on Windows and change the file.
    (VECTORS / file_name).write_bytes(text.encode("ascii"))
    print(f"{file_name}: {len(cases)} cases, {len(text)} bytes")


def refuse_repeated_names(cases):
    """A failing test names its case, so two cases must not share a name."""
    seen = set()
    for case in cases:
        if case["name"] in seen:
            raise ValueError(f"two cases are named {case['name']!r}")
        seen.add(case["name"])


def error_of(exception):
    return {"type": type(exception).__name__, "message": str(exception)}

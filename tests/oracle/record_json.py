"""Records what Python's json.loads says of many texts and bytes, into tests/vectors/json-text.json."""

import json
import json.scanner
import platform

from json_bytes import byte_cases
from json_numbers import number_cases
from json_texts import text_cases
from vector_file import error_of, write_vectors

SEED = 8259
LONGEST_REPR = 299


def main():
    # The pure Python scanner words and places some errors differently.
    if json.scanner.c_make_scanner is None:
        raise SystemExit("this Python has no compiled json scanner")
    cases = [*text_cases(), *number_cases(SEED), *byte_cases()]
    recorded = {"python": platform.python_version(), "seed": SEED}
    write_vectors("json-text.json", recorded, [record(name, source) for name, source in cases])


def record(name, source):
    case = {"name": name, **written(source)}
    try:
        value = json.loads(source)
    except Exception as exception:
        case["error"] = placed_error_of(exception)
        value = None
    else:
        case["error"] = None
        add_repr(case, value)
    if keeps_a_pair_apart(source, value):
        case["split_surrogate_pair"] = True
    return case


def written(source):
    if isinstance(source, bytes):
        return {"hex": source.hex()}
    if holds_split_pair(source):
        raise ValueError(f"a vector file cannot hold {source!r}: a reader would join the surrogates")
    return {"text": source}


def placed_error_of(exception):
    """An error and its place; Unicode errors count bytes and know no line, other errors have no place."""
    position = getattr(exception, "pos", getattr(exception, "start", None))
    return {
        **error_of(exception),
        "pos": position,
        "lineno": getattr(exception, "lineno", None),
        "colno": getattr(exception, "colno", None),
    }


def add_repr(case, value):
    printed = repr(value)
    if len(printed) <= LONGEST_REPR:
        case["repr"] = printed


def keeps_a_pair_apart(source, value):
    """Whether Python holds a high and a low surrogate as two characters where UTF-16 knows only one."""
    text = source if isinstance(source, str) else decoded(source)
    return holds_split_pair(text) or holds_split_pair(json.dumps(value, ensure_ascii=False))


def decoded(source):
    try:
        return source.decode(json.detect_encoding(source), "surrogatepass")
    except UnicodeDecodeError:
        return ""


def holds_split_pair(text):
    return any("\ud800" <= one <= "\udbff" and "\udc00" <= two <= "\udfff" for one, two in zip(text, text[1:]))


if __name__ == "__main__":
    main()

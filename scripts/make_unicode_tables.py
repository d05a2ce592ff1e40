"""Writes src/json/unprintable_table.hpp and src/regex/unicode_tables.hpp from the Unicode data of the Python
that runs it.

Run with Python 3.11 (Unicode 14.0), whose answers the project follows:
    python3.11 scripts/make_unicode_tables.py
"""

import sys
import unicodedata
from pathlib import Path
from re._casefix import _EXTRA_CASES

import _sre


def runs(matches):
    """The ranges [start, end) of code points for which `matches` holds."""
    found, start = [], None
    for code_point in range(0x110000):
        if matches(chr(code_point)):
            start = code_point if start is None else start
        elif start is not None:
            found.append((start, code_point))
            start = None
    if start is not None:
        found.append((start, 0x110000))
    return found


def varint(number):
    out = []
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return out + [number]


def encode(ranges):
    """Gap and length of each range, as little-endian base-128 numbers."""
    out, last = [], 0
    for start, end in ranges:
        out += varint(start - last) + varint(end - start)
        last = end
    return out


def encode_lower():
    """Runs of characters at a distance of 1 or 2 whose lower case is equally far away: gap to the run before, count * 2
    plus 1 for a distance of 2, and the way to the lower case, its sign in the lowest bit."""
    shifts = [(c, _sre.unicode_tolower(c) - c) for c in range(0x110000) if _sre.unicode_tolower(c) != c]
    out, last, at = [], 0, 0
    while at < len(shifts):
        count, distance = max((run_length(shifts, at, distance), -distance) for distance in (1, 2))
        start, shift = shifts[at]
        out += varint(start - last)
        out += varint(count * 2 + (-distance - 1))
        out += varint(abs(shift) * 2 + (shift < 0))
        last = start
        at += count
    return out


def run_length(shifts, at, distance):
    count = 1
    while at + count < len(shifts) and shifts[at + count] == (shifts[at][0] + count * distance, shifts[at][1]):
        count += 1
    return count


def extra_cases():
    """Lower-case characters that match each other because they have the same upper case, each class ended by a 0."""
    classes = sorted({tuple(sorted({key, *others})) for key, others in _EXTRA_CASES.items()})
    return [number for members in classes for number in (*members, 0)]


def check_classes():
    """What the compiler of patterns relies on."""
    for c in range(0x110000):
        lower = _sre.unicode_tolower(c)
        assert _sre.unicode_tolower(lower) == lower
        for of_class in (str.isalnum, str.isdecimal, str.isspace):
            assert of_class(chr(c)) == of_class(chr(lower))
    for start, end in runs(str.isdecimal):
        assert [int(chr(c)) for c in range(start, end)] == [i % 10 for i in range(end - start)]


def write_array(kind, name, comment, numbers):
    lines = [", ".join(map(str, numbers[i : i + 24])) for i in range(0, len(numbers), 24)]
    body = ",\n    ".join(lines)
    return f"{comment}\ninline constexpr {kind} {name}[] = {{\n    {body}}};\n"


def write_header(path, namespace, arrays):
    target = Path(__file__).parent.parent / path
    body = "\n".join(arrays)
    target.write_text(
        f"""// Made by scripts/make_unicode_tables.py from Unicode {unicodedata.unidata_version}; do not edit.
// Numbers are in base 128, lowest digit first, the high bit set on all digits but the last.
#pragma once

namespace {namespace} {{

// clang-format off
{body}// clang-format on

}}  // namespace {namespace}
"""
    )
    print(f"{target.stat().st_size} bytes of text in {path}", file=sys.stderr)


def main():
    byte = "unsigned char"
    unprintable = encode(runs(lambda character: not character.isprintable()))
    comment = "// The code points that Python's str.isprintable denies: gap and length of each range."
    write_header(
        "src/json/unprintable_table.hpp",
        "stactask::json",
        [write_array(byte, "unprintable_table", comment, unprintable)],
    )
    check_classes()
    word = encode(runs(lambda character: character.isalnum() or character == "_"))
    ranges = "gap and length of each range."
    write_header(
        "src/regex/unicode_tables.hpp",
        "stactask::regex",
        [
            write_array(byte, "digit_table", f"// Python: str.isdecimal: {ranges}", encode(runs(str.isdecimal))),
            write_array(byte, "space_table", f"// Python: str.isspace: {ranges}", encode(runs(str.isspace))),
            write_array(byte, "word_table", f"// Python: str.isalnum, and `_`: {ranges}", word),
            write_array(
                byte,
                "lower_table",
                "// Python: _sre.unicode_tolower: for each run of characters that are 1 or 2 apart, the gap to the start of the\n"
                "// run before, twice the count (plus 1 for a distance of 2), and twice the way to the lower case (plus 1 for a\n"
                "// way down).",
                encode_lower(),
            ),
            write_array(
                "char16_t",
                "extra_cases",
                "// Python: re/_casefix.py: lower-case characters that have the same upper case; a 0 ends each class.",
                extra_cases(),
            ),
        ],
    )


if __name__ == "__main__":
    main()

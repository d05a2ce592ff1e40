"""Writes src/json/unprintable_table.hpp from the Unicode data of the Python that runs it.

Run with Python 3.11 (Unicode 14.0), whose answers the project follows:
    python3.11 scripts/make_unicode_tables.py
"""

import sys
import unicodedata
from pathlib import Path


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


def main():
    table = encode(runs(lambda character: not character.isprintable()))
    lines = [
        ", ".join(str(byte) for byte in table[i : i + 24]) for i in range(0, len(table), 24)
    ]
    body = ",\n    ".join(lines)
    target = Path(__file__).parent.parent / "src/json/unprintable_table.hpp"
    target.write_text(
        f"""// Made by scripts/make_unicode_tables.py from Unicode {unicodedata.unidata_version}; do not edit.
// The code points that Python's str.isprintable denies: gap and length of each range, each number in
// base 128, lowest digit first, the high bit set on all digits but the last.
#pragma once

namespace stactask::json {{

// clang-format off
inline constexpr unsigned char unprintable_table[] = {{
    {body}}};
// clang-format on

}}  // namespace stactask::json
"""
    )
    print(f"{len(table)} bytes in {target.name}", file=sys.stderr)


if __name__ == "__main__":
    main()

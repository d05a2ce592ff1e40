"""JSON as bytes, as (name, bytes): encodings, byte order marks and faulty UTF-8."""

from itertools import product

ENCODINGS = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


def byte_cases():
    return [*encoding_cases(), *first_bytes_cases(), *faulty_utf8_cases(), *faulty_wide_cases()]


SAMPLES = [
    ("nothing", ""),
    ("one digit", "1"),
    ("two digits", "12"),
    ("an empty list", "[]"),
    ("an object with an emoji", '{"a": "\u00e9\U0001f600"}'),
    ("a string that starts with U+0100", '"\u0100"'),
    ("a text that starts with U+0100", "\u0100"),
    ("an error after an emoji", '["\U0001f600",\n x]'),
    ("a lone surrogate", '"\ud800"'),
]


def encoding_cases():
    for (label, text), encoding, mark in product(SAMPLES, ENCODINGS, ["", "\ufeff"]):
        marked = "with" if mark else "without"
        yield f"{label} in {encoding} {marked} a byte order mark", (mark + text).encode(encoding, "surrogatepass")
    yield "two UTF-8 byte order marks", b"\xef\xbb\xbf\xef\xbb\xbf1"
    yield "two UTF-16 byte order marks", b"\xff\xfe\xff\xfe1\0"
    yield "a UTF-8 byte order mark after a space", b" \xef\xbb\xbf1"
    yield "a cut UTF-8 byte order mark", b"\xef\xbb"


def first_bytes_cases():
    """The encoding is guessed from where zero bytes stand among the first four."""
    for pattern in product(b"1\0", repeat=2):
        yield f"the two bytes {bytes(pattern).hex(' ')}", bytes(pattern)
    for pattern in product(b"1\0", repeat=3):
        yield f"the three bytes {bytes(pattern).hex(' ')}", bytes(pattern)
    for pattern in product(b"1\0", repeat=4):
        yield f"the four bytes {bytes(pattern).hex(' ')}", bytes(pattern)
    yield "one zero byte", b"\0"
    yield "a zero byte after four characters", b"[1, \0]"


FAULTY = [
    ("a lone continuation byte", "80"),
    ("a lone last continuation byte", "bf"),
    ("two continuation bytes", "80 bf"),
    ("an overlong NUL", "c0 80"),
    ("an overlong letter in two bytes", "c1 81"),
    ("an overlong solidus in three bytes", "e0 80 af"),
    ("an overlong character in three bytes", "e0 9f bf"),
    ("an overlong character in four bytes", "f0 8f bf bf"),
    ("a cut character of two bytes", "c3"),
    ("a character of three bytes cut after one", "e2"),
    ("a character of three bytes cut after two", "e2 82"),
    ("a character of four bytes cut after one", "f0"),
    ("a character of four bytes cut after two", "f0 9f"),
    ("a character of four bytes cut after three", "f0 9f 98"),
    ("two cut characters", "e2 82 e2 82"),
    ("a start byte before a start byte", "c3 c3 a9"),
    ("a code point above U+10FFFF", "f4 90 80 80"),
    ("the start byte F5", "f5 80 80 80"),
    ("a sequence of five bytes", "f8 88 80 80 80"),
    ("a sequence of six bytes", "fc 84 80 80 80 80"),
    ("the byte FE", "fe"),
    ("the byte FF", "ff"),
    ("an encoded high surrogate", "ed a0 bd"),
    ("an encoded low surrogate", "ed b8 80"),
    ("an encoded surrogate pair", "ed a0 bd ed b8 80"),
    ("encoded surrogates the wrong way round", "ed b8 80 ed a0 bd"),
    ("a cut encoded surrogate", "ed a0"),
    ("an encoded surrogate cut after one byte", "ed"),
    ("an encoded surrogate with a wrong last byte", "ed a0 c0"),
    ("Latin-1 text", "63 61 66 e9"),
]

BYTE_PLACES = [
    ("in a string", b'"ab', b'cd"'),
    ("at the very start", b"", b""),
    ("at the end of an open string", b'"ab', b""),
    ("after an emoji, on the second line", '["\U0001f600",\n"'.encode(), b'"]'),
    ("after a syntax error", b"[x, 1]", b""),
    ("after a byte order mark", b'\xef\xbb\xbf"', b'"'),
]


def faulty_utf8_cases():
    for (label, hexadecimal), (place, before, after) in product(FAULTY, BYTE_PLACES):
        yield f"{label} {place}", before + bytes.fromhex(hexadecimal) + after
    yield "an encoded surrogate pair before an error", b'["\xed\xa0\xbd\xed\xb8\x80", x]'


def faulty_wide_cases():
    yield "UTF-16 with half a unit at the end", "[1]".encode("utf-16-le") + b"\x5d"
    yield "UTF-16 with a mark and half a unit", b"\xff\xfe1\0\x20"
    yield "UTF-16 that ends in a high surrogate", '"a'.encode("utf-16-le") + b"\x3d\xd8"
    yield "UTF-16 with a high surrogate before a letter", '"\ud83da"'.encode("utf-16-be", "surrogatepass")
    yield "UTF-16 with a low surrogate first", '"\ude00a"'.encode("utf-16-be", "surrogatepass")
    yield "UTF-32 with three bytes at the end", "[1]".encode("utf-32-le") + b"\x20\0\0"
    yield "UTF-32 above U+10FFFF", '"a'.encode("utf-32-le") + b"\0\0\x11\0" + '"'.encode("utf-32-le")
    yield "UTF-32 with a surrogate", '"\ud83d"'.encode("utf-32-be", "surrogatepass")
    yield "UTF-32 with a surrogate pair", '"'.encode("utf-32-be") + b"\0\0\xd8\x3d\0\0\xde\0" + '"'.encode("utf-32-be")
    yield "UTF-32 without a mark, a line of errors", "[1,\n x]".encode("utf-32-be")

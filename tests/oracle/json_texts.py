"""JSON texts, good and bad, as (name, text): syntax, strings, spacing and nesting."""

from itertools import product


def text_cases():
    return [
        *syntax_error_cases(),
        *spacing_cases(),
        *space_like_cases(),
        *truncated_cases(),
        *control_character_cases(),
        *escape_cases(),
        *surrogate_cases(),
        *object_cases(),
        *repr_cases(),
        *nesting_cases(),
    ]


# Each @ is replaced by every bad piece: positions count code points, and lines end at LF only.
PLACES = [
    ("alone", "@"),
    ("after spaces", "  @"),
    ("after LF", "\n@"),
    ("after CR", "\r@"),
    ("after CRLF", "\r\n@"),
    ("on the third line", "[\n1,\n@\n]"),
    ("after an accented letter", '["\u00e9", @]'),
    ("after an emoji", '["\U0001f600", @]'),
    ("after an escaped emoji", '["\\ud83d\\ude00", @]'),
    ("after a line separator", '["\u2028", @]'),
    ("as a member's value", '{"k": @}'),
    ("after a good member and CRLF", '{"a": 1,\r\n "b": @\r\n}'),
    ("at the end of an open list", "[1, @"),
]

BAD_PIECES = [
    "x", "nul", "tru", "fals", "True", "None", "undefined", "nan", "-NaN", "Inf", "-Inf", "+1", ".5", "-",
    "--1", "1.", "01", "-01", "1e", "1e+", "0x10", "1_000", "'a'", '"ab', '"a\tb"', '"a\nb"', '"\\q"', '"\\',
    '"\\u12', '"\\u12G4"', '"\\u 123"', '"\\ud83d\\u12"', '"a" "b"', "{a: 1}", '{"a" 1}', '{"a": 1,}',
    '{"a": }', '{"a"}', '{"a": 1 "b": 2}', '{"a": 1]', "{,}", "{1: 2}", "{'a': 1}", "[1,]", "[,1]", "[1 2]",
    "[1,,2]", "[1}", "[", "{", '{"a"', '{"a":', '{"a": 1', '{"a": 1,', "[1", "[1,", "]", "}", ",", ":", "// c",
    "/* c */", "# c", '\\', "\xe9",
]


def syntax_error_cases():
    return [
        (f"{shown(piece)} {place}", text.replace("@", piece))
        for piece, (place, text) in product(BAD_PIECES, PLACES)
    ]


def shown(piece):
    return piece.replace("\t", "<TAB>").replace("\n", "<LF>")


# Errors are placed after the spaces that were skipped, so spaces stand in every gap.
SPACED = [
    "", " ", "\n", "\r\n\t ", " 1 ", "\n1\n", "1 2", "1  \n 2", "1\r2", "1\n\n  x", "1,", "1 ,", "1 \t]",
    "null null", "[ ]", "{ }", "[ 1 ]", '{ "a" : 1 }', '{ "a" : 1 , "b" : 2 }', "[ 1 , 2 ]", "[  ", "{  ",
    "[  ,", "{  ,", "[1  ", "[1  ,", "[1  ,  ", "[1  ,  ]", "[1  2", "[1  ,  ,", '{"a"  ', '{"a"  :',
    '{"a"  :  ', '{"a"  1', '{"a"  :  }', '{"a"  :  ,', '{"a":1  ', '{"a":1  ,', '{"a":1  ,  ', '{"a":1  ,  }',
    '{"a":1  "b"', '{"a":1  ,  b', '{"a":1  ,  "b', '{"a":1  ,  "b"  ', '{"a":1  ,  "b"  2', "{  a", "{  'a'",
    "{\n\n}", "[\n\n]", "[1\n,\n]", '{"a":1\n,\n}', '{"a"\n1}', "[\n\n1\n\n2]", '{"a":\n}', "[1]  ]", "{}  }",
    "{}\n\n{}", "[]\r\n[]", '"a"  "b"', '["a"  "b"]', "[1] \xe9", "[[1  ,]  ", '{"a": [1  ,]}',
    '{"a": {"b": 1  ,}}', "[tru  ]", "[1  tru]", "nulll", "truefalse", "null1", "1null", "1.5.5", "1e5e5",
    "0 1", "00", "-00", "0.0.0", "1-1", "1+1", "NaNNaN", "InfinityInfinity", "-InfinityX", "nullnull",
    "[null,nul]",
]


def spacing_cases():
    return [(f"spacing {number}: {text!r}", text) for number, text in enumerate(SPACED, 1)]


# Python's str.isspace() takes most of these for spaces; JSON does not.
SPACE_LIKE = [
    "\x00", "\x08", "\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\xa0", "\u1680", "\u200b", "\u2028", "\u2029",
    "\u3000", "\ufeff",
]


def space_like_cases():
    for character in SPACE_LIKE:
        name = f"U+{ord(character):04X}"
        yield f"{name} alone", character
        yield f"{name} before a value", character + "1"
        yield f"{name} after a space", " " + character + "1"
        yield f"{name} after a value", "1" + character
        yield f"{name} after a value and LF", "1\n" + character
        yield f"{name} in a list", "[" + character + "1]"
        yield f"{name} before a comma", "[1" + character + ", 2]"
        yield f"{name} before a colon", '{"a"' + character + ": 1}"
        yield f"{name} before a key", "{" + character + '"a": 1}'


RICH = (
    '{"a": [1, -2.5e+10, true,\r\n null], "\u00e9": "\\u00e9\\n\U0001f600\\ud83d\\ude00",\n'
    ' "": {"n": [NaN, -Infinity, Infinity]}, "x": false}\n'
)


def truncated_cases():
    """The start of one rich text, cut after every byte: text where that is UTF-8, bytes where a character is cut."""
    encoded = RICH.encode("utf-8")
    for length in range(len(encoded) + 1):
        start = encoded[:length]
        try:
            yield f"the first {length} bytes of a rich text", start.decode("utf-8")
        except UnicodeDecodeError:
            yield f"the first {length} bytes of a rich text", start


def control_character_cases():
    for code in [*range(0x20), 0x7F, 0x80, 0x85, 0x2028]:
        yield f"U+{code:04X} in a string", f'"a{chr(code)}b"'
    for code in (0x00, 0x0A, 0x1F):
        yield f"U+{code:04X} in a key", f'{{"k": 1,\n "a{chr(code)}b": 2}}'
        yield f"U+{code:04X} in an open string", f'"a{chr(code)}'
        yield f"U+{code:04X} after an escape", f'"\\n{chr(code)}"'
        yield f"U+{code:04X} after an emoji", f'["\U0001f600", "{chr(code)}"]'


def escape_cases():
    for letter in 'bfnrt"\\/':
        yield f"the escape \\{letter}", f'"x\\{letter}y"'
    for letter in ["a", "v", "x", "0", "U", "N", "'", " ", "\n", "\0", "\u00e9", "\U0001f600"]:
        yield f"the bad escape \\ and U+{ord(letter):04X}", f'["\U0001f600", "ab\\{letter}cd"]'
        yield f"the bad escape \\ and U+{ord(letter):04X} at an open end", f'"\\{letter}'
    for digits in UNICODE_ESCAPES:
        yield f"\\u{digits} in a string", f'"ab\\u{digits}"'
        yield f"\\u{digits} at an open end", f'"ab\\u{digits}'
        yield f"\\u{digits} in a key after an emoji", f'{{"\U0001f600\\u{digits}": 1}}'


UNICODE_ESCAPES = [
    "", "1", "12", "123", "1234", "12345", "aBcD", "ABCD", "0000", "0022", "005c", "007f", "00ad", "ffff",
    "feff", "g000", "0g00", "00g0", "000g", "+123", "-123", "0x12", "0X12", "1_23", " 123", "123 ", "\uff11234",
    "{12}", "\\u12",
]

HIGH, LOW = "\\ud83d", "\\ude00"

SURROGATES = [
    ("an escaped pair", HIGH + LOW),
    ("an escaped pair in capitals", "\\uD83D\\uDE00"),
    ("an escaped high alone", HIGH),
    ("an escaped low alone", LOW),
    ("an escaped low, then high", LOW + HIGH),
    ("two escaped highs", HIGH + HIGH),
    ("two escaped lows", LOW + LOW),
    ("two highs and a low", HIGH + HIGH + LOW),
    ("a high, a letter and a low", HIGH + "a" + LOW),
    ("a high and an escaped letter", HIGH + "\\u0061"),
    ("a high and \\n", HIGH + "\\n"),
    ("a high and a bad escape", HIGH + "\\q"),
    ("a high and a short escape", HIGH + "\\ude"),
    ("a high and an escape that is not hex", HIGH + "\\udegg"),
    ("a high and \\u alone", HIGH + "\\u"),
    ("a high and a backslash", HIGH + "\\\\"),
    ("the lowest pair", "\\ud800\\udc00"),
    ("the highest pair", "\\udbff\\udfff"),
    ("U+DBFF and U+E000", "\\udbff\\ue000"),
    ("U+D7FF", "\\ud7ff"),
    ("a raw high", "\ud83d"),
    ("a raw low", "\ude00"),
    ("a raw low, then high", "\ude00\ud83d"),
    ("a raw high, then an escaped low", "\ud83d" + LOW),
    ("an escaped high, then a raw low", HIGH + "\ude00"),
    ("an escaped low, then a raw high", LOW + "\ud83d"),
    ("an escaped pair, then a raw low", HIGH + LOW + "\ude00"),
    ("a raw emoji", "\U0001f600"),
]


def surrogate_cases():
    for label, characters in SURROGATES:
        yield f"{label} in a string", f'"{characters}"'
        yield f"{label} in an open string", f'["x", "{characters}'
        yield f"{label} in a key, then an error", f'{{"{characters}": 1,\n "b" 2}}'
    yield "a raw high outside strings", "\ud83d"
    yield "a raw low after a value", "[1] \ude00"


def object_cases():
    yield "an equal key twice", '{"a": 1, "b": 2, "a": 3}'
    yield "an equal key in two spellings", '{"a": 1, "b": 2, "\\u0061": 3}'
    yield "the last of three equal keys is null", '{"a": 1, "a": {"a": 2}, "a": null}'
    yield "integer-like keys", '{"zeta": 1, "10": 2, "2": 3, "-1": 4, "1.0": 5}'
    for name in ("__proto__", "constructor", "toString", ""):
        yield f"the key '{name}'", '{"%s": {"%s": 1}, "x": 2}' % (name, name)
        yield f"the key '{name}' twice", '{"%s": 1, "x": 2, "%s": 3}' % (name, name)
    yield "a composed and a decomposed key", '{"\u00e9": 1, "e\u0301": 2}'
    yield "one hundred members", "{%s}" % ", ".join(f'"{number}": {number}' for number in range(100))
    members = ", ".join(f'"{number}":\n{number}' for number in range(100))
    yield "an error after one hundred members on lines of their own", "{%s: }" % members


def repr_cases():
    """Printed values: Python's repr picks the quotes and escapes what it cannot print."""
    for text in QUOTED:
        yield f"the string {text}", text
    for code in UNPRINTABLE + PRINTABLE:
        yield f"the string of U+{code:04X}", f'"x{chr(code)}"'
    for text in VALUES:
        yield f"the value {text}", text


QUOTED = [
    '"a"', '"it\'s"', '"say \\"x\\""', '"\'\\""', '"\\\\"', '"\\n\\r\\t\\b\\f"', '"\\u0000\\u001f\\u007f"',
]
VALUES = ["null", "true", "false", "[]", "{}", "[null, true, false]", '{"a": [1, {"b": "c"}], "d": {}}', '[["\'"]]']
UNPRINTABLE = [
    0x80, 0xA0, 0xAD, 0x378, 0x61C, 0x1680, 0x180E, 0x200B, 0x202E, 0x2028, 0x20C1, 0x3000, 0xD7A4, 0xE000,
    0xFEFF, 0xFFFE, 0x1FAE8, 0x2EBF0, 0x1FFFF, 0xE0001, 0xF0000, 0x10FFFF,
]
PRINTABLE = [0xA1, 0xE9, 0x301, 0x20C0, 0x4E2D, 0xFFFD, 0x1F600, 0x1FAE0, 0x2A6DF, 0xE0100]


# Nothing between 950 and 1100 levels: there the result hangs on how deep Python's stack already was.
def nesting_cases():
    for depth in (10, 500, 900, 2000):
        yield f"{depth} nested lists", "[" * depth + "]" * depth
        yield f"{depth} nested objects", '{"a":' * depth + "1" + "}" * depth
        yield f"{depth} nested lists and objects in turn", '[{"a":' * (depth // 2) + "1" + "}]" * (depth // 2)
        yield f"{depth} open lists", "[" * depth
        yield f"{depth} open lists, then an error", "[" * depth + "x"
    yield "an error before 2000 nested lists", "[x, " + "[" * 2000 + "]" * 2001
    yield "2000 lists side by side", "[%s]" % ",".join(["[]"] * 2000)

"""Task names in every kind and spelling: (name, JSON text).

Error messages print names with Python's str() and repr(), and a tasks list may use any JSON value as a name.
"""

import json

# (what to call it, the characters)
STRINGS = [
    ("nothing", ""),
    ("a space", " "),
    ("a letter", "a"),
    ("an apostrophe", "it's"),
    ("a double quote", 'say "x"'),
    ("both quotes", "'\""),
    ("a backslash", "a\\b"),
    ("a line break", "a\nb"),
    ("a tab and a carriage return", "\t\r"),
    ("U+0000", "\0"),
    ("U+0001", "\x01"),
    ("U+001B", "\x1b"),
    ("U+007F", "\x7f"),
    ("U+0085", "\x85"),
    ("U+00A0 no-break space", "\xa0"),
    ("U+00AD soft hyphen", "\xad"),
    ("an e with acute", "\xe9"),
    ("U+0301 combining acute", "\u0301"),
    ("U+0378 unassigned", "\u0378"),
    ("U+061C Arabic letter mark", "\u061c"),
    ("U+1680 Ogham space", "\u1680"),
    ("U+180E Mongolian vowel separator", "\u180e"),
    ("U+200B zero width space", "\u200b"),
    ("U+200D joined emoji", "\U0001f468\u200d\U0001f469"),
    ("U+2028 line separator", "\u2028"),
    ("U+202E right-to-left override", "\u202e"),
    ("U+20C0 assigned in Unicode 14", "\u20c0"),
    ("U+20C1 not assigned in Unicode 14", "\u20c1"),
    ("U+3000 ideographic space", "\u3000"),
    ("a Chinese character", "\u4e2d"),
    ("an unassigned code point among Hangul", "\ud7a4"),
    ("a lone high surrogate", "\ud800"),
    ("a lone low surrogate", "\udfff"),
    ("surrogates the wrong way round", "\udc00\ud800"),
    ("U+E000 private use", "\ue000"),
    ("U+FEFF byte order mark", "\ufeff"),
    ("U+FFFD replacement character", "\ufffd"),
    ("U+FFFE noncharacter", "\ufffe"),
    ("an emoji", "\U0001f600"),
    ("U+1FAE8 an emoji of Unicode 15", "\U0001fae8"),
    ("U+1F1E9 a flag", "\U0001f1e9\U0001f1ea"),
    ("U+2EBF0 ideograph of Unicode 15.1", "\U0002ebf0"),
    ("U+E0001 language tag", "\U000e0001"),
    ("U+E0100 variation selector", "\U000e0100"),
    ("U+F0000 private use", "\U000f0000"),
    ("U+10FFFF", "\U0010ffff"),
    ("braces", "{name} {0} {"),
    ("percent signs", "%s %d %"),
    ("the key __proto__", "__proto__"),
    ("the key constructor", "constructor"),
    ("digits", "10"),
    ("300 letters", "abc" * 100),
]

# Names that are not strings, to be printed with str().
VALUES = [
    "-1", "1e22", "1e21", "1e16", "1e15", "9999999999999998.0", "123456789012345680.0", "1e-4", "1e-5", "1e-7",
    "0.1", "0.30000000000000004", "-2.5E+3", "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308",
    "1e-400", "-1e400", "9223372036854775808", "-9223372036854775809", "18446744073709551616",
    "100000000000000000000000", '["a"]', '["it\'s"]', '["\'\\""]',
    '[1, 1.0, true, null, "x", NaN, -Infinity, 1e400, [], {}]', "[[[]]]", "[-0, -0.0]", '{"a": "b"}',
    '{"a": 1, "it\'s": [null, {"c": false}]}', '{"a": 1, "b": 2, "a": 3}', '{"": ""}', "[1e22, 1e-7]",
    '["a\\\\b", "c\\/d", "e\\u0041"]', '{"10": 1, "2": 2, "z": 3}', "[123456789012345678901234567890]",
]

# Two names of one tasks list: Python's dict decides whether they are one key, and keeps the first spelling.
COLLISIONS = [
    ("1", "true"), ("true", "1.0"), ("1.0", "1"), ("0", "false"), ("0", "-0.0"), ("false", "0.0"), ("-0", "0"),
    ("1e22", "10000000000000000000000"), ("10000000000000000000001", "1e22"), ("1e400", "Infinity"),
    ("1e400", "-1e400"), ("NaN", "NaN"), ("NaN", "0"), ('"1"', "1"), ('"null"', "null"), ('"true"', "true"),
    ("9007199254740993", "9007199254740992.0"), ("9007199254740992", "9007199254740992.0"),
    ("18446744073709551616", "18446744073709551616.0"), ("18446744073709551615", "18446744073709551616.0"),
    ("1e-400", "0"), ("1e2", "100"), ('"a"', '"\\u0061"'), ('"\\ud83d\\ude00"', '"\U0001f600"'),
    ("null", "null"), ('"\xe9"', '"e\u0301"'), ('"NaN"', "NaN"), ('""', "null"), ("0.1", "0.10000000000000001"),
]


def name_cases():
    return [
        *string_name_cases(),
        *value_name_cases(),
        *colliding_name_cases(),
        *tasks_list_cases(),
        *tasks_dict_cases(),
    ]


def tasks(text):
    return '{"process": [{"tasks": %s}]}' % text


def string_name_cases():
    for label, characters in STRINGS:
        escaped = json.dumps(characters)
        written = written_out(characters)
        yield f"a task named with {label}, bad options", tasks("{%s: 1}" % written)
        yield f"a task named with {label}, good options", tasks("{%s: {}}" % escaped)
        yield f"a listed name that holds {label}", tasks(
            '[{"name": [%s, {%s: %s}], "parameters": 1}]' % (escaped, written, escaped)
        )


def written_out(characters):
    """The characters as they are, but for those that JSON wants escaped."""
    return json.dumps(characters, ensure_ascii=False)


def value_name_cases():
    for text in VALUES:
        yield f"a listed task named {text}, bad parameters", tasks('[{"name": %s, "parameters": "x"}]' % text)
        yield f"a listed task named {text}, good parameters", tasks('[{"name": %s, "parameters": {"a": 1}}]' % text)


def colliding_name_cases():
    for first, second in COLLISIONS:
        between = '{"name": "other"}'
        yield f"listed tasks named {first} and {second}", tasks(
            '[{"name": %s, "parameters": {"n": 1}}, %s, {"name": %s, "parameters": {"n": 2}}]' % (first, between, second)
        )


def tasks_list_cases():
    yield "a listed task without a name", tasks('[{"parameters": {}}]')
    yield "a listed task without a name, bad parameters", tasks('[{"parameters": 1}]')
    yield "a listed task without parameters", tasks('[{"name": "a"}]')
    yield "a listed task with other keys", tasks('[{"name": "a", "x": 1, "parameters": {"p": [1, 2.0]}}]')
    yield "listed tasks with one name, the last wins", tasks(
        '[{"name": "a", "parameters": {"n": 1}}, {"name": "b"}, {"name": "a"}]'
    )
    yield "a good task, then one without a name", tasks('[{"name": "a"}, {}]')
    yield "a task without a name, then a string", tasks('[{}, "a"]')
    yield "a string, then a task without a name", tasks('["a", {}]')
    yield "a string that is a key", tasks('["name"]')
    yield "bad parameters, then no name", tasks('[{"name": "a", "parameters": 1}, {}]')
    yield "an unhashable name, then bad parameters", tasks('[{"name": []}, {"name": "b", "parameters": 1}]')
    yield "bad parameters, then an unhashable name", tasks('[{"name": "b", "parameters": 1}, {"name": {}}]')
    yield "an unhashable name with null parameters", tasks('[{"name": {"a": []}, "parameters": null}]')
    yield "a name given as a number and as a string", tasks('[{"name": 1}, {"name": "1", "parameters": {"s": 1}}]')
    yield "names true, 1, 1.0 and \"1\"", tasks(
        '[{"name": true}, {"name": 1, "parameters": {"n": 2}}, {"name": 1.0, "parameters": {"n": 3}}, {"name": "1"}]'
    )
    yield "a listed task with '__proto__' parameters", tasks('[{"name": "__proto__", "parameters": {"__proto__": 1}}]')
    yield "a tasks list in a bare process", '{"process": {"tasks": [{"name": "a"}, 1]}}'


def tasks_dict_cases():
    yield "a good task before a bad one", tasks('{"a": {}, "b": [], "c": 1}')
    yield "integer-like tasks, the first bad one in text order", tasks('{"z": {}, "10": 1, "2": 2}')
    yield "a bad task set again to a good one", tasks('{"a": 1, "b": 2, "a": {}}')
    yield "a good task set again to a bad one, before another", tasks('{"a": {}, "b": 2, "a": 1}')
    yield "tasks with an escaped name", tasks('{"\\u0061\\u0027": 1}')

"""Payloads whose root is not an ordinary object: (name, JSON text)."""

# Payload is a dict subclass, so anything that dict() takes is a payload.
ROOTS = [
    ("an empty object", "{}"),
    ("an empty string", '""'),
    ("a string of one character", '"a"'),
    ("a string of two characters", '"ab"'),
    ("an emoji", '"\U0001f600"'),
    ("an empty list", "[]"),
    ("a pair list that makes a good payload", '[["process", [{"tasks": {"a": {}}}]], ["features", []]]'),
    ("a pair list that makes a bad payload", '[["process", null]]'),
    ("a pair list whose last 'process' is good", '[["process", null], ["process", []]]'),
    ("a pair list whose last 'process' is bad", '[["process", []], ["process", null]]'),
    ("a pair list with keys that are not strings", "[[1, 2], [null, 3], [1.5, 4], [true, 5]]"),
    ("a list of two-character strings", '["ab", "cd"]'),
    ("a list of a two-character string with an emoji", '["a\U0001f600"]'),
    ("a list of one emoji", '["\U0001f600"]'),
    ("a list of one escaped emoji", '["\\ud83d\\ude00"]'),
    ("a list of two lone low surrogates", '["\\ude00\\ude00"]'),
    ("a list of a three-character string", '["abc"]'),
    ("a list of an empty string", '[""]'),
    ("a list of two-key objects", '[{"a": 1, "b": 2}]'),
    ("a list of a two-key object that sets 'process' to a string", '[{"process": 1, "features": 2}]'),
    ("a list of a one-key object", '[{"a": 1}]'),
    ("a list of an object with the same key twice", '[{"a": 1, "a": 2}]'),
    ("a list of an object with an escaped and a plain key", '[{"a": 1, "\\u0061": 2, "b": 3}]'),
    ("a list of an empty object", "[{}]"),
    ("a list of an empty list", "[[]]"),
    ("a list of a list of one", "[[1]]"),
    ("a list of a list of three", "[[1, 2, 3]]"),
    ("a pair list with a list as key", "[[[1], 2]]"),
    ("a pair list with an object as key", '[[{"a": 1}, 2]]'),
    ("a pair with an unhashable key after a good pair", "[[1, 2], [[], 2]]"),
    ("a number after a good pair", "[[1, 2], 3]"),
    ("null after a good pair", "[[1, 2], null]"),
    ("a long list after a good pair", "[[1, 2], [3, 4, 5]]"),
    ("an unhashable key before a wrong length", "[[[], 2], [1]]"),
    ("a wrong length before an unhashable key", "[[1], [[], 2]]"),
    ("a list of true", "[true]"),
    ("a list of a float", "[1.5]"),
    ("eleven pairs, the last too short", "[%s, [1]]" % ", ".join(["[1, 2]"] * 10)),
    ("an object with a key named 'keys'", '{"keys": [], "process": []}'),
    ("a pair list whose process holds the options", '[["process", [{"tasks": 1}]]]'),
]


def root_cases():
    return [(f"the root is {label}", text) for label, text in ROOTS]

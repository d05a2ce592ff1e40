"""Every kind of JSON value that a type check may meet, as (what to call it, its text)."""

KINDS = [
    ("null", "null"),
    ("true", "true"),
    ("false", "false"),
    ("0", "0"),
    ("1", "1"),
    ("-0", "-0"),
    ("1.0", "1.0"),
    ("-0.0", "-0.0"),
    ("a 30-digit integer", "123456789012345678901234567890"),
    ("1e400", "1e400"),
    ("NaN", "NaN"),
    ("Infinity", "Infinity"),
    ("-Infinity", "-Infinity"),
    ("an empty string", '""'),
    ("a string", '"text"'),
    ("an empty list", "[]"),
    ("a list", "[1]"),
    ("a list of an empty object", "[{}]"),
    ("an empty object", "{}"),
    ("an object", '{"b": 1}'),
]

"""Payloads written by hand, one rule of stactask/payload.py each: (name, JSON text)."""

from itertools import permutations, product

from json_kinds import KINDS
from payload_roots import root_cases


def edge_cases():
    return [
        *root_cases(),
        *kind_cases(),
        *first_error_cases(),
        *warning_cases(),
        *matchers_and_mapping_cases(),
        *duplicate_key_cases(),
        *key_spelling_cases(),
        *collection_option_cases(),
        *order_and_number_cases(),
        *whitespace_cases(),
        *nesting_cases(),
    ]


def payload(*definition_members):
    """A payload whose process has one definition with these members, each a `"key": value` text."""
    return '{"process": [{%s}]}' % ", ".join(definition_members)


# Each @ is replaced by every kind of JSON value.
PLACES = [
    ("the whole payload", "@"),
    ("'process'", '{"process": @}'),
    ("the first element of 'process'", '{"process": [@]}'),
    ("the second element of 'process'", '{"process": [{}, @]}'),
    ("'workflow_options'", payload('"workflow_options": @')),
    ("a workflow option", payload('"workflow_options": {"a": @}')),
    ("'upload_options'", payload('"upload_options": @')),
    ("'upload_options.collections'", payload('"upload_options": {"collections": @}')),
    ("a pattern in 'upload_options.collections'", payload('"upload_options": {"collections": {"a": @}}')),
    ("'tasks'", payload('"tasks": @')),
    ("the options of a task", payload('"tasks": {"a": @}')),
    ("the options of the second task", payload('"tasks": {"a": {}, "b": @}')),
    ("an element of a tasks list", payload('"tasks": [@]')),
    ("the second element of a tasks list", payload('"tasks": [{"name": "a"}, @]')),
    ("a name in a tasks list", payload('"tasks": [{"name": @}]')),
    ("a name in a tasks list, with bad parameters", payload('"tasks": [{"name": @, "parameters": 0}]')),
    ("'parameters' in a tasks list", payload('"tasks": [{"name": "a", "parameters": @}]')),
    ("'features'", '{"features": @}'),
    ("a feature", '{"features": [@]}'),
    ("'collection_matchers'", payload('"collection_matchers": @')),
    ("a matcher", payload('"collection_matchers": [@]')),
    ("the second matcher", payload('"collection_matchers": [{}, @]')),
    ("a matcher's type", payload('"collection_matchers": [{"type": @}]')),
    ("'collection_options'", payload('"collection_options": @')),
    ("the options of a collection", payload('"collection_options": {"a": @}')),
    ("'upload_options' of a collection", payload('"collection_options": {"a": {"upload_options": @}}')),
]


def kind_cases():
    return [
        (f"{place} is {label}", text.replace("@", kind))
        for (place, text), (label, kind) in product(PLACES, KINDS)
    ]


# (what is wrong, the key it stands under, the member's text)
FAULTS = [
    ("bad workflow_options", "workflow_options", '"workflow_options": 1'),
    ("bad tasks", "tasks", '"tasks": 1'),
    ("a bad task in a tasks list", "tasks", '"tasks": [1]'),
    ("bad options of a task", "tasks", '"tasks": {"a": 1}'),
    ("bad upload_options", "upload_options", '"upload_options": 1'),
    ("bad collections", "upload_options", '"upload_options": {"collections": 1}'),
    ("bad features", "features", '"features": 1'),
    ("bad collection_matchers", "collection_matchers", '"collection_matchers": 1'),
    ("a bad matcher", "collection_matchers", '"collection_matchers": [1]'),
    ("bad collection_options", "collection_options", '"collection_options": 1'),
    (
        "matchers beside a mapping",
        "collection_matchers",
        '"collection_matchers": [{}], "upload_options": {"collections": {"a": "$"}}',
    ),
]


def first_error_cases():
    """Two faults in both orders: the order in the text must not decide which error comes first."""
    return [
        (f"{first} before {second}", two_faults(first_key, first_text, second_key, second_text))
        for (first, first_key, first_text), (second, second_key, second_text) in permutations(FAULTS, 2)
        if not share_a_key(first_text, second_text)
    ]


def share_a_key(first_text, second_text):
    keys = ("tasks", "upload_options", "collection_matchers")
    return any(f'"{key}"' in first_text and f'"{key}"' in second_text for key in keys)


def two_faults(first_key, first_text, second_key, second_text):
    if first_key == "features":
        return '{%s, "process": [{%s}]}' % (first_text, second_text)
    if second_key == "features":
        return '{"process": [{%s}], %s}' % (first_text, second_text)
    return payload(first_text, second_text)


def warning_cases():
    """Where each warning stops being given because an error came first."""
    for name, _, text in FAULTS:
        yield f"a bare process with {name}", '{"process": {%s}}' % text
        if '"tasks"' not in text:
            yield f"a tasks list with {name}", payload('"tasks": []', text)
            yield f"a bare process and a tasks list with {name}", '{"process": {"tasks": [], %s}}' % text
    yield "every bad thing at once", '{"process": [{%s}]}' % ", ".join(text for _, _, text in FAULTS)
    yield "a bad process beside bad features", '{"process": 1, "features": 1}'
    yield "bad features beside a bad process", '{"features": 1, "process": [1]}'
    yield "all three warnings", '{"process": {"tasks": [{"name": "a"}], "upload_options": {"collections": {}}}}'
    yield "a bare empty process", '{"process": {}}'
    yield "a process nested in another list", '{"process": [[{"tasks": {}}]]}'
    yield "two process definitions", '{"process": [{"tasks": {"a": {}}}, {"tasks": 1}]}'


MAPPINGS = [
    ("no mapping", None),
    ("an empty mapping", '"upload_options": {"collections": {}}'),
    ("a mapping", '"upload_options": {"collections": {"a": "$"}}'),
    ("a mapping with a bad pattern", '"upload_options": {"collections": {"": null}}'),
]

MATCHERS = [
    ("no matchers", None),
    ("empty matchers", '"collection_matchers": []'),
    ("an empty matcher", '"collection_matchers": [{}]'),
    ("a catch_all matcher", '"collection_matchers": [{"type": "catch_all", "collection_name": "c"}]'),
    ("a matcher of no known type", '"collection_matchers": [{"type": "regex"}, {"pattern": "["}]'),
]


def matchers_and_mapping_cases():
    for (mapping_name, mapping), (matchers_name, matchers) in product(MAPPINGS, MATCHERS):
        members = [member for member in (mapping, matchers) if member]
        yield f"{mapping_name} and {matchers_name}", payload(*members)


# (where, text with @1 and @2 for the two values, a good value, a bad value)
DUPLICATES = [
    ("'process'", '{"process": @1, "process": @2}', "[]", "null"),
    ("'features'", '{"features": @1, "process": [], "features": @2}', '[{"id": "x"}]', "{}"),
    ("'workflow_options'", payload('"workflow_options": @1', '"workflow_options": @2'), '{"a": 1}', "[]"),
    ("'tasks'", payload('"tasks": @1', '"x": 0', '"tasks": @2'), '{"a": {}}', '"a"'),
    ("a task", payload('"tasks": {"a": @1, "b": {}, "a": @2}'), '{"p": 1}', "1"),
    ("'upload_options'", payload('"upload_options": @1', '"upload_options": @2'), '{"collections": {}}', "0"),
    ("'collections'", payload('"upload_options": {"collections": @1, "collections": @2}'), "{}", "[]"),
    ("'collection_matchers'", payload('"collection_matchers": @1', '"collection_matchers": @2'), "[]", "{}"),
    ("'collection_options'", payload('"collection_options": @1', '"collection_options": @2'), "{}", "[]"),
    ("a collection's options", payload('"collection_options": {"a": @1, "a": @2}'), "{}", "[]"),
    ("a listed task's 'name'", payload('"tasks": [{"name": @1, "name": @2}]'), '"a"', "[]"),
    (
        "a listed task's 'parameters'",
        payload('"tasks": [{"name": "a", "parameters": @1, "parameters": @2}]'),
        "{}",
        "0",
    ),
    ("a feature's 'id'", '{"features": [{"id": @1, "z": 1, "id": @2}]}', '"x"', "null"),
]


def duplicate_key_cases():
    """The last of two equal keys wins, in the place of the first."""
    for where, text, good, bad in DUPLICATES:
        yield f"{where} twice, the last is bad", text.replace("@1", good).replace("@2", bad)
        yield f"{where} twice, the first is bad", text.replace("@1", bad).replace("@2", good)
        yield f"{where} twice, both good", text.replace("@1", good).replace("@2", good)


def key_spelling_cases():
    definition = '[{"tasks": 1}]'
    yield "'process' with an escaped letter", r'{"pr\u006fcess": %s}' % definition
    yield "'process' with every letter escaped", r'{"\u0070\u0072\u006f\u0063\u0065\u0073\u0073": %s}' % definition
    yield "'process' with a capital hex escape", r'{"pr\u006Fcess": %s}' % definition
    yield "'tasks' with an escaped letter", r'{"process": [{"task\u0073": 1}]}'
    yield "'features' with an escaped letter", r'{"\u0066eatures": 1}'
    yield "'name' with an escaped letter", r'{"process": [{"tasks": [{"n\u0061me": "a"}]}]}'
    yield "'parameters' with an escaped letter", r'{"process": [{"tasks": [{"name": "a", "par\u0061meters": 1}]}]}'
    yield "a plain then an escaped 'process'", r'{"process": [], "pr\u006fcess": 1}'
    yield "an escaped then a plain 'process'", r'{"pr\u006fcess": 1, "process": []}'
    yield "a capital 'Process' is another key", '{"Process": 1}'
    yield "'process' with a space is another key", '{"process ": 1}'
    yield "'process' with NUL is another key", r'{"process\u0000": 1}'
    yield "an escaped solidus in a collection name", r'{"process": [{"collection_options": {"a\/b": 1, "a/b": 2}}]}'
    for name in ("__proto__", "constructor", "toString", "hasOwnProperty", "length"):
        yield f"a root key named '{name}'", '{"%s": {"process": 1}}' % name
        yield f"'{name}' at every level", every_level_named(name)


def every_level_named(name):
    return '{"%s": 1, "process": [{"%s": 1, "tasks": {"%s": {}}, "workflow_options": {"%s": 2}, %s, %s}]}' % (
        *([name] * 4),
        '"upload_options": {"collections": {"%s": "$"}}' % name,
        '"collection_options": {"%s": {"upload_options": {"%s": 3}}}' % (name, name),
    )


def collection_option_cases():
    upload = '"upload_options": {"path_template": "s3://b/${id}", "headers": {}}'
    yield "per-collection upload options replace the global ones", payload(
        upload, '"collection_options": {"a": {"upload_options": {"headers": {"x": 1}}}, "b": {}}'
    )
    yield "per-collection upload options beside bad global ones", payload(
        '"upload_options": []', '"collection_options": {"a": {"upload_options": {"x": 1}}, "b": {}}'
    )
    yield "bad options of a collection beside bad global upload options", payload(
        '"upload_options": []', '"collection_options": {"a": 1}'
    )
    yield "a collection named with quotes and braces", payload('"collection_options": {"it\'s {0} %s \\"q\\"": 1}')
    yield "a collection named with a line break", payload('"collection_options": {"a\\nb": []}')
    yield "a collection named with a lone surrogate", payload('"collection_options": {"\\ud800": null, "\ude00": 1}')
    yield "collections named like built-ins, bad", payload(
        '"collection_options": {"__proto__": 1, "constructor": 2, "": 3}'
    )
    yield "collections named like built-ins, good", payload(
        '"collection_options": {"__proto__": {"upload_options": {"a": 1}}, "constructor": {}, "": {"b": 2}}'
    )
    yield "collection names in odd order", payload(upload, '"collection_options": {"z": {}, "10": {}, "2": 4}')


def order_and_number_cases():
    odd_order = '{"zeta": %s, "10": %s, "2": %s, "-1": %s, "01": %s, "1.0": %s}'
    yield "integer-like collections keep their order", payload(
        '"upload_options": {"collections": %s}' % (odd_order % tuple(f'"$.p{i}"' for i in range(6)))
    )
    yield "integer-like tasks keep their order", payload('"tasks": %s' % (odd_order % (("{}",) * 6)))
    yield "integer-like options keep their order", payload('"workflow_options": %s' % (odd_order % tuple("123456")))
    yield "a key set twice keeps its first place", payload('"workflow_options": {"b": 1, "7": 2, "a": 3, "b": 4}')
    yield "numbers keep their kind", payload('"workflow_options": {"n": [%s]}' % ", ".join(NUMBERS))
    yield "numbers in a feature", '{"features": [{"bbox": [%s]}]}' % ", ".join(NUMBERS)
    yield "strings of every plane", payload('"workflow_options": {"s": [%s]}' % ", ".join(STRINGS))
    yield "later process definitions are not looked at", '{"process": [{"tasks": {}}, null, 1, {"tasks": 1}]}'
    yield "no type, no id, odd features", '{"type": 1, "id": null, "features": [null, 1, "x", [], {"id": 1}]}'


NUMBERS = [
    "0", "-0", "0.0", "-0.0", "1", "1.0", "-1", "1e2", "1E-2", "1e+2", "0.1", "1e16", "1e15", "123456789.125",
    "1e-4", "1e-5", "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "-9223372036854775809", "18446744073709551615", "18446744073709551616", "123456789012345678901234567890",
    "5e-324", "1e-400", "1.7976931348623157e308", "1e400", "-1e400", "NaN", "Infinity", "-Infinity",
]

STRINGS = [
    '""', '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\xe9"', '"\\u00e9"', '"\u4e2d"', '"\U0001f600"', '"\\ud83d\\ude00"',
    '"\\ud83d"', '"\\ude00"', '"\\ude00\\ud83d"', '"\ud83d"', '"\\u0000"', '"\x7f"', '"\u2028\u2029"', '"/"',
]


def whitespace_cases():
    tokens = ["{", '"process"', ":", "[", "{", '"tasks"', ":", "{", '"a"', ":", "1", "}", "}", "]", "}"]
    spaces = [("no space", ""), ("spaces", " "), ("tabs", "\t"), ("LF", "\n"), ("CR", "\r"), ("CRLF", "\r\n")]
    for label, space in spaces:
        yield f"{label} between all tokens", space + space.join(tokens) + space
    yield "blank lines around a payload", '\n\n \t\r\n{"features": 1}\n\n'


def nesting_cases():
    for depth in (100, 900):
        lists = "[" * depth + "]" * depth
        objects = '{"a":' * depth + "1" + "}" * depth
        yield f"{depth} lists in an unknown key", '{"x": %s}' % lists
        yield f"{depth} objects in an unknown key", '{"x": %s, "features": 1}' % objects
        yield f"{depth} lists in a feature", '{"features": [%s]}' % lists
        yield f"{depth} lists as 'process'", '{"process": %s}' % lists
        yield f"{depth} objects as workflow options", payload('"workflow_options": %s' % objects)
        yield f"{depth} objects as a task's options", payload('"tasks": {"a": %s}' % objects)
        yield f"{depth} objects as collection options", payload('"collection_options": %s' % objects)
        yield f"{depth} lists as a listed task's name", payload('"tasks": [{"name": %s}]' % lists)
        yield f"{depth} lists beside bad tasks", payload('"x": %s' % lists, '"tasks": 1')
    nested_name = '{"name": %s%s, "parameters": 0}' % ("[" * 100, "]" * 100)
    yield "100 lists as the name of a task with bad parameters", payload('"tasks": [%s]' % nested_name)

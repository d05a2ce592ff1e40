"""Payloads written by hand, one thing to mend each: (name, JSON text, the same text without faults of syntax)."""


def fix_edges():
    cases = [*syntax_cases(), *((name, text, text) for name, text in [*process_cases(), *task_cases(), *mapping_cases()])]
    return [*cases, *((name, text, text) for name, text in [*duplicate_cases(), *key_cases(), *header_cases()])]


def definition(*members):
    return '{"process": [{%s}]}' % ", ".join(members)


def pretty(*lines, unit="  ", newline="\n"):
    """Lines with their depth in leading spaces, one for each level."""
    indented = [unit * (len(line) - len(line.lstrip(" "))) + line.lstrip(" ") for line in lines]
    return newline.join(indented) + newline


MANNERS = [("two spaces", "  ", "\n"), ("four spaces", "    ", "\n"), ("tabs", "\t", "\n"), ("CRLF", "  ", "\r\n")]


def syntax_cases():
    yield "a comma behind the last member", '{"process": [],}', '{"process": []}'
    yield "a comma behind the last element", '{"process": [{},]}', '{"process": [{}]}'
    yield "commas on lines of their own", '{\n  "process": [\n    {}\n    ,\n  ],\n}\n', '{\n  "process": [\n    {}\n  ]\n}\n'
    yield "a tab in a string", '{"id": "a\tb"}', '{"id": "a\\tb"}'
    yield "a line break in a string", '{"id": "a\nb"}', '{"id": "a\\nb"}'
    yield "CRLF in a string", '{"id": "a\r\nb"}', '{"id": "a\\r\\nb"}'
    yield "NUL and U+001F in a string", '{"id": "\x00\x1f"}', '{"id": "\\u0000\\u001f"}'
    yield "a tab in a key", '{"a\tb": 1}', '{"a\\tb": 1}'
    yield "a path of Windows", '{"id": "C:\\data\\x"}', '{"id": "C:\\\\data\\\\x"}'
    yield "a backslash before a character beyond ASCII", '{"id": "\\\u00e9"}', '{"id": "\\\\\u00e9"}'
    yield "all of these, then a bare process", '{"process": {"a": "\t\\d",},}', '{"process": {"a": "\\t\\\\d"}}'
    yield "a comma and a fault that nobody can mend", '{"process": [],} x', '{"process": [],} x'
    yield "two commas", '{"process": [],,}', '{"process": [],,}'


def process_cases():
    yield "a bare process", '{"process": {"tasks": {}}}'
    yield "an empty bare process", '{"process":{}}'
    yield "a bare process with an error inside", '{"process": {"tasks": 5}}'
    yield "a bare process in a list of pairs", '[["process", {"tasks": {}}]]'
    for name, unit, newline in MANNERS:
        lines = ["{", ' "process": {', '  "tasks": {}', " }", "}"]
        yield f"a bare process, {name}", pretty(*lines, unit=unit, newline=newline)


def task_cases():
    yield "an empty list of tasks", definition('"tasks": []')
    yield "a listed task", definition('"tasks": [{"name": "a", "parameters": {"p": 1.0}}]')
    yield "a listed task without parameters", definition('"tasks": [{"name": "a"}]')
    yield "a listed task, parameters first", definition('"tasks": [{"parameters": {"p": [1, {}]}, "name": "a"}]')
    yield "listed tasks named like numbers", definition('"tasks": [{"name": "10"}, {"name": "b"}, {"name": "2"}]')
    yield "a listed task with an escaped name", definition('"tasks": [{"n\\u0061me": "\\u0061\\"", "parameters": {}}]')
    yield "a listed task with its parameters twice", definition(
        '"tasks": [{"name": "a", "parameters": {"p": 1}, "parameters": {"p": 2}}]'
    )
    yield "a listed task with its name twice", definition('"tasks": [{"name": "a", "name": "b"}]')
    yield "listed tasks with one name", definition('"tasks": [{"name": "a", "parameters": {"p": 1}}, {"name": "a"}]')
    yield "a listed task with another key", definition('"tasks": [{"name": "a", "note": 1}]')
    yield "a listed task whose name is a number", definition('"tasks": [{"name": 1}]')
    yield "a listed task whose parameters are null", definition('"tasks": [{"name": "a", "parameters": null}]')
    yield "a listed task named __proto__", definition('"tasks": [{"name": "__proto__", "parameters": {"a": 1}}]')
    for name, unit, newline in MANNERS:
        lines = ["{", ' "process": [', "  {", '   "tasks": [', "    {", '     "name": "a",', '     "parameters": {']
        lines += ['      "p": [', "       1", "      ]", "     }", "    },", '    { "name": "b" }', "   ]", "  }", " ]", "}"]
        yield f"listed tasks, {name}", pretty(*lines, unit=unit, newline=newline)


MAPPINGS = [
    ("a mapping", '{"a": "$"}'),
    ("an empty mapping", "{}"),
    ("a mapping in an order of its own", '{"zeta": "$[0].id", "10": "$", "2": "$"}'),
    ("a mapping with one key twice", '{"a": "$.id", "b": "$", "a": "$"}'),
    ("a mapping with a name that is empty", '{"": "$"}'),
    ("a mapping with escapes", '{"\\u0061\\"": "$[?(@.id =~ \\"x\\")]"}'),
    ("a mapping with a pattern that is no string", '{"a": "$.id", "b": 5}'),
    ("a mapping that matches by the id", '{"s2": "$[?(@.id =~ \'S2\')]", "l": "$[?(@.id =~ \'LC0[89].*\')]", "r": "$"}'),
]


def mapping_cases():
    for name, mapping in MAPPINGS:
        yield name, definition('"upload_options": {"collections": %s}' % mapping)
        yield f"{name}, beside empty matchers", definition(
            '"collection_matchers": []', '"upload_options": {"collections": %s, "s3_urls": true}' % mapping
        )
        yield f"{name}, empty matchers behind", definition(
            '"upload_options": {"s3_urls": true, "collections": %s}' % mapping, '"collection_matchers": [ ]'
        )
    mapping = '{"a": "$", "b": "$"}'
    yield "a mapping beside matchers that are null", definition(
        '"upload_options": {"collections": %s}' % mapping, '"collection_matchers": null'
    )
    yield "a mapping beside matchers", definition(
        '"upload_options": {"collections": %s}' % mapping, '"collection_matchers": [{"type": "catch_all", "collection_name": "c"}]'
    )
    yield "a mapping in a bare process, minified", '{"process":{"upload_options":{"collections":{"a":"$"}},"tasks":[]}}'
    yield "a mapping with an escaped key", definition('"upload_options": {"collectio\\u006es": %s}' % mapping)
    yield "a mapping between other options", definition(
        '"upload_options": {"path_template": "s3://b/${id}", "collections": %s, "s3_urls": true}' % mapping
    )
    yield "an earlier mapping that does not count", definition(
        '"upload_options": {"collections": {"a": "$"}, "collections": {"b": "$"}}'
    )
    yield "an earlier mapping that does not count, and an empty one", definition(
        '"upload_options": {"collections": {"a": "$"}, "collections": {}}'
    )
    yield "a mapping beside misspelt matchers", definition(
        '"upload_options": {"collections": %s}' % mapping, '"collection_matcher": []'
    )
    yield "upload options twice, one with a mapping", definition(
        '"upload_options": {"collections": {"a": "$"}}', '"upload_options": {"s3_urls": true, "collections": {"b": "$"}}'
    )
    yield "empty matchers twice, beside a mapping", definition(
        '"collection_matchers": []', '"upload_options": {"collections": %s}' % mapping, '"collection_matchers": []'
    )
    for name, unit, newline in MANNERS:
        lines = ["{", ' "process": [', "  {", '   "upload_options": {', '    "path_template": "s3://b/${id}",']
        lines += ['    "collections": {', '     "a": "$[?(@.id =~ \'S2\')]",', '     "b": "$"', "    }", "   },"]
        lines += ['   "tasks": {}', "  }", " ]", "}"]
        yield f"a mapping, {name}", pretty(*lines, unit=unit, newline=newline)


def duplicate_cases():
    yield "a key of the payload twice", '{"id": 1, "process": [], "id": 2}'
    yield "'process' twice", '{"process": 5, "process": [{}]}'
    yield "'features' twice", '{"features": [{"id": "a"}], "features": [{"id": "b"}]}'
    yield "a key three times", '{"id": 1, "id": 2, "id": 3}'
    yield "a key twice, spelt in two ways", '{"id": 1, "\\u0069d": 2}'
    yield "a feature's key twice", '{"features": [{"id": "a", "id": "b", "properties": {"p": 1, "p": 2}}]}'
    yield "an option twice", definition('"workflow_options": {"a": {"x": 1}, "b": 2, "a": {"x": 2, "x": 3}}')
    yield "a task twice, the last is bad", definition('"tasks": {"a": {}, "b": {}, "a": 1}')
    yield "a pattern twice, where it cannot be a matcher", definition(
        '"upload_options": {"collections": {"a": "$.id", "b": 5, "a": "$"}}'
    )
    for name, unit, newline in MANNERS:
        lines = ["{", ' "id": 1,', ' "process": [', "  {}", " ],", ' "id": 2', "}"]
        yield f"a key twice, {name}", pretty(*lines, unit=unit, newline=newline)
    yield "a raw high surrogate", '{"id": "a\ud83db"}'
    yield "a raw low surrogate in a key", '{"\udc00": 1}'
    yield "a high surrogate as an escape", '{"id": "\\ud83d"}'
    yield "a raw high before an escaped low surrogate", '{"id": "\ud83d\\ude00"}'
    yield "an escaped high before a raw low surrogate", '{"id": "\\ud83d\ude00"}'


EMPTY = ["{}", "[]"]


def key_cases():
    names = ["workflow_option", "task", "upload_option", "collection-matchers", "collectionoptions", "chain_filtr"]
    for name in names:
        for value in EMPTY:
            yield f"'{name}' is {value}", definition('"%s": %s' % (name, value))
    for name in ["collection", "header", "public-assets", "path_templat", "s3urls"]:
        for value in EMPTY:
            yield f"the upload option '{name}' is {value}", definition(
                '"upload_options": {"path_template": "s3://b/${id}", "%s": %s}' % (name, value)
            )
    for value in EMPTY:
        yield f"a collection's 'upload_option' is {value}", definition(
            '"upload_options": {"path_template": "s3://b/${id}"}', '"collection_options": {"a": {"upload_option": %s}}' % value
        )
        yield f"a listed task's 'parameter' is {value}", definition('"tasks": [{"name": "a", "parameter": %s}]' % value)
    yield "a misspelt key with a value", definition('"task": {"a": {}}')
    yield "two spellings of one key", definition('"task": {}', '"taks": {}')
    yield "a misspelt key beside the right one", definition('"task": {}', '"tasks": {"a": {}}')
    yield "a matcher with misspelt keys", definition(
        '"collection_matchers": [{"Type": "jsonpath", "collection-name": "a", "patern": "$"}]'
    )
    yield "a catch_all with a misspelt pattern", definition(
        '"collection_matchers": [{"type": "catch_all", "collection_name": "a", "patern": "$"}]'
    )
    for kind in ["jsonPath", "JSONPATH", "json_path", "catch-all", "catchall", "CATCH_ALL", "regex", ""]:
        yield f"a matcher of the type '{kind}'", definition(
            '"collection_matchers": [{"type": "%s", "collection_name": "a", "pattern": "$"}]' % kind
        )


def header_cases():
    headers = ['"cache-control": "no-store"', '"x-amz-storage-class": "GLACIER"', '"acl": "private"', '"foo": "x"']
    headers += ['"StorageClass": "standard"', '"ACL": "public_read"', '"StorageClass": "nothing"', '"CacheControl": 5']
    headers += ['"cache-control": "a", "CacheControl": "b"', '"cache-control": "a", "Cache_Control": "b"']
    for members in headers:
        yield f"headers {members}", definition(
            '"upload_options": {"path_template": "s3://b/${id}", "headers": {%s}}' % members
        )

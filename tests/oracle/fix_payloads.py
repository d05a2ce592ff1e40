"""Payloads that need fixes, in many manners of writing: (name, JSON text, the same text without faults of syntax).

The payload itself is made at random of parts that fixes look at: legacy mappings, lists of tasks, a bare process, keys
twice, keys misspelt. Then it is written with two or four spaces, tabs, on one line or with odd gaps, and now and then
with a fault that makes it no JSON at all.
"""

import json
import random

from json_kinds import KINDS
from payload_generator import Members, Text


def fix_cases(seed, count):
    chooser = random.Random(seed)
    return [fix_case(chooser, number) for number in range(1, count + 1)]


def fix_case(chooser, number):
    value = payload(chooser)
    layout = Layout(chooser)
    text, clean = layout.write(value)
    return f"generated {number}: {layout.name}", text, clean


# --- payloads ----------------------------------------------------------------------------------------------------


def payload(chooser):
    root = Members([["type", "FeatureCollection"], ["id", "c/workflow-w/i"], ["process", process(chooser)]])
    root.append(["features", [feature(chooser) for _ in range(chooser.choice([0, 1, 1, 2]))]])
    if chooser.random() < 0.2:
        chooser.shuffle(root)
    if chooser.random() < 0.1:
        root.pop(chooser.randrange(len(root)))
    spoil_keys(root, chooser, 0.05)
    if chooser.random() < 0.02:
        return [list(member) for member in root]
    return root


def process(chooser):
    first = definition(chooser)
    if chooser.random() < 0.35:
        return first
    more = [definition(chooser), [definition(chooser)], None]
    return [first, *([chooser.choice(more)] if chooser.random() < 0.1 else [])]


def definition(chooser):
    members = Members([["workflow", "cog"]])
    if chooser.random() < 0.8:
        members.append(["tasks", tasks(chooser)])
    if chooser.random() < 0.8:
        members.append(["upload_options", upload_options(chooser, chooser.random() < 0.7)])
    if chooser.random() < 0.3:
        members.append(["collection_matchers", matchers(chooser)])
    if chooser.random() < 0.3:
        members.append(["collection_options", collection_options(chooser)])
    if chooser.random() < 0.3:
        members.append(["workflow_options", some_object(chooser)])
    if chooser.random() < 0.02:
        members.append([chooser.choice(DEFINITION_KEYS), Text(chooser.choice(KINDS)[1])])
    chooser.shuffle(members)
    spoil_keys(members, chooser, 0.12)
    return members


NAMES = ["sentinel-2-l2a", "landsat-c2-l2", "naip", "10", "2", "", "caf\u00e9", 'say "x"', "a\\b", "__proto__"]
PATTERNS = ["$", "$[?(@.id =~ 'S2')]", "$[?(@.id =~ 'LC0[89].*')]", "$.id", "$[?(@.properties.p > 1)]", "$[0].id", "$[?("]


def mapping(chooser):
    names = [chooser.choice(NAMES) for _ in range(chooser.choice([0, 1, 1, 2, 3, 4]))]
    if chooser.random() < 0.7:
        names = list(dict.fromkeys(names))
    return Members([[name, pattern(chooser)] for name in names])


def pattern(chooser):
    if chooser.random() < 0.03:
        return chooser.choice([None, 5, [], ""])
    return chooser.choices(PATTERNS, [1, 6, 6, 2, 3, 2, 0.3])[0]


def matchers(chooser):
    made = [matcher(chooser) for _ in range(chooser.choice([0, 0, 0, 1, 2, 3]))]
    return made


def matcher(chooser):
    members = Members([["type", chooser.choice(["jsonpath", "jsonpath", "catch_all"])]])
    if chooser.random() < 0.1:
        members[0][1] = chooser.choice(["jsonPath", "json_path", "catch-all", "catchall", "regex", None, "JSONPATH"])
    members.append(["collection_name", chooser.choice([*NAMES, None])])
    members.append(["pattern", pattern(chooser)])
    if chooser.random() < 0.1:
        members.pop(chooser.randrange(len(members)))
    spoil_keys(members, chooser, 0.08)
    return members


def collection_options(chooser):
    options = Members()
    for _ in range(chooser.randint(0, 2)):
        own = Members()
        if chooser.random() < 0.7:
            own.append(["upload_options", upload_options(chooser, False)])
        spoil_keys(own, chooser, 0.2)
        options.append([chooser.choice(NAMES), own])
    return options


HEADERS = [
    ["CacheControl", "max-age=60"], ["StorageClass", "STANDARD_IA"], ["ACL", "private"], ["ContentType", "image/tiff"],
    ["cache-control", "max-age=60"], ["Cache-Control", "no-store"], ["x-amz-storage-class", "GLACIER"], ["acl", "private"],
    ["StorageClass", "standard"], ["StorageClass", "GLACIERIR"], ["ACL", "public_read"], ["Metadata", "x"], ["nonsense", 5],
]


def upload_options(chooser, has_mapping):
    members = Members([["path_template", "s3://bucket/${collection}/${year}/${id}"]])
    if chooser.random() < 0.3:
        members.append(["s3_urls", chooser.choice([True, False, None, 1])])
    if chooser.random() < 0.3:
        members.append(["public_assets", chooser.choice(["ALL", [], ["data"], None, "all"])])
    if chooser.random() < 0.3:
        members.append(["headers", Members(json.loads(json.dumps(chooser.sample(HEADERS, chooser.randint(0, 3)))))])
    if has_mapping:
        members.append(["collections", mapping(chooser)])
    if chooser.random() < 0.3:
        members.pop(0)
    chooser.shuffle(members)
    spoil_keys(members, chooser, 0.1)
    return members


TASKS = ["publish", "reproject", "10", "2", "Convert To COG", "caf\u00e9", 'it\'s "x"', "a\\b"]


def tasks(chooser):
    names = [chooser.choice(TASKS) for _ in range(chooser.choice([0, 1, 1, 2, 3]))]
    if chooser.random() < 0.8:
        names = list(dict.fromkeys(names))
    if chooser.random() < 0.35:
        return Members([[name, some_object(chooser)] for name in names])
    return [listed_task(name, chooser) for name in names]


def listed_task(name, chooser):
    if chooser.random() < 0.05:
        name = chooser.choice([5, None, True, 1.5, ["a"]])
    task = Members([["name", name], ["parameters", some_object(chooser)]])
    if chooser.random() < 0.2:
        task.pop(1)
    if chooser.random() < 0.1:
        task.append(["note", "x"])
    if chooser.random() < 0.02:
        task.append(["parameters", chooser.choice([None, [], 1])])
    chooser.shuffle(task)
    spoil_keys(task, chooser, 0.08)
    return task


def some_object(chooser, depth=0):
    values = [Text("0.5"), Text("1.0"), Text("-0"), "high", None, [1, [2]], Text("1e22"), Text("NaN"), "a\nb\t\\d", [], {}]
    members = Members()
    for key in chooser.sample(["a", "b", "9", "10", "\u00fc", "x y"], chooser.choice([0, 1, 2, 2, 3])):
        nested = depth < 2 and chooser.random() < 0.25
        members.append([key, some_object(chooser, depth + 1) if nested else chooser.choice(values)])
    if members and chooser.random() < 0.1:
        repeat_a_key(members, chooser)
    return members


IDS = ["S2A_1", "LC08_2", "x", "MY_S2"]


def feature(chooser):
    properties = Members([["p", Text(chooser.choice(["0.5", "1.5", "2"]))], ["datetime", "2020-01-02T00:00:00Z"]])
    members = Members([["type", "Feature"], ["id", chooser.choice(IDS)], ["properties", properties]])
    if chooser.random() < 0.1:
        repeat_a_key(members, chooser)
    return members


# --- keys twice, and misspelt ------------------------------------------------------------------------------------

DEFINITION_KEYS = ["workflow_options", "tasks", "upload_options", "collection_matchers", "collection_options"]

KNOWN_KEYS = [
    *DEFINITION_KEYS, "path_template", "public_assets", "headers", "s3_urls", "collections", "type", "pattern",
    "collection_name", "name", "parameters", "chain_filter", "description", "process", "features", "workflow",
]


def spoil_keys(members, chooser, chance):
    if members and chooser.random() < chance:
        repeat_a_key(members, chooser)
    if members and chooser.random() < chance:
        member = chooser.choice(members)
        member[0] = misspelt(member[0], chooser)
    if chooser.random() < chance:
        empty = chooser.choice([Members(), []])
        members.insert(chooser.randint(0, len(members)), [misspelt(chooser.choice(KNOWN_KEYS), chooser), empty])


def repeat_a_key(members, chooser):
    """Another member of the same name, before or after, with a value of its own."""
    name, value = chooser.choice(members)
    others = [value, [], Members(), Text(chooser.choice(KINDS)[1]), chooser.choice(members)[1]]
    for _ in range(chooser.choice([1, 1, 2])):
        members.insert(chooser.randint(0, len(members)), [name, chooser.choice(others)])


def misspelt(key, chooser):
    ways = [
        lambda: key.replace("_", "-"), lambda: key.replace("_", ""), lambda: key.removesuffix("s"), lambda: key + "s",
        lambda: key.upper(), lambda: key[1:], lambda: key[:3] + key[4:], lambda: key.capitalize(), lambda: " " + key,
    ]
    return chooser.choice(ways)()


# --- writing -----------------------------------------------------------------------------------------------------


class Layout:
    """Writes a value twice: as it is to be tested, and without the faults that make it no JSON."""

    def __init__(self, chooser):
        self.chooser = chooser
        self.unit = chooser.choice([None, None, None, "  ", "  ", "    ", "\t"])
        self.newline = chooser.choices(["\n", "\r\n", "\r"], [6, 3, 0.3])[0]
        self.colon = chooser.choices([": ", ":", " : "], [6, 2, 1])[0] if self.unit else chooser.choice([": ", ":"])
        self.comma = ", " if self.colon == ": " else ","
        # Short objects and lists on one line, as people write them.
        self.inline = chooser.choice([0, 0, 30, 60, 120])
        self.odd = 0.15 if chooser.random() < 0.1 else 0
        self.escaped = chooser.choice([0, 0, 0, 0.05])
        self.trailing_comma = chooser.choice([0] * 12 + [0.1])
        self.raw_control = chooser.choice([0] * 12 + [0.5])
        self.bad_escape = chooser.choice([0] * 12 + [0.2])
        self.surrogate = chooser.choice([0] * 9 + [0.05])
        manner = "one line" if self.unit is None else f"indent {self.unit!r}, newline {self.newline!r}"
        self.name = manner + (", odd gaps" if self.odd else "")

    def write(self, value):
        before = self.chooser.choice(["", "", "", "\n", " "])
        after = self.chooser.choice(["", "\n", "\n", self.newline])
        text, clean = self.value(value, "")
        return before + text + after, before + clean + after

    def value(self, value, margin):
        if isinstance(value, Text):
            return str(value), str(value)
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, dict):
            return self.container("{}", [], margin)
        if isinstance(value, Members):
            return self.container("{}", [self.member(member, margin) for member in value], margin)
        if isinstance(value, list):
            return self.container("[]", [self.value(each, margin + (self.unit or "")) for each in value], margin)
        return (json.dumps(value),) * 2

    def member(self, member, margin):
        key, clean_key = self.string(member[0])
        value, clean_value = self.value(member[1], margin + (self.unit or ""))
        colon = self.gap() + self.colon + self.gap()
        return key + colon + value, clean_key + colon + clean_value

    def container(self, brackets, parts, margin):
        is_short = sum(len(clean) for _, clean in parts) < self.inline
        has_lines = any("\n" in clean or "\r" in clean for _, clean in parts)
        is_inline = self.unit is None or not parts or (is_short and not has_lines)
        start = "" if is_inline else self.newline + margin + self.unit
        separator = self.comma if is_inline else "," + start
        end = "" if is_inline else self.newline + margin
        gaps = [(self.gap(), self.gap()) for _ in parts]
        comma = "," if parts and self.chooser.random() < self.trailing_comma else ""
        texts = [separator.join(gaps[i][0] + parts[i][way] + gaps[i][1] for i in range(len(parts))) for way in (0, 1)]
        text, clean = (brackets[0] + start + each for each in texts)
        return text + comma + end + brackets[1], clean + end + brackets[1]

    def gap(self):
        if self.chooser.random() >= self.odd:
            return ""
        return self.chooser.choice([" ", "  ", self.newline, self.newline + "   ", "\t", self.newline * 2])

    def string(self, text):
        characters = [self.character(each) for each in text]
        if self.chooser.random() < self.surrogate:
            characters.insert(self.chooser.randint(0, len(characters)), self.lone_surrogate())
        return tuple('"%s"' % "".join(each[way] for each in characters) for way in (0, 1))

    def character(self, character):
        if character == "\\" and self.chooser.random() < self.bad_escape:
            # Only as a fault where it makes no escape with what follows.
            return "\\z", "\\\\z"
        if ord(character) < 0x20 and self.chooser.random() < self.raw_control:
            return character, json.dumps(character)[1:-1]
        if character.isalnum() and self.chooser.random() < self.escaped:
            return (self.spelled(character),) * 2
        return (json.dumps(character, ensure_ascii=False)[1:-1],) * 2

    def spelled(self, character):
        return "\\u%04x" % ord(character)

    def lone_surrogate(self):
        return (self.chooser.choice(["\ud83d", "\\ud83d", "\udc00", "\\udc00"]),) * 2

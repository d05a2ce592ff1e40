"""Realistic payloads with up to four faults put in by a seeded generator: (name, JSON text)."""

import json
import random

from json_kinds import KINDS


class Members(list):
    """A JSON object as a list of [key, value] pairs, so that it can hold a key twice."""

    def value(self, key):
        """The value that counts, which is the last one, or None."""
        return next((value for name, value in reversed(self) if name == key), None)

    def put(self, key, value):
        for member in reversed(self):
            if member[0] == key:
                member[1] = value
                return
        self.append([key, value])


class Text(str):
    """A piece of JSON text that is written as it stands."""


def generated_cases(seed, count):
    chooser = random.Random(seed)
    return [generated_case(chooser, number) for number in range(1, count + 1)]


def generated_case(chooser, number):
    payload = realistic_payload(chooser)
    for change in chooser.sample(HARMLESS, chooser.randint(0, 3)):
        change(payload, chooser)
    faults = chooser.sample(FAULTS, chooser.choice([0, 0, 1, 1, 1, 2, 2, 3, 4]))
    labels = [label for fault in faults if (label := fault(payload, chooser))]
    name = f"generated {number}: {'; '.join(labels) or 'no fault put in'}"
    return name, Writer(chooser).write(payload)


# --- a payload as a user would write it -------------------------------------------------------------------------

COLLECTIONS = ["sentinel-2-l2a", "landsat-c2-l2", "naip", "10", "2", "caf\u00e9"]
TASKS = ["publish", "reproject", "add-preview", "Convert To COG", "7"]


def realistic_payload(chooser):
    payload = Members([["type", "FeatureCollection"], ["id", f"c/workflow-w/{chooser.randint(1, 999)}"]])
    payload.append(["process", [definition(chooser)]])
    payload.append(["features", [feature(chooser) for _ in range(chooser.randint(0, 2))]])
    chooser.shuffle(payload)
    return payload


def definition(chooser):
    upload = Members([["path_template", "s3://bucket/${collection}/${year}/${id}"], ["s3_urls", False]])
    members = Members([["workflow", "cog"], ["tasks", task_options(chooser)], ["upload_options", upload]])
    if chooser.random() < 0.5:
        members.append(["workflow_options", Members([["overwrite", True], ["scale", Text("1.0")]])])
    if chooser.random() < 0.5:
        upload.append(["collections", mapping(chooser)])
    else:
        members.append(["collection_matchers", matchers(chooser)])
    if chooser.random() < 0.5:
        members.append(["collection_options", collection_options(chooser)])
    chooser.shuffle(members)
    return members


def task_options(chooser):
    return Members([[name, parameters(chooser)] for name in chooser.sample(TASKS, chooser.randint(0, 3))])


def parameters(chooser):
    values = [Text("0.5"), Text("80"), "high", None, [1, 2], Text("1e22"), Text("NaN")]
    return Members([[key, chooser.choice(values)] for key in chooser.sample(["a", "b", "9"], chooser.randint(0, 2))])


def mapping(chooser):
    names = chooser.sample(COLLECTIONS, chooser.randint(1, 3))
    return Members([[name, f"$[?(@.id =~ '{name[:2]}')]"] for name in names])


def matchers(chooser):
    chosen = [
        Members([["type", "jsonpath"], ["collection_name", name], ["pattern", "$.id"]])
        for name in chooser.sample(COLLECTIONS, chooser.randint(0, 2))
    ]
    return [*chosen, Members([["type", "catch_all"], ["collection_name", "rest"]])]


def collection_options(chooser):
    options = Members()
    for name in chooser.sample(COLLECTIONS, chooser.randint(1, 2)):
        upload = Members([["public_assets", "ALL"]])
        options.append([name, Members([["upload_options", upload]] if chooser.random() < 0.6 else [])])
    return options


def feature(chooser):
    properties = Members([["eo:cloud_cover", Text("80.5")]])
    return Members([["type", "Feature"], ["id", f"S2A_{chooser.randint(10, 60)}UFS"], ["properties", properties]])


# --- changes that leave a payload valid --------------------------------------------------------------------------


def process_of(payload):
    """The definition, wherever earlier changes have left it, or None."""
    process = payload.value("process")
    if isinstance(process, list) and not isinstance(process, Members):
        process = process[0] if process else None
    return process if isinstance(process, Members) else None


def make_process_bare(payload, _):
    process = process_of(payload)
    if process is not None:
        payload.put("process", process)


def list_the_tasks(payload, _):
    process = process_of(payload)
    tasks = process and process.value("tasks")
    if isinstance(tasks, Members):
        process.put("tasks", [Members([["name", name], ["parameters", options]]) for name, options in tasks])


def add_another_definition(payload, chooser):
    process = payload.value("process")
    if isinstance(process, list) and not isinstance(process, Members):
        process.append(Text(chooser.choice(["{}", "null", '{"tasks": 1}'])))


def drop_a_key(payload, chooser):
    holder = chooser.choice([payload, process_of(payload) or payload])
    if holder:
        holder.pop(chooser.randrange(len(holder)))


def add_an_odd_key(payload, chooser):
    holder = process_of(payload) or payload
    holder.insert(0, [chooser.choice(["__proto__", "", "12", "constructor", "\u2028"]), Text("{}")])


def repeat_a_key(payload, chooser):
    holder = process_of(payload) or payload
    if holder:
        holder.insert(0, [chooser.choice(holder)[0], Text(random_kind(chooser)[1])])


HARMLESS = [make_process_bare, list_the_tasks, add_another_definition, drop_a_key, add_an_odd_key, repeat_a_key]


# --- faults, each says what it did, or None where earlier changes left no place for it ---------------------------


def random_kind(chooser):
    return chooser.choice(KINDS)


def wrong_value(key, at_root=False):
    """A fault that gives `key` a value of any kind; now and then it is even a good one."""

    def fault(payload, chooser):
        holder = payload if at_root else process_of(payload)
        label, text = random_kind(chooser)
        if holder is None:
            return None
        holder.put(key, Text(text))
        return f"'{key}' is {label}"

    return fault


def wrong_member(key):
    """A fault in one member of an object under `key`, or in one element of a list there."""

    def fault(payload, chooser):
        process = process_of(payload)
        target = process.value(key) if process is not None else None
        label, text = random_kind(chooser)
        if not isinstance(target, list):
            return None
        add_member(target, Text(text), chooser)
        return f"a member of '{key}' is {label}"

    return fault


def add_member(target, value, chooser):
    place = chooser.randint(0, len(target))
    target.insert(place, ["new", value] if isinstance(target, Members) else value)


def wrong_collections(payload, chooser):
    process = process_of(payload)
    upload = process.value("upload_options") if process is not None else None
    label, text = random_kind(chooser)
    if not isinstance(upload, Members):
        return None
    upload.put("collections", Text(text))
    return f"'collections' is {label}"


def mapping_beside_matchers(payload, chooser):
    process = process_of(payload)
    if process is None:
        return None
    process.put("collection_matchers", matchers(chooser))
    process.put("upload_options", Members([["collections", mapping(chooser)]]))
    return "a mapping beside matchers"


def odd_listed_task(payload, chooser):
    process = process_of(payload)
    if process is None:
        return None
    label, name = random_kind(chooser)
    good_label, parameter_text = chooser.choice([("good", '{"k": 1}'), ("bad", "[]"), ("null", "null")])
    task = Members([["name", Text(name)], ["parameters", Text(parameter_text)]])
    tasks = process.value("tasks")
    listed = tasks if isinstance(tasks, list) and not isinstance(tasks, Members) else [Members([["name", "first"]])]
    process.put("tasks", [*listed, task])
    return f"a listed task whose name is {label}, {good_label} parameters"


FAULTS = [
    wrong_value("process", at_root=True),
    wrong_value("features", at_root=True),
    wrong_value("tasks"),
    wrong_value("workflow_options"),
    wrong_value("upload_options"),
    wrong_value("collection_matchers"),
    wrong_value("collection_options"),
    wrong_member("tasks"),
    wrong_member("collection_matchers"),
    wrong_member("collection_options"),
    wrong_collections,
    mapping_beside_matchers,
    odd_listed_task,
]


# --- writing -----------------------------------------------------------------------------------------------------


class Writer:
    """Writes a payload in one of several styles of spacing and key spelling."""

    def __init__(self, chooser):
        self.chooser = chooser
        self.comma, self.colon = chooser.choice([(", ", ": "), (",", ":"), (",\n ", ": "), (" ,\r\n\t", " : ")])
        self.escaped_keys = chooser.choice([0, 0, 0.1])

    def write(self, value):
        if isinstance(value, Text):
            return str(value)
        if isinstance(value, Members):
            return "{%s}" % self.comma.join(self.key(key) + self.colon + self.write(item) for key, item in value)
        if isinstance(value, list):
            return "[%s]" % self.comma.join(self.write(item) for item in value)
        return json.dumps(value, ensure_ascii=False)

    def key(self, key):
        if key and self.chooser.random() < self.escaped_keys:
            place = self.chooser.randrange(len(key))
            return '"%s\\u%04x%s"' % (key[:place], ord(key[place]), key[place + 1 :])
        return json.dumps(key, ensure_ascii=False)

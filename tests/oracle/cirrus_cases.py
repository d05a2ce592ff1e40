"""Payloads and events for Cirrus, written by hand and put together at random."""

import json
import random

ITEMS = [
    {"id": "b", "collection": "c2", "properties": {"confidence": 80.5, "gsd": 10}},
    {"id": "a", "collection": "c1", "properties": {"confidence": 81, "gsd": 20}},
    {"id": "\u00e9/\U0001f600", "properties": {"confidence": 12}, "bbox": [1, 2.5, 3, 4]},
]


def payload(process, features=ITEMS, **members):
    return {"type": "FeatureCollection", "id": "c/workflow-w/i", "process": process, "features": features, **members}


def ids():
    first = {"workflow": "w"}
    anywhere = [{"id": "z", "collection": "c"}, 5]
    cases = {
        "of collections and items in order": payload([first]),
        "of one item without a collection": payload([first], ITEMS[2:]),
        "of the same collection twice": payload([first], [{"id": "b", "collection": "c"}, {"id": "a", "collection": "c"}]),
        "of the same id twice": payload([first], [{"id": "a"}, {"id": "a"}]),
        "of code points, not units": payload([first], [{"id": "\uffff"}, {"id": "\U00010000"}, {"id": "~"}]),
        "with collections of its own": payload([{**first, "collections": "mine"}]),
        "with empty collections": payload([{**first, "collections": ""}]),
        "with a list of collections": payload([{**first, "collections": ["a", 1.0, None]}]),
        "with input_collections, which count for nothing": payload([{**first, "input_collections": ["x"]}]),
        "with a workflow that is a number": payload([{"workflow": 1.0}]),
        "with a workflow of null": payload([{"workflow": None}]),
        "of a process definition without a list": payload(first),
        "without items": payload([first], []),
        "without features": {"process": [first]},
        "without a workflow": payload([{}]),
        "without a process": {"features": ITEMS},
        "of an empty process": payload([]),
        "of a process that is none": payload(5),
        "of a definition that is none": payload([5]),
        "of features that are no list": payload([first], {}),
        "of an item without an id": payload([first], [{"collection": "c"}]),
        "of an id that is a number": payload([first], [{"id": 5}]),
        "of ids of two types": payload([first], [{"id": "a"}, {"id": 5}]),
        "of ids of null": payload([first], [{"id": None}, {"id": None}]),
        "of ids of which the least is a fraction": payload([first], [{"id": 2}, {"id": 1.5}]),
        "of ids that are lists of two types": payload([first], [{"id": [1]}, {"id": ["a"]}]),
        "of ids in a falling order, then of another type": payload(
            [first], [{"id": 3}, {"id": 2}, {"id": True}, {"id": 5}, {"id": "a"}]
        ),
        "of ids in a rising order, then of another type": payload(
            [first], [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}, {"id": []}]
        ),
        "of ids of which one is compared with none": payload([first], [{"id": None}]),
        "of an item that is a number": payload([first], anywhere),
        "of an item that is a text": payload([first], ["abc"]),
        "of an item that is a text with the word in it": payload([first], ["collection"]),
        "of an item that is a list": payload([first], [["x"]]),
        "of an item that is a list with the word in it": payload([first], [["collection"]]),
        "of a collection of null": payload([first], [{"id": "a", "collection": None}]),
        "of two collections of null": payload([first], [{"id": "a", "collection": None}, {"id": "b", "collection": None}]),
        "of a collection that is a number": payload([first], [{"id": "a", "collection": 7}]),
        "of a collection that is a list": payload([first], [{"id": "a", "collection": []}]),
    }
    for value in cases.values():
        value.pop("id", None)
    kept = payload([first])
    return [*cases.items(), ("that is there", kept), ("of null, which is there", {**kept, "id": None})]


def chains():
    first, last = {"workflow": "w"}, {"workflow": "z"}
    second = {"workflow": "x"}
    filters = [
        "@.properties.confidence > 80",
        "@.properties.confidence >= 80.5",
        "@.id =~ '^[ab]$'",
        "@.id == 'a' & @.properties.gsd > 15",
        "@.nothing",
        "@.properties",
        "properties.confidence",
        "@.collection == c1",
        "@",
        "@.id == 'a')] | $.features[?(@.id == 'b'",
        "@.id)] | $.process[?(@.workflow",
        "@.id)].properties.confidence | $.features[?(@.id",
        "@.id)].`len` | $.features[?(@.id",
        "confidence > ",
        "",
        "@.id =~ '('",
        "@.properties.gsd > 'a'",
        "\u00e9",
    ]
    cases = {
        "none behind the last": payload([first]),
        "one": payload([first, second]),
        "one and the rest": payload([first, second, [last, {}], 5]),
        "forks": payload([first, [second, last], last]),
        "no forks": payload([first, [], last]),
        "forks with the same id": payload([first, [second, second]]),
        "other members": payload([first, second], url="s3://a/b", context={"a": [1, 1.0, None]}),
        "without features": {"id": "c/workflow-w/i", "process": [first, {**second, "chain_filter": "@.id"}]},
        "items that are none": payload([first, {**second, "chain_filter": "@.id"}], [1, "id", ["id"], {"id": 1}, None]),
        "a definition without a workflow": payload([first, {}]),
        "forks of forks": payload([first, [[second]]]),
        "a fork that is a text": payload([first, ["abc"]]),
        "a fork that is the word": payload([first, ["chain_filter"]]),
        "a fork that is a list with the word": payload([first, [["chain_filter"]]]),
        "a fork that is a number": payload([first, [second, 5]]),
        "a fork of null": payload([first, [None]]),
        "a number": payload([first, 5]),
        "a float": payload([first, 5.5]),
        "null": payload([first, None]),
        "true": payload([first, True]),
        "a payload that is refused": payload([{}, second]),
        "a payload without an id": {"process": [first, second], "features": ITEMS},
        "a process that is no list": payload({"workflow": "w"}),
    }
    for value in [None, 5, True, ["@.id"], {"a": 1}]:
        cases[f"a filter that is {value!r}"] = payload([first, {**second, "chain_filter": value}])
    for text in filters:
        cases[f"the filter {text}"] = payload([first, [{**second, "chain_filter": text}, last], last])
    return list(cases.items())


def events():
    plain = payload([{"workflow": "w"}])
    text = json.dumps(plain)
    message = json.dumps({"Type": "Notification", "Message": text})
    cases = {
        "plain": plain,
        "SQS": {"Records": [{"messageId": "1", "body": text, "eventSource": "aws:sqs"}]},
        "SNS": {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": text}}]},
        "SNS by way of SQS": {"Records": [{"body": message}]},
        "SNS with raw delivery": {"Records": [{"Sns": plain}]},
        "one record alone": {"body": message},
        "a message alone": {"Message": text},
        "Batch": {"Parameters": {"url": "s3://b/in.json", "url_out": "s3://b/out.json"}},
        "Batch in a message": {"Records": [{"body": json.dumps({"Parameters": {"url_out": "s3://b/out.json"}})}]},
        "Batch without an output": {"Parameters": {"url": "s3://b/in.json"}},
        "an address": {"url": "s3://b/in.json"},
        "an address beside Batch": {"url": "s3://b/in.json", "Parameters": {"url_out": "s3://b/out.json"}},
        "an address beside a payload": {**plain, "url": "s3://b/in.json"},
        "an address in a message": {"Records": [{"body": '{"url": "s3://b/in.json"}'}]},
        "records in a message, which stay": {"Records": [{"body": json.dumps({"Records": [{"body": text}]})}]},
        "a body that wins over Sns": {"Records": [{"body": text, "Sns": {"Message": "{}"}}]},
        "the last of two keys": {"Records": [{"body": '{"a": 1, "a": 2.0}'}]},
        "NaN in a message": {"Records": [{"body": '{"a": NaN, "b": -Infinity, "c": [1.0, 12345678901234567890123]}'}]},
        "escapes in messages": {"body": json.dumps({"Message": json.dumps({"\u00e9\"\\": "\U0001f600\n\u2028"})})},
        "nothing": {},
        "no records": {"Records": []},
        "no records in a dict": {"Records": {}},
        "no records in a text": {"Records": ""},
        "two records": {"Records": [{"body": text}, {"body": text}]},
        "two records, one of them bad": {"Records": [{"body": text}, {"body": "{"}]},
        "records that are a text": {"Records": "ab"},
        "records that are a character": {"Records": "a"},
        "records that are a dict": {"Records": {"a": {"body": text}}},
        "a url that is a number": {"url": 5},
        "a url of null": {"url": None},
        "Parameters that are a number": {"Parameters": 5},
        "Parameters that are a text": {"Parameters": "url_out"},
        "Parameters that are a list": {"Parameters": ["a"]},
        "Parameters that are a list with the word": {"Parameters": ["url_out"]},
        "a message that is a list of pairs": {"Message": '[["a", 1]]'},
        "a body with a mark": {"body": "\ufeff{}"},
        "an empty body": {"body": ""},
        "half a body": {"Records": [{"body": text[:-1]}]},
        "half a message": {"Records": [{"body": json.dumps({"Message": text[:-1]})}]},
    }
    others = [None, True, 5, 5.5, "x", "Message", [], ["Message"], ["x"]]
    for other in others:
        shown = json.dumps(other)
        cases[f"an event that is {shown}"] = other
        cases[f"records that are {shown}"] = {"Records": other}
        cases[f"a record that is {shown}"] = {"Records": [other]}
        cases[f"a body that is {shown}"] = {"body": other}
        cases[f"a body of {shown}"] = {"body": shown}
        cases[f"an Sns that is {shown}"] = {"Sns": other}
        cases[f"a message of {shown}"] = {"body": json.dumps({"Message": shown})}
    return list(cases.items())


TEXTS = ["", "a", "\"\\/\b\f\n\r\t", "\x00\x1f\x7f", "\u00e9\u20ac\u2028", "\U0001f600\ud800", "\ud83d\ude00x"]
NUMBERS = ["0", "-0", "1", "1.0", "-0.0", "1e5", "1E400", "-1e400", "NaN", "1e16", "1e-5", "0.1", "5e-324", "1.50", "1e22"]
BIG = "123456789012345678901234567890"


def random_text(random_source, depth=0):
    """JSON as somebody may have written it: blanks, escapes, repeated keys."""
    kind = random_source.randrange(7 if depth < 4 else 4)
    blank = random_source.choice(["", "", " ", "\n\t"])
    if kind < 2:
        return random_source.choice([*NUMBERS, BIG, "true", "false", "null"])
    if kind < 4:
        return json.dumps(random_source.choice(TEXTS), ensure_ascii=random_source.random() < 0.7)
    inner = [random_text(random_source, depth + 1) for _ in range(random_source.randrange(5))]
    if kind == 4:
        return f"[{blank}{f'{blank},'.join(inner)}{blank}]"
    keys = [json.dumps(random_source.choice(["a", "b", "\u00e9", "\n"])).replace("a", random_source.choice(["a", "\\u0061"])) for _ in inner]
    return f"{{{blank}{','.join(f'{key}{blank}:{value}' for key, value in zip(keys, inner, strict=True))}{blank}}}"


def random_texts(seed, count):
    source = random.Random(seed)
    made = ["{" + f'"a": {random_text(source)}, "b": {random_text(source)}, "a": {random_text(source)}' + "}" for _ in range(count)]
    # Text that UTF-8 cannot hold stands in escapes only.
    return [text for text in made if not any(0xD800 <= ord(character) < 0xE000 for character in text)]

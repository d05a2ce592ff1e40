"""Items as texts, for what a dict cannot say: keys twice, escapes, numbers that JSON does not have."""

HEAD = '"type":"Feature","stac_version":"1.1.0","id":"a"'
DATE = '{"datetime":"2020-01-01T00:00:00Z"}'
NULL = '"geometry":null'
TAIL = '"links":[],"assets":{}'


def item(properties=DATE, geometry=NULL, tail=TAIL, head=HEAD):
    return f'{{{head},{geometry},"properties":{properties},{tail}}}'


def polygon(ring):
    return f'"geometry":{{"type":"Polygon","coordinates":[{ring}]}},"bbox":[0,0,1,1]'


def asset(text):
    return f'"links":[],"assets":{{"a":{text}}}'


DEEP_BANDS = '{"bands":[' * 12 + '{"gsd":0}' + "]}" * 12

TEXTS = [
    (f"text: {name}", text)
    for name, text in {
        "no object": "5",
        "a list": "[]",
        "null": "null",
        "a string": '"Feature"',
        "an empty object": "{}",
        "type twice, good last": item(head='"type":5,' + HEAD),
        "type twice, bad last": item(head=HEAD + ',"type":5'),
        "version twice, good last": item(head='"stac_version":"0.9.0",' + HEAD),
        "version twice, older last": item(head=HEAD + ',"stac_version":"1.0.0"', tail=asset('{"href":"a","bands":5}')),
        "version twice, newer last": item(
            head='"stac_version":"1.0.0",' + HEAD, tail=asset('{"href":"a","bands":5}')
        ),
        "version last, 1.0.0": item(head='"type":"Feature","id":"a"', tail=TAIL + ',"stac_version":"1.0.0"'),
        "version last, 1.0.0, with bands": item(
            head='"type":"Feature","id":"a"', tail=asset('{"href":"a","bands":5}') + ',"stac_version":"1.0.0"'
        ),
        "version last, 1.1.0, with bands": item(
            head='"type":"Feature","id":"a"', tail=asset('{"href":"a","bands":5}') + ',"stac_version":"1.1.0"'
        ),
        "links twice, bad first": item(tail='"links":[5],' + TAIL),
        "links twice, bad last": item(tail=TAIL + ',"links":[5]'),
        "links twice, the collection's first": item(
            tail='"links":[{"rel":"collection","href":"c"}],' + TAIL, head=HEAD + ',"collection":"c"'
        ),
        "links twice, the collection's last": item(
            tail=TAIL + ',"links":[{"rel":"collection","href":"c"}]', head=HEAD + ',"collection":"c"'
        ),
        "asset twice, bad first": item(tail='"links":[],"assets":{"a":5,"a":{"href":"a"}}'),
        "asset twice, bad last": item(tail='"links":[],"assets":{"a":{"href":"a"},"a":5}'),
        "asset twice, once escaped": item(tail='"links":[],"assets":{"a":5,"\\u0061":{"href":"a"}}'),
        "assets twice, bands first": item(
            properties='{"datetime":"2020-01-01T00:00:00Z","bands":[]}',
            tail='"assets":{"a":{"href":"a","bands":[]}},' + TAIL,
        ),
        "bands of the asset twice removed": item(
            properties='{"datetime":"2020-01-01T00:00:00Z","bands":[]}',
            tail='"links":[],"assets":{"a":{"href":"a","bands":[]},"a":{"href":"a"}}',
        ),
        "properties twice, bands first": item(properties='{"bands":[]},"properties":' + DATE),
        "properties twice, bad last": item(properties=DATE + ',"properties":{}'),
        "datetime twice, bad first": item('{"datetime":5,"datetime":"2020-01-01T00:00:00Z"}'),
        "datetime twice, bad last": item('{"datetime":"2020-01-01T00:00:00Z","datetime":5}'),
        "href twice, bad first": item(tail=asset('{"href":5,"href":"a"}')),
        "href twice, bad last": item(tail=asset('{"href":"a","href":5}')),
        "header twice, bad first": item(tail='"links":[{"rel":"a","href":"a","headers":{"a":5,"a":"x"}}],"assets":{}'),
        "statistics empty twice": item(tail=asset('{"href":"a","statistics":{"count":-1,"count":1}}')),
        "coordinates twice, bad first": item(
            geometry='"geometry":{"type":"Point","coordinates":5,"coordinates":[1,2]},"bbox":[0,0,1,1]'
        ),
        "geometry twice, null last": item(geometry='"geometry":{"type":"Point","coordinates":[1,2]},' + NULL),
        "geometry twice, null first": item(
            geometry=NULL + ',"geometry":{"type":"Point","coordinates":[1,2]},"bbox":[0,0,1,1]'
        ),
        "keys with escapes": item(head=HEAD.replace("id", "\\u0069d").replace("type", "t\\u0079pe")),
        "values with escapes": item(head=HEAD.replace("Feature", "Fe\\u0061ture").replace("1.1.0", "1\\u002e1.0")),
        "an escaped date": item('{"datetime":"2020\\u002d01-01T00:00:00Z"}'),
        "extensions twice, once escaped": item(
            head=HEAD + ',"stac_extensions":["https://a","https:\\/\\/a"]'
        ),
        "an asset named like an object's method": item(tail='"links":[],"assets":{"__proto__":{"href":"a"},"":{"href":"a"}}'),
        "gsd NaN": item('{"datetime":"2020-01-01T00:00:00Z","gsd":NaN}'),
        "gsd Infinity": item('{"datetime":"2020-01-01T00:00:00Z","gsd":Infinity}'),
        "gsd -Infinity": item('{"datetime":"2020-01-01T00:00:00Z","gsd":-Infinity}'),
        "gsd 1e400": item('{"datetime":"2020-01-01T00:00:00Z","gsd":1e400}'),
        "gsd 1e-400": item('{"datetime":"2020-01-01T00:00:00Z","gsd":1e-400}'),
        "gsd of forty digits": item('{"datetime":"2020-01-01T00:00:00Z","gsd":1' + "0" * 40 + "}"),
        "count NaN": item(tail=asset('{"href":"a","statistics":{"count":NaN}}')),
        "count Infinity": item(tail=asset('{"href":"a","statistics":{"count":Infinity}}')),
        "count 1e3": item(tail=asset('{"href":"a","statistics":{"count":1e3}}')),
        "count of forty digits": item(tail=asset('{"href":"a","statistics":{"count":1' + "0" * 40 + "}}")),
        "percent NaN": item(tail=asset('{"href":"a","statistics":{"valid_percent":NaN}}')),
        "ring of NaN": item(geometry=polygon("[[NaN,0],[1,0],[1,1],[NaN,0]]")),
        "ring closed in other words": item(geometry=polygon("[[0,0],[1,0],[1,1],[0.0, -0e5]]")),
        "ring with space": item(geometry=polygon("[ [ 0 , 0 ] , [ 1 , 0 ] , [ 1 , 1 ] , [ 0 ,0 ] ]")),
        "ring open in the seventeenth digit": item(
            geometry=polygon("[[0.10000000000000001,0],[1,0],[1,1],[0.1,0]]")
        ),
        "ring open in height": item(geometry=polygon("[[0,0,1],[1,0,1],[1,1,1],[0,0,2]]")),
        "bands inside bands, a flaw in the twelfth": item(tail=asset('{"href":"a","bands":[' + DEEP_BANDS + "]}")),
        "bands inside bands, a flaw in the fourth": item(
            tail=asset('{"href":"a","bands":[{"bands":[{"bands":[{"bands":[{"gsd":0}]}]}]}]}')
        ),
        "license with a letter beyond ASCII": item('{"datetime":"2020-01-01T00:00:00Z","license":"\u00fc"}'),
        "license with a line feed at its end": item('{"datetime":"2020-01-01T00:00:00Z","license":"MIT\\n"}'),
        "method with a line feed at its end": item(
            tail='"links":[{"rel":"a","href":"a","method":"GET\\n"}],"assets":{}'
        ),
        "date with a line feed at its end": item('{"datetime":"2020-01-01T00:00:00Z\\n"}'),
        "a lone surrogate as id": item(head=HEAD.replace('"a"', '"\\ud800"')),
    }.items()
]

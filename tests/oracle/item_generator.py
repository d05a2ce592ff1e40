"""Example items with up to three faults at random places."""

import copy
import json
import random

from item_bases import VERSIONS, example_items, small_example

VALUES = [None, True, 0, -1, 5.5, "", "x", "Feature", "1.0.0", "1.1.0", "2020-01-01T00:00:00Z", "collection", [], {}, [1, 2], ["x"], {"href": "a"}]


def generated_cases(seed, count):
    generator = random.Random(seed)
    bases = [feature for _, feature in example_items()]
    for number in range(count):
        feature = copy.deepcopy(small_example(generator.choice(bases), generator.choice(VERSIONS), assets=1))
        shorten(feature, generator)
        for _ in range(generator.randint(1, 3)):
            spoil(feature, generator)
        yield f"generated {number}", json.dumps(feature, separators=(",", ":"))


def shorten(feature, generator):
    """Extensions say nothing here; a few of their members are enough."""
    for owner in (feature["properties"], *feature["assets"].values()):
        for key in [key for key in owner if ":" in key and generator.random() < 0.9]:
            del owner[key]
    feature["stac_extensions"] = feature["stac_extensions"][:2]
    feature["links"] = feature["links"][-2:]


def spoil(feature, generator):
    container = pick(feature, generator)
    keys = list(container) if isinstance(container, dict) else list(range(len(container)))
    if not keys:
        return
    key = generator.choice(keys)
    fault = generator.randrange(4)
    if fault == 0:
        del container[key]
    elif fault == 1 and isinstance(container, dict):
        container[generator.choice(list(feature))] = container[key]
    else:
        container[key] = copy.deepcopy(generator.choice(VALUES))


def pick(value, generator):
    """A container in the tree, the outer ones more often."""
    inner = list(value.values()) if isinstance(value, dict) else value
    inner = [each for each in inner if isinstance(each, (dict, list))]
    if not inner or generator.random() < 0.35:
        return value
    return pick(generator.choice(inner), generator)

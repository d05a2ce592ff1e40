"""Records the public names of stactask and stac-asset, so that a test can tell whether docs/migration.md has all of them.

A name is public if nothing in it begins with an underscore. Members of a class are those that it brings itself, not
those of a class above it that is here, too.
"""

import importlib
import inspect
import pkgutil
from importlib.metadata import version

import stac_asset
import stactask

from vector_file import write_vectors


def main():
    names = {}
    for module in pkgutil.iter_modules(stactask.__path__):
        found = importlib.import_module(f"stactask.{module.name}")
        for name, value in vars(found).items():
            if public(name) and getattr(value, "__module__", None) == found.__name__:
                add(names, f"stactask.{name}", value)
    for name in vars(Anything({})):
        if public(name):
            names[f"stactask.Task.{name}"] = "member"
    for name in stac_asset.__all__:
        add(names, f"stac_asset.{name}", getattr(stac_asset, name))
    recorded = {"stactask": version("stactask"), "stac-asset": version("stac-asset")}
    write_vectors("python-names.json", recorded, [{"name": name, "kind": names[name]} for name in sorted(names)])


class Anything(stactask.Task):
    """A task has members that its constructor makes."""

    def process(self):
        return []


def public(name):
    return not name.startswith("_")


def add(names, name, value):
    names[name] = "class" if inspect.isclass(value) else "function" if inspect.isroutine(value) else "value"
    if not inspect.isclass(value):
        return
    above = [base for base in value.__mro__[1:] if base.__module__.split(".")[0] in ("stactask", "stac_asset")]
    inherited = {member for base in above for member in own_members(base)}
    for member in own_members(value):
        if member not in inherited:
            names[f"{name}.{member}"] = "member"


def own_members(cls):
    return [member for member in {**vars(cls), **getattr(cls, "__annotations__", {})} if public(member)]


main()

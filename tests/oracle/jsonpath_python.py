"""jsonpath-ng 1.8.0 itself: its syntax trees, what it finds, and stac-task's match."""

from importlib.metadata import version

from jsonpath_ng import jsonpath as base
from jsonpath_ng.ext import arithmetic, filter, iterable, string
from jsonpath_ng.ext.parser import ExtendedJsonPathParser

assert version("jsonpath-ng") == "1.8.0"

# Making the tables of the parser takes 12 ms. It keeps nothing from one text to the next.
PARSER = ExtendedJsonPathParser()


def find_without_mutation(self, datum):
    """jsonpath_ng.ext.filter.Filter.find, which in 1.8.0 writes the list of an object's values into the document."""
    datum = base.DatumInContext.wrap(datum)
    if isinstance(datum.value, dict):
        datum = base.DatumInContext(list(datum.value.values()), path=datum.path, context=datum.context)
    if not isinstance(datum.value, list):
        return []
    return [
        base.DatumInContext(element, path=base.Index(i), context=datum)
        for i, element in enumerate(datum.value)
        if len([term for term in self.expressions if term.find(element)]) == len(self.expressions)
    ]


filter.Filter.find = find_without_mutation


def outcome(function):
    """What a function returns, as its repr, or its error as text."""
    try:
        return repr(function())
    except Exception as error:
        return described(error)


def described(error):
    name = type(error).__name__
    return f"{'re.error' if name == 'error' else name}: {error}"


def answers(text, document):
    """The syntax tree, what is found in the document, and whether it matches as an item."""
    try:
        expression = PARSER.parse(text)
    except Exception as error:
        return {"tree": described(error), "found": "", "matched": "", "pruned": ""}
    matched = outcome(lambda: len([datum.value for datum in expression.find([document])]) == 1)
    return {
        "tree": repr(tree_of(expression)),
        "found": outcome(lambda: [datum.value for datum in expression.find(document)]),
        "matched": matched,
        "pruned": matched,
    }


PLAIN = {
    base.Root: "Root", base.This: "This", base.Parent: "Parent", iterable.Len: "Len", iterable.Keys: "Keys",
    iterable.Path: "Path", string.Str: "Str",
}
TWO_SIDED = {
    base.Child: "Child", base.Descendants: "Desc", base.Where: "Where", base.WhereNot: "WhereNot",
    base.Union: "Union", base.Intersect: "Intersect",
}


def tree_of(node):
    kind = type(node)
    if kind in PLAIN:
        return [PLAIN[kind]]
    if kind in TWO_SIDED:
        return [TWO_SIDED[kind], tree_of(node.left), tree_of(node.right)]
    if kind is base.Fields:
        return ["Fields", *node.fields]
    if kind is base.Index:
        return ["Index", *node.indices]
    if kind is base.Slice:
        return ["Slice", node.start, node.end, node.step]
    if kind is arithmetic.Operation:
        return ["Op", tree_of(node.left), node.op_symbol, tree_of(node.right)]
    if kind is filter.Filter:
        return ["Filter", *map(tree_of, node.expressions)]
    if kind is filter.Expression:
        return ["Expr", tree_of(node.target), "==" if node.op == "=" else node.op, node.value]
    if kind is iterable.SortedThis:
        keys = node.expressions
        return ["Sorted", keys if keys is None else [[tree_of(path), descends] for path, descends in keys]]
    if kind is string.Split:
        return ["Split", node.chars, node.segment, node.max_split]
    if kind is string.Sub:
        return ["Sub", node.expr, node.repl]
    return node  # an operand

"""Shows that fixes keep the meaning of a payload, as the real Python reads it before and after.

    python tests/oracle/check_fixes.py [COUNT [SEED]]

Asks Python about the recorded payloads, the example payloads and COUNT generated ones (20,000 unless told), prints what
is wrong, by kind and with the shortest payload of each, and fails when there is anything.
"""

import json
import re
import subprocess
import sys
import warnings
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path

import stactask.utils
from fix_edges import fix_edges
from fix_payloads import fix_cases
from stactask.payload import Payload
from stactask.utils import find_collection

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEED = 179
GENERATED = 20000


real_parse = stactask.utils.parser.parse


class KeptParser:
    """jsonpath-ng's parser, asked once for each expression."""

    @staticmethod
    @lru_cache(maxsize=None)
    def outcome(expression):
        try:
            return real_parse(expression), None
        except Exception as error:
            return None, error

    @staticmethod
    def parse(expression):
        parsed, error = KeptParser.outcome(expression) if isinstance(expression, str) else (real_parse(expression), None)
        if error:
            raise error
        return parsed


stactask.utils.parser = KeptParser


def main():
    count, seed = [*map(int, sys.argv[1:]), *[GENERATED, SEED][len(sys.argv) - 1 :]]
    cases = [*fix_edges(), *recorded_cases(), *example_cases(), *fix_cases(seed, count)]
    results = apply_fixes([text for _, text, _ in cases])
    wrong, kinds, codes = {}, Counter(), Counter()
    for (name, text, clean), result in zip(cases, results, strict=True):
        codes.update(set(result["applied"]))
        for kind, fixed, detail in check_all(text, clean, result):
            kinds[kind] += 1
            if kind not in wrong or len(text) < len(wrong[kind][1]):
                wrong[kind] = (name, text, fixed, detail)
    report(cases, results, codes, wrong, kinds)
    sys.exit(1 if wrong else 0)


def recorded_cases():
    cases = json.loads((HERE.parent / "vectors" / "payloads.json").read_text("utf-8"))["cases"]
    return [(case["name"], case["text"], case["text"]) for case in cases]


def example_cases():
    paths = sorted((ROOT / "examples" / "payloads").glob("*.json"))
    texts = [(path.name, path.read_bytes().decode()) for path in paths]
    return [(name, text, text) for name, text in texts]


def apply_fixes(texts):
    """What fixes.mjs makes of each text."""
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    script = ["node", str(HERE / "fixes.mjs")]
    done = subprocess.run(script, input=lines, capture_output=True, text=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def report(cases, results, codes, wrong, kinds):
    changed = sum(result["text"] != text for (_, text, _), result in zip(cases, results, strict=True))
    print(f"{len(cases)} payloads, {changed} of them fixed; payloads by applied code:")
    for code, times in codes.most_common():
        print(f"  {code}: {times}")
    for kind, (name, text, fixed, detail) in sorted(wrong.items()):
        print(f"\n=== {kind}: {kinds[kind]} payloads, such as {name}")
        print(f"{printable(text)}\n--- fixed\n{printable(fixed)}\n--- {detail}")
    print("\nnothing wrong" if not wrong else f"\n{sum(kinds.values())} things wrong")


def printable(text):
    return text.encode("utf-8", "backslashreplace").decode()


# --- what is asked of each fixed payload -------------------------------------------------------------------------


def check_all(text, clean, result):
    """What is wrong, each as a kind, the fixed text and a detail: with single fixes, else with all together."""
    if result["left"]:
        yield "a safe fix was refused", result["text"], result["left"]
    if result["again"]:
        yield "fixed text is fixed again", result["text"], result["applied"]
    is_wrong = False
    for code, fixed in result["alone"]:
        for kind, detail in check(text, clean, fixed, {code}):
            is_wrong = True
            yield f"{code} alone: {kind}", fixed, detail
    if is_wrong:
        return
    for kind, detail in check(text, clean, result["text"], set(result["applied"])):
        yield f"together: {kind}", result["text"], f"{detail}\n{', '.join(result['applied'])}"


def check(text, clean, after_text, applied):
    """What is wrong, as pairs of a kind and a detail."""
    if after_text == text:
        return
    after = Meaning(after_text)
    before = meaning_of(text)
    if before.malformed:
        # What it would say without the faults that make it no JSON.
        if after.malformed:
            yield "still no JSON", after.malformed
            return
        before = meaning_of(clean)
    if before.malformed:
        return
    yield from compare(before, after, applied)
    yield from check_layout(text, after_text, applied)


def compare(before, after, applied):
    if before.error is None and after.error is not None:
        yield "valid before, not after", after.error
    elif before.error != after.error and after.error is not None:
        yield "another error", f"{before.error} -> {after.error}"
    elif not set(after.warnings) <= set(before.warnings):
        yield "more warnings", set(after.warnings) - set(before.warnings)
    if before.payload is None or after.payload is None:
        return
    for name, old in before.answers.items():
        new = after.answers.get(name, ("error", "gone"))
        if old[0] != "value":
            continue
        if new[0] != "value":
            yield f"another {name[0]}", f"{name}: {old} -> {new}"
            continue
        was, now = (without_fixed(name, each[1], applied) for each in (old, new))
        # Which of two equal keys goes decides where the other stands; only to a mapping does that matter.
        may_move = name[0] != "collection_mapping" and "duplicate-key" in applied
        if repr(was) != repr(now) and not (may_move and without_order(was) == without_order(now)):
            yield f"another {name[0]}", f"{name}: {old} -> {new}"
    for (item, old), (_, new) in zip(before.collections, after.collections, strict=True):
        if old[0] == "value" and old != new:
            yield "another collection", f"{item}: {old} -> {new}"


MADE_ITEMS = [
    {"type": "Feature", "id": name, "properties": {"p": p}, "links": [{"rel": "self"}], "assets": {}}
    for name, p in [("S2A_1", 0.5), ("LC08_2", 2), ("x", 3), ("S2 LC09_L", 1.5), ("", 0)]
] + [{}]

ACCESSORS = [
    "process_definition", "workflow_options", "task_options_dict", "upload_options", "collection_mapping",
    "collection_matchers", "collection_options", "items_as_dicts",
]


class Meaning:
    """A text as Python reads it."""

    def __init__(self, text):
        self.malformed = self.payload = self.error = None
        self.warnings = []
        try:
            self.value = json.loads(text)
        except Exception as error:
            self.malformed = described(error)
            return
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                self.payload = Payload(self.value)
                self.payload.validate()
            except Exception as error:
                self.error = described(error)
        self.warnings = [str(each.message) for each in caught]

    @cached_property
    def answers(self):
        """What each accessor says, by its name and argument."""
        rest = {key: value for key, value in self.payload.items() if key != "process"}
        answers = {("rest of the payload",): ("value", rest), ("later definitions",): ("value", self.later())}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name in ACCESSORS:
                answers[name,] = outcome(lambda: getattr(self.payload, name))
            for name in [*self.collection_names(), None]:
                answers["get_collection_upload_options", name] = outcome(
                    lambda: self.payload.get_collection_upload_options(name)
                )
        return answers

    def later(self):
        process = self.payload.get("process", [])
        return process[1:] if isinstance(process, list) else []

    def collection_names(self):
        kind, options = outcome(lambda: self.payload.collection_options)
        return ["absent", *options] if kind == "value" else ["absent"]

    @cached_property
    def collections(self):
        """What Task.assign_collections gives the payload's items and some others."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            kind, items = outcome(lambda: self.payload.items_as_dicts)
            own = items if kind == "value" else []
            # A copy for each, because jsonpath-ng changes what it filters.
            return [(repr(item)[:80], outcome(lambda: self.assigned(copy_of(item)))) for item in [*own, *MADE_ITEMS]]

    def assigned(self, item):
        config = self.payload.collection_matchers or self.payload.collection_mapping
        return find_collection(config, item) or None


meaning_of = lru_cache(maxsize=4)(Meaning)


def copy_of(value):
    return json.loads(json.dumps(value))


def outcome(read):
    try:
        return "value", read()
    except Exception as error:
        return "error", described(error)


def described(error):
    return f"{type(error).__name__}: {error}"


# --- what fixes may change ---------------------------------------------------------------------------------------


def without_fixed(name, value, applied):
    """The value without what the applied fixes are about."""
    if name[0] == "process_definition" and isinstance(value, dict):
        value = pruned_definition(value, applied)
    elif name[0] == "later definitions":
        value = [pruned_deep(each, applied) for each in value]
    elif name[0] in ("upload_options", "get_collection_upload_options") and isinstance(value, dict):
        value = pruned_upload_options(value, applied)
    elif name[0] == "collection_options" and isinstance(value, dict):
        value = pruned_collection_options(value, applied)
    elif name[0] == "collection_mapping" and "upload-collections" in applied:
        return None
    elif name[0] == "collection_matchers" and applied & MATCHER_CODES:
        return None
    return value


def without_order(value):
    """The value as text: `repr` tells 1 from 1.0, reads NaN as equal to itself and does not join surrogates."""
    if isinstance(value, dict):
        return sorted((repr(key), without_order(each)) for key, each in value.items())
    return [without_order(each) for each in value] if isinstance(value, list) else repr(value)


# Where these are applied, matchers are compared by what they do.
MATCHER_CODES = {"upload-collections", "unknown-key", "matcher-type-unknown"}


def pruned_definition(definition, applied):
    made = {**definition}
    if applied & {"tasks-list", "unknown-key"}:
        made.pop("tasks", None)
    if applied & MATCHER_CODES:
        made.pop("collection_matchers", None)
    if isinstance(made.get("upload_options"), dict):
        made["upload_options"] = pruned_upload_options(made["upload_options"], applied)
    if isinstance(made.get("collection_options"), dict):
        made["collection_options"] = pruned_collection_options(made["collection_options"], applied)
    return pruned_names(made, applied)


def pruned_deep(entry, applied):
    if isinstance(entry, list):
        return [pruned_deep(each, applied) for each in entry]
    return pruned_definition(entry, applied) if isinstance(entry, dict) else entry


def pruned_collection_options(options, applied):
    made = {}
    for name, own in options.items():
        if isinstance(own, dict) and isinstance(own.get("upload_options"), dict):
            own = {**own, "upload_options": pruned_upload_options(own["upload_options"], applied)}
        made[name] = pruned_names(own, applied) if isinstance(own, dict) else own
    return made


def pruned_upload_options(options, applied):
    made = {**options}
    if "upload-collections" in applied:
        made.pop("collections", None)
    if applied & {"header-name", "header-value"}:
        made.pop("headers", None)
    return pruned_names(made, applied)


def pruned_names(members, applied):
    """Keys are put right where they hold what their absence means."""
    if "unknown-key" not in applied:
        return {**members}
    return {key: value for key, value in members.items() if value not in ({}, [])}


# --- layout ------------------------------------------------------------------------------------------------------

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"{}\[\],:]+|[{}\[\],:]', re.S)


def check_layout(before, after, applied):
    if re.search(r"[ \t]+[\r\n,]|\n\s*\n", before):
        return  # there is no manner to keep
    for kind, count in LAYOUT_COUNTS.items():
        if count(after) > count(before):
            yield kind, applied
    if (kept := moved_gap(before, after, "tasks-list" in applied)) is not None:
        yield "space between kept tokens changed", kept


LAYOUT_COUNTS = {
    "trailing blanks": lambda text: len(re.findall(r"[ \t](?=[\r\n]|$)", text)),
    "empty lines": lambda text: len(re.findall(r"(?:\r\n|\n|\r(?!\n))[ \t]*(?=[\r\n])", text)),
    "mixed line ends": lambda text: len(set(re.findall(r"\r\n|\r|\n", text)) or {0}),
    "mixed indents": lambda text: len({indent[0] for indent in re.findall(r"[\r\n]([ \t]+)(?=[^\s])", text)} or {0}),
}


def moved_gap(before, after, may_unindent):
    """The first gap between two tokens that were neighbours and still are, where it is another."""
    old, new = tokens_of(before), tokens_of(after)
    if old is None or new is None:
        return None
    counts = [Counter(token for token, _ in tokens) for tokens in (old, new)]
    unique = {token for token, count in counts[0].items() if count == 1 and counts[1][token] == 1}
    matcher = SequenceMatcher(None, [token for token, _ in old], [token for token, _ in new], autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        for k in range(1, size):
            was, now = old[i + k][1], new[j + k][1]
            around = {old[i + k - 1][0], old[i + k][0]}
            if ":" in around or not around & unique or was == now or (may_unindent and was.startswith(now.rstrip(" \t"))):
                continue
            return f"{was!r} -> {now!r} between {old[i + k - 1][0]} and {old[i + k][0]}"
    return None


def tokens_of(text):
    """Pairs of each token and the space before it, or None where the text is no sequence of tokens."""
    tokens, end = [], 0
    for match in TOKEN.finditer(text):
        gap = text[end : match.start()]
        if gap.strip(" \t\r\n"):
            return None
        tokens.append((match.group(), gap))
        end = match.end()
    return tokens


if __name__ == "__main__":
    main()

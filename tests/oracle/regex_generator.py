"""Random patterns, texts and replacements: most are valid, some are broken in one place."""

CHARACTERS = "aaabbbcdABCks01_ -\nẞßİıſKſΣσςµμéÉ٣²ⅷǅ\u1fbe\ufb05𐐀𐐨😀"
PATTERN_CHARACTERS = CHARACTERS + ".^$*+?{}[]()|\\,:=!<>#PxiL&~-]"
CLASSES = r"\d \D \s \S \w \W".split()
PLACES = ["^", "$", r"\b", r"\B", r"\A", r"\Z"]
ESCAPES = r"\d \D \s \S \w \W \b \B \A \Z \n \t \\ \. \x41 \x4 \u0073 \u00 \U0001F600 \U00110000 \U80000000 \0 \07 \101 \777 \8 \q \N{DASH} \é \- \1 \2 \3".split()
NAMES = ["n", "m", "name_1", "é", "1x", "a b", "", "_"]
REPLACEMENTS = [
    "x", "", r"<\g<0>>", r"\1", r"[\1\2]", r"\g<1>", r"\g<n>", r"\g<2>-", r"\n\t\\", r"\07\101\0", r"\8", r"\777",
    r"\q", r"\g<", r"\g<>", r"\g<a b>", r"\g<99>", r"\g", "\\", r"\12", r"\123", "é\\1😀", r"\g< 1 >", r"\g<-1>", r"\.",
]  # fmt: skip
FLAGS = "imsxau"


class Generator:
    def __init__(self, random):
        self.random = random
        self.groups = 0
        self.closed = []
        self.names = []

    def pick(self, choices):
        return choices[self.random.randrange(len(choices))]

    def chance(self, probability):
        return self.random.random() < probability

    def case(self):
        """A pattern, a text and a replacement."""
        self.groups = 0
        self.closed = []
        self.names = []
        pattern = self.alternatives(self.random.randrange(1, 5))
        if self.chance(0.25):
            pattern = self.global_flags() + pattern
        if self.chance(0.15):
            pattern = self.broken(pattern)
        return pattern, self.text(), self.pick(REPLACEMENTS)

    def text(self):
        alphabet = self.pick(["ab", "abc", "aAbB", "abk1_ \n", CHARACTERS])
        return "".join(self.pick(alphabet) for _ in range(self.pick([0, 1, 2, 3, 4, 5, 6, 8, 13, 20])))

    def global_flags(self):
        return "(?" + "".join(self.pick(FLAGS) for _ in range(self.pick([1, 1, 2]))) + ")"

    def broken(self, pattern):
        at = self.random.randrange(len(pattern) + 1)
        kind = self.random.randrange(4)
        if kind == 0:
            return pattern[:at] + pattern[at + 1 :]
        if kind == 1:
            return pattern[:at] + self.pick(PATTERN_CHARACTERS) + pattern[at:]
        if kind == 2:
            return pattern[:at]
        return pattern[:at] + self.pick(["\\", "(?", "(?P<", "(?<", "[", "{2,1}", "{99999999999}", "(?i", "(?-", "(?(1)", "\n("]) + pattern[at:]

    def alternatives(self, depth):
        return "|".join(self.sequence(depth) for _ in range(self.pick([1, 1, 1, 2, 2, 3])))

    def sequence(self, depth):
        return "".join(self.item(depth) for _ in range(self.pick([0, 1, 1, 2, 2, 3, 4])))

    def item(self, depth):
        if self.chance(0.07):
            return self.pick(PLACES) + (self.quantifier() if self.chance(0.03) else "")
        atom = self.atom(depth)
        return atom + self.quantifier() if self.chance(0.4) else atom

    def quantifier(self):
        return self.pick(["*", "*", "+", "+", "?", "{2}", "{1,2}", "{,2}", "{1,}", "{0}", "{,}", "{2,3}", "{x"]) + self.pick(["", "", "", "?", "?", "+"])

    def atom(self, depth):
        if depth > 0 and self.chance(0.4):
            return self.group(depth - 1)
        kind = self.random.randrange(12)
        if kind < 6:
            return self.pick("aaabbcABks") if self.chance(0.8) else self.pick(CHARACTERS)
        if kind < 7:
            return "."
        if kind < 9:
            return self.character_set()
        if kind < 11:
            return self.pick(CLASSES) if self.chance(0.8) else self.pick(ESCAPES)
        return self.reference()

    def reference(self):
        if self.names and self.chance(0.3):
            return f"(?P={self.pick(self.names)})"
        if self.closed and self.chance(0.95):
            return f"\\{self.pick(self.closed)}"
        return self.pick([r"\1", r"\2", "(?P=n)", "a", "b"]) if self.chance(0.2) else "a"

    def character_set(self):
        items = "".join(self.set_item() for _ in range(self.pick([1, 1, 2, 3, 4])))
        return "[" + self.pick(["", "", "^"]) + items + "]"

    def set_item(self):
        kind = self.random.randrange(8)
        if kind < 3:
            return self.pick("abcABks_")
        if kind < 4:
            return self.pick(CHARACTERS + "]^-[&|")
        if kind < 6:
            low, high = sorted((self.pick(CHARACTERS), self.pick(CHARACTERS)))
            return f"{low}-{high}" if self.chance(0.95) else f"{high}-{low}"
        return self.pick(CLASSES) if self.chance(0.9) else self.pick(ESCAPES)

    def group(self, depth):
        kind = self.random.randrange(20)
        if kind < 8:
            return self.capture("", depth)
        if kind < 9:
            name = self.pick(NAMES[:4] if self.chance(0.97) else NAMES)
            return self.capture(f"?P<{name}>", depth, name)
        inner = self.alternatives(depth)
        if kind < 11:
            return "(?:" + inner + ")"
        if kind < 12:
            return "(?:" + inner + ")" + self.pick(["*", "+", "*?", "*+", "++", "?+", "{2}+", "{1,2}"])
        if kind < 13:
            return "(?=" + inner + ")"
        if kind < 14:
            return "(?!" + inner + ")"
        if kind < 16:
            return self.pick(["(?<=", "(?<!"]) + (inner if self.chance(0.1) else self.fixed_width(depth)) + ")"
        if kind < 17:
            return "(?>" + inner + ")"
        if kind < 18:
            return f"(?{self.scoped_flags()}:{inner})"
        if kind < 19 or self.chance(0.8):
            group = self.pick(self.closed) if self.closed and self.chance(0.9) else self.random.randrange(1, self.groups + 2)
            name = group if self.chance(0.95) else self.pick(["n", "0", "99", "-1", "x y", " 1", "+1", "1_0", "٣"])
            return f"(?({name}){self.sequence(depth)}{self.pick(['', '|' + self.sequence(depth)])})"
        return self.pick(["(?#comment)", "(?#", "(?<x>a)", "(?Px)", "(?'x')", "(?P>", "(?i)"])

    def capture(self, prefix, depth, name=None):
        self.groups += 1
        number = self.groups
        inner = self.alternatives(depth)
        self.closed.append(number)
        if name:
            self.names.append(name)
        return f"({prefix}{inner})"

    def fixed_width(self, depth):
        width = self.pick([0, 1, 1, 2])
        return "|".join("".join(self.pick(["a", "b", ".", "[ab]", r"\w", "é", "^", r"\b"]) for _ in range(width)) for _ in range(self.pick([1, 1, 2])))

    def scoped_flags(self):
        on = "".join(self.pick(FLAGS) for _ in range(self.pick([0, 1, 1, 2])))
        off = "".join(self.pick("imsx" if self.chance(0.9) else "auLt") for _ in range(self.pick([0, 0, 1])))
        return on + ("-" + off if off or self.chance(0.03) else "")

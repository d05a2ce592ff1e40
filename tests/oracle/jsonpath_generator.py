"""Random JSONPath expressions, most of them well-formed, and documents in which they find something."""

NAMES = ["a", "b", "a", "b", "c", "id", "x-y", "'d e'", '"p:q"', "'*'", "'k\\'s'", "'é'", "''"]
# Those that the expressions of terms have, more often.
KEYS = [*["a", "b", "c", "id"] * 6, "x-y", "d e", "p:q", "k's", "é", "1", "*", ""]
NUMBERS = ["0", "1", "2", "-1", "-2", "5", "05", "10", "99999999999999999999", "9223372036854775808", "٣"]
FLOATS = ["2.5", "1.0", "-0.5", "0.0", "100000000000000000000.0", "9007199254740993.0"]
STRINGS = ["abc", "'5'", "'S2A_1'", "'a'", "''", "'é'", "'😀'", "None", "true", "false", "'true'"]
PATTERNS = [
    "'S2.*'", "'a'", "'^a'", "'[0-9]+$'", "'x|5'", "''", "'(a)(b)?'", "S2A", "'\\\\d+'", "'(?i)s2a'", "'('", "'a**'",
    "'(?P<n>a)-(?P=n)'", "'^(?!S2)'", "'\\d'", "'(?<=a)b'", "'[z-a]'", "'\\\\w$'",
]
SUBSTITUTIONS = ["`sub(/a/, b)`", "`sub(/[0-9]/, x)`", "`sub(/(a)/, <\\\\1>)`", "`sub(/ a /,  b )`", "`sub(/a/,b)`",
                 "`sub(/(/, b)`", "`sub(/a/, \\\\2)`", "`sub(/(?P<x>a)/, \\\\g<x>!)`", "`sub(/^/, -)`"]
SPLITS = [
    "`split(-, 0, -1)`", "`split(_, *, -1)`", "`split(' ', 1, 1)`", "`split(a, -1, 2)`", "`split( , 0, 1)`",
    "`split(',', 0, 1)`", "`split(a, 5, 0)`", "`split(,, 0, 1)`", "`split(a 0, 1)`", "`split('a, 0, 1)`",
]
OPERATORS = ["`len`", "`keys`", "`path`", "`this`", "`parent`", "`str()`", "`sorted`"]
COMPARISONS = ["==", "=", "!=", "<", "<=", ">", ">="]
SOUP = [
    *NAMES, *NUMBERS, *FLOATS, *STRINGS, *OPERATORS, *SPLITS, *SUBSTITUTIONS, *COMPARISONS, "=~", "$", "@", "*", ".",
    "..", "[", "]", "(", ")", ",", ":", "|", "&", "~", "?", "+", "-", "/", "\\", " ", "\n", "\t", "where", "wherenot",
    "true", "trueish", "where_", "#", "!", "\r", "\u00a0/", ",\n/", "'", '"', "`", "é", "@id", "@@", "1.", ".5", "1..2",
    "`what`", "`sub(x`", "`split(`", "`str(1)`", "'a\\", "'a\\\n'", "5.5.5", "--1", "-a", "\ud800",
]


class Generator:
    def __init__(self, random):
        self.random = random

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, probability):
        return self.random.random() < probability

    def space(self):
        return self.pick("", "", "", " ", "  ")

    def expression(self):
        kind = self.random.random()
        if kind < 0.35:
            return self.matcher()
        if kind < 0.85:
            return self.path(self.random.randint(1, 4))
        if kind < 0.95:
            return self.damaged(self.path(3))
        return "".join(self.pick(*SOUP) + self.space() for _ in range(self.random.randint(0, 8)))

    def matcher(self):
        terms = self.pick(" & ", "&").join(self.term(2) for _ in range(self.pick(1, 1, 2, 3)))
        return f"$[?({terms})]" if self.chance(0.8) else f"$[?{terms}]"

    def damaged(self, text):
        for _ in range(self.pick(1, 1, 2)):
            at = self.random.randint(0, len(text))
            cut = self.pick(0, 0, 1, 2)
            text = text[:at] + self.pick("", *SOUP) + text[at + cut :]
        return text

    def path(self, depth):
        text = self.primary(depth)
        for _ in range(self.pick(0, 1, 1, 2, 3)):
            text += self.step(depth - 1)
        return text

    def primary(self, depth):
        kind = self.random.random()
        if depth <= 0 or kind < 0.45:
            return self.pick("$", "$", "@", "*", "[*]", "[0]", "[0,1]", self.names(), self.part())
        if kind < 0.6:
            return self.pick(*OPERATORS)
        if kind < 0.7:
            return self.pick(*NUMBERS, *FLOATS) + self.pick("", *self.operators()) + self.operand(depth - 1)
        if kind < 0.85:
            return f"({self.path(depth - 1)})"
        return "$" + self.step(depth - 1)

    def step(self, depth):
        kind = self.random.random()
        space = self.space()
        if kind < 0.35:
            return f"{space}.{space}{self.pick(self.names(), '*', self.part(), *OPERATORS)}"
        if kind < 0.42:
            return f".{self.pick(*SPLITS, *SUBSTITUTIONS)}"
        if kind < 0.65:
            return self.part()
        if depth <= 0:
            return ".a"
        if kind < 0.75:
            return f"[?{self.terms(depth)}]"
        if kind < 0.8:
            keys = "".join(self.pick("/", "\\", ", /", ",\\") + self.path(depth - 2) for _ in range(self.pick(1, 1, 2)))
            return f"[{keys}]"
        if kind < 0.88:
            return self.pick(*self.operators()) + self.operand(depth - 1)
        infix = self.pick("..", "..", "|", "&", " where ", " wherenot ", ".")
        return infix + self.path(depth - 1)

    def operators(self):
        return [" + ", " - ", " * ", "+", "*"]

    def operand(self, depth):
        return self.pick(*NUMBERS, *FLOATS, *NAMES, self.path(depth), self.path(depth))

    def names(self):
        return self.pick(",", ", ").join(self.pick(*NAMES) for _ in range(self.pick(1, 1, 1, 1, 2)))

    def part(self):
        number = lambda: self.pick("", *NUMBERS)  # noqa: E731
        return "[" + self.pick(
            "*", self.pick(*NUMBERS), self.pick(*NUMBERS), self.names(), "0,1", f"{number()}:{number()}",
            f"{number()}:{number()}:{number()}",
        ) + "]"

    def terms(self, depth):
        return self.pick("&", " & ").join(self.term(depth) for _ in range(self.pick(1, 1, 1, 2)))

    def term(self, depth):
        if self.chance(0.15):
            return f"({self.terms(depth - 1)})"
        path = self.pick("@", "@.a", "@.b", "@.c.a", "@.id", "@.'p:q'", "@.*", "$.a", "a", "@..a", self.path(depth - 1))
        if self.chance(0.15):
            return path
        space = self.space()
        if self.chance(0.2):
            return f"{path}{space}=~{space}{self.pick(*PATTERNS, *PATTERNS, *STRINGS, *NUMBERS, *FLOATS)}"
        literal = self.pick(self.pick(*NUMBERS), self.pick(*FLOATS), self.pick(*STRINGS))
        return f"{path}{space}{self.pick(*COMPARISONS)}{space}{literal}"

    def document(self, depth=3):
        """Mostly objects of a few keys, as items are."""
        if depth == 3 and self.chance(0.75):
            return self.object(depth)
        return self.value(depth)

    def value(self, depth):
        kind = self.random.random()
        if depth > 0 and kind < 0.25:
            return self.object(depth)
        if depth > 0 and kind < 0.45:
            return [self.value(depth - 1) for _ in range(self.pick(0, 1, 2, 3, 4))]
        return self.scalar()

    def object(self, depth):
        count = self.pick(0, 1, 2, 4, 6, 8)
        return {self.pick(*KEYS): self.value(depth - 1) for _ in range(count)}

    def scalar(self):
        return self.pick(
            None, True, False, 0, 1, 2, 5, -3, 10, 2.5, 1.0, 0.0, -0.99, 10.9, 1e300, float("inf"), float("nan"),
            9007199254740993, 10**19, -(10**25), 99999999999999999999, "", "a", "abc", "5", " 7 ", "1_0", "+2", "-0",
            "2.5", "S2A_1", "a_b-c a", "é😀", "٣٤", "1__0", "_1", "true", "a, b", "\x1c5", "\u00a05", "a-a-a",
        )

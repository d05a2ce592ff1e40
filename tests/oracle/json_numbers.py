"""Numbers as JSON text: (name, text). Python's int() and float() read them, and repr() prints them."""

import math
import random
import struct
from decimal import Decimal, localcontext


def number_cases(seed):
    return [*spelled_cases(), *long_cases(), *rounding_cases(), *random_float_cases(random.Random(seed))]


SPELLED = [
    "0", "-0", "0.0", "-0.0", "0e0", "-0e-0", "0E+5", "1", "-1", "10", "1.0", "1.50", "-1.5", "1e5", "1E5",
    "1e+5", "1e-5", "1e05", "1e0005", "1E-0005", "1.0e0", "100e-2", "1e1", "1e15", "1e16", "1e17", "1e21",
    "1e22", "1e23", "1e100", "123456789012345.0", "1234567890123456.0", "12345678901234567.0",
    "9999999999999998.0", "9999999999999999.0", "99999999999999990.0", "0.1", "0.01", "0.001", "0.0001",
    "0.00001", "0.00010", "0.000099999", "1e-4", "1e-6", "1e-7", "0.3", "0.30000000000000004", "2.675", "1e400",
    "-1e400", "1e309", "-1e309", "1e308", "1.7976931348623157e308", "1.7976931348623158e308",
    "1.7976931348623159e308", "-1.7976931348623159e308", "2.2250738585072014e-308", "2.2250738585072011e-308",
    "5e-324", "-5e-324", "3e-324", "2e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1e-400",
    "-1e-400", "1e-1000000", "1e1000000", "-1e1000000", "0e1000000", "1e99999999999999999999",
    "1e-99999999999999999999", "NaN", "Infinity", "-Infinity", "[NaN, Infinity, -Infinity]", "9007199254740991",
    "9007199254740992", "9007199254740993", "9007199254740993.0", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
    "-18446744073709551616", "123456789012345678901234567890", "-123456789012345678901234567890",
    "123456789012345678901234567890.0", "100000000000000000000000000000000000", "1.0000000000000002",
    "1.00000000000000011", "1.00000000000000012", "4.35", "179.99999999999997", "-89.999999999999986", "\uff11",
    "\u0661", "1\u0661", "1\uff10", "\xbd", "1\xb2", "1.\uff11", "1e\uff11", "1.e5", "1.5e", "1.5e+", "1.5e-",
    "1.5E", "1.5e+x", "1.5.", "-x", "-.5", "-e5", "e5", "- 1", "1 e5", "1. 5", "+Infinity", "-nan", "-infinity",
    "infinity", "Infinit", "-Infinit", "Na", "-I", "I", "N", "1f", "1L", "1n", "0b1", "0o7", "1,5", "1'000",
]


def spelled_cases():
    return [(f"the number {text}", text) for text in SPELLED]


def long_cases():
    """int() refuses more than 4300 digits; float() does not."""
    for digits in (299, 300, 1000, 4300, 4301, 5000):
        yield f"an integer of {digits} digits", "1" + "0" * (digits - 1)
        yield f"a negative integer of {digits} digits", "-" + "7" * digits
    yield "an integer of 4301 digits in a list", "[1, %s, x]" % ("3" * 4301)
    yield "an error before an integer of 4301 digits", "[x, %s]" % ("3" * 4301)
    yield "a fraction of 5000 digits", "0." + "3" * 5000
    yield "a float with 5000 digits before the point", "1" * 5000 + ".0"
    yield "a float with 5000 zeros before its digits", "0." + "0" * 5000 + "1e5001"
    yield "5000 digits and an exponent that brings them back", "1" * 5000 + "e-4999"


def rounding_cases():
    """Halfway between two doubles, and a hair to both sides: ties go to the even one."""
    starts = [1.0, 1.0000000000000002, 0.1, 1e16, 9007199254740992.0, 1e22, 1e23, 1e-5, 123.456, 5e-324, 1e-310]
    for start in [*starts, 2.2250738585072014e-308, 1.7976931348623155e308]:
        below, halfway, above = around_halfway(start)
        yield f"just below halfway after {start!r}", below
        yield f"halfway after {start!r}", halfway
        yield f"just above halfway after {start!r}", above


def around_halfway(start):
    with localcontext() as context:
        context.prec = 1200
        halfway = (Decimal(start) + Decimal(math.nextafter(start, math.inf))) / 2
        # Far below the last digit of a double, and below the last digit of halfway itself.
        hair = Decimal(1).scaleb(min(halfway.adjusted() - 25, halfway.normalize().as_tuple().exponent - 3))
        return [f"{value.normalize():e}" for value in (halfway - hair, halfway, halfway + hair)]


def random_float_cases(chooser):
    for number in range(1, 201):
        kind, value = random_float(chooser, number)
        style, text = chooser.choice(SPELLINGS)
        yield f"float {number}: {kind}, {style}", text(value)


def random_float(chooser, number):
    kind, make = FLOAT_KINDS[number % len(FLOAT_KINDS)]
    return kind, make(chooser) * chooser.choice([1, -1])


def any_double(chooser):
    while True:
        value = struct.unpack("<d", struct.pack("<Q", chooser.getrandbits(63)))[0]
        if math.isfinite(value):
            return value


def subnormal(chooser):
    return struct.unpack("<d", struct.pack("<Q", chooser.getrandbits(chooser.randint(1, 52)) + 1))[0]


def around(power):
    """Doubles a few steps of the last digit away from a power of ten where repr changes its style."""

    def make(chooser):
        return math.nextafter(power, chooser.choice([0, math.inf])) * chooser.choice([1, 1, 1 + 2**-52, 3, 0.5])

    return make


FLOAT_KINDS = [
    ("any double", any_double),
    ("any double", any_double),
    ("subnormal", subnormal),
    ("around 1e16", around(1e16)),
    ("around 1e-4", around(1e-4)),
    ("around 1e-5", around(1e-5)),
    ("whole number", lambda chooser: float(chooser.getrandbits(chooser.randint(1, 80)))),
    ("power of two", lambda chooser: 2.0 ** chooser.randint(-1074, 1023)),
    ("power of ten", lambda chooser: float(f"1e{chooser.randint(-300, 300)}")),
    ("degrees", lambda chooser: chooser.uniform(0, 180)),
    ("fraction", lambda chooser: chooser.random()),
    ("few digits", lambda chooser: chooser.randint(1, 9999) / 10 ** chooser.randint(0, 12)),
]


def digits_and_exponent(value):
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    return "-" * sign, "".join(map(str, digits)), exponent


def whole_digits(value):
    sign, digits, exponent = digits_and_exponent(value)
    return f"{sign}{digits}e{exponent}"


def leading_zeros(value):
    sign, digits, exponent = digits_and_exponent(value)
    return f"{sign}0.000{digits}E{exponent + len(digits) + 3:+05d}"


def trailing_zeros(value):
    sign, digits, exponent = digits_and_exponent(value)
    return f"{sign}{digits}0000.000e{exponent - 4}"


SPELLINGS = [
    ("as Python prints it", lambda value: repr(value)),
    ("17 digits", lambda value: f"{value:.16e}"),
    ("18 digits", lambda value: f"{value:.17E}"),
    ("30 digits", lambda value: f"{value:.29e}"),
    ("all digits", lambda value: f"{Decimal(value):e}"),
    ("15 digits", lambda value: f"{value:.14e}"),
    ("whole digits and an exponent", whole_digits),
    ("leading zeros", leading_zeros),
    ("trailing zeros", trailing_zeros),
]

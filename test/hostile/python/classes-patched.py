# tries: to leave other methods in library classes
# expect: success
import collections
import fractions


def run(input):
    if hasattr(collections.Counter, "note") or fractions.Fraction(1, 2) + 1 != fractions.Fraction(3, 2):
        return "kept"
    collections.Counter.note = 1
    collections.Counter.most_common = lambda self: []
    fractions.Fraction.__add__ = lambda a, b: a
    return "contained"

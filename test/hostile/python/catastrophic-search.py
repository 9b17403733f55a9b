# tries: a regular expression that takes exponential time
# expect: timeout
import re


def run(input):
    return re.search(r"(a+)+$", "a" * 60 + "b") is None

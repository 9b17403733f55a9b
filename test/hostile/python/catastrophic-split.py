# tries: a split that takes exponential time
# expect: timeout
import re


def run(input):
    return re.split(r"(?:a|a|aa)+$", "a" * 60 + "!")

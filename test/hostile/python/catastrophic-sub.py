# tries: a replacement that takes exponential time
# expect: timeout
import re


def run(input):
    return re.sub(r"(x+x+)+y", "", "x" * 60)

# tries: to lift the limit of recursion
# expect: error memory timeout
import sys


def run(input):
    sys.setrecursionlimit(10 ** 9)

    def down(n):
        return down(n + 1)

    return down(0)

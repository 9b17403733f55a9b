# tries: to end the interpreter
# expect: error
import sys


def run(input):
    sys.exit(0)

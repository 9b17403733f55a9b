# tries: a string of a gigabyte
# expect: memory
def run(input):
    return len("a" * 10 ** 9)

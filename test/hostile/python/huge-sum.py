# tries: a loop inside a built-in that nothing interrupts
# expect: timeout
def run(input):
    return sum(range(10 ** 12))

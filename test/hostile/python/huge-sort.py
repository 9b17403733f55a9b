# tries: to sort ten million numbers
# expect: memory timeout
def run(input):
    return sorted(range(10 ** 7), key=lambda n: -n)[0]

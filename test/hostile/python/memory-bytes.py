# tries: two gigabytes of zeros
# expect: memory
def run(input):
    return len(bytearray(2 ** 31 - 10)) + len(bytes(2 ** 31))

# tries: an integer of a hundred million digits
# expect: timeout memory
def run(input):
    return len(str(10 ** 10 ** 8))

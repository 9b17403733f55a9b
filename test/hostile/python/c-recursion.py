# tries: to overflow the stack beneath Python
# expect: error memory timeout crashed
def run(input):
    nest = []
    for _ in range(1_000_000):
        nest = [nest]
    return len(repr(nest))

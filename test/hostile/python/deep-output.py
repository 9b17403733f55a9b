# tries: to return a value nested without end
# expect: invalid_output error
def run(input):
    nest = 0
    for _ in range(100_000):
        nest = [nest]
    return nest

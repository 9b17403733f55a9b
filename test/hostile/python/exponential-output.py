# tries: a small value whose JSON is astronomically large
# expect: invalid_output timeout
def run(input):
    wide = ["x" * 10]
    for _ in range(60):
        wide = [wide, wide]
    return wide

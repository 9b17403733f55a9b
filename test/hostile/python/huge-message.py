# tries: an error message of 16 MB
# expect: error
def run(input):
    raise ValueError("!" * 16_000_000)

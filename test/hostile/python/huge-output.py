# tries: to return 64 MB of text
# expect: invalid_output memory timeout
def run(input):
    return "\n" * 64_000_000

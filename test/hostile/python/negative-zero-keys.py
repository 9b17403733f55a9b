# tries: to return keys and numbers that JSON does not have
# expect: invalid_output
def run(input):
    return {float("nan"): 1, -0.0: 2, None: float("inf")}

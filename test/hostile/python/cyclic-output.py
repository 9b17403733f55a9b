# tries: to return a value that contains itself
# expect: invalid_output
def run(input):
    ring = {}
    ring["ring"] = [ring]
    return ring

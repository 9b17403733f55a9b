# tries: to call itself without end
# expect: error memory
def run(input):
    return run(input)

# tries: to end the interpreter with KeyboardInterrupt
# expect: error
def run(input):
    raise KeyboardInterrupt("all over")

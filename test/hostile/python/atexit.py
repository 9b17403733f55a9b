# tries: to run when everything ends
# expect: success error
import atexit


def run(input):
    atexit.register(lambda: 1 / 0)
    return "contained"

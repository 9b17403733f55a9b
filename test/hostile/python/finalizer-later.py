# tries: to run in the middle of a later call, when the garbage collector finds it
# expect: success
def late():
    try:
        yield "contained"
    finally:
        while True:
            pass


kept = late()


def run(input):
    return next(kept)

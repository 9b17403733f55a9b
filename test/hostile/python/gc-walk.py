# tries: to find a JavaScript object among all that there is
# expect: error success
import gc


def run(input):
    gc.unfreeze()
    for found in gc.get_objects():
        if type(found).__name__.startswith("Js"):
            found.process.exit(0)
            return "escaped"
    return "contained"

# tries: to make a JavaScript proxy out of its class
# expect: error success
import gc


def run(input):
    gc.unfreeze()
    for found in gc.get_objects():
        if isinstance(found, type) and found.__name__ == "JsProxy":
            proxy = found.__new__(found)
            proxy.constructor("return process")()
            return "escaped"
    return "contained"

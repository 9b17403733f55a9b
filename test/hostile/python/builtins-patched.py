# tries: to leave other built-ins behind
# expect: success
import builtins


def run(input):
    if len([1, 2]) != 2 or not isinstance(sorted, type(len)):
        return "kept"
    builtins.len = lambda value: 7
    builtins.sorted = lambda value: []
    builtins.dict = None
    return "contained"

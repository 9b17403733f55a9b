# tries: to leave another import
# expect: success
import builtins


def run(input):
    if builtins.__import__.__name__ != "__import__":
        return "kept"
    builtins.__import__ = builtins.__build_class__ = lambda *args: 1
    return "contained"

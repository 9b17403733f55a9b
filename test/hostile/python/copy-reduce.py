# tries: to set an attribute of a library class through copy
# expect: success
import collections
import copy


class Odd:
    def __reduce_ex__(self, protocol):
        return (lambda: collections.Counter), (), (None, {"note": 1})


def run(input):
    if hasattr(collections.Counter, "note"):
        return "kept"
    copy.copy(Odd())
    return "contained"

# tries: to set an attribute of a library class through a method of its own
# expect: success
import collections


class Setter:
    def put(self, value):
        self.note = value


def run(input):
    if hasattr(collections.Counter, "note"):
        return "kept"
    Setter.put(collections.Counter, 1)
    return "contained"

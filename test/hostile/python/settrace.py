# tries: to follow the next call
# expect: success
import sys


def run(input):
    if sys.gettrace() is not None or sys.getprofile() is not None:
        return "kept"
    sys.settrace(lambda *args: None)
    sys.setprofile(lambda *args: None)
    return "contained"

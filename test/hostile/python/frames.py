# tries: to change what runs it through its frames
# expect: success error crashed invalid_output
import sys


def run(input):
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        for name in list(frame.f_globals):
            if name in ("written", "describe", "failed", "strayed", "log"):
                frame.f_globals[name] = lambda *args: "escaped\n\n0"
    return "contained"

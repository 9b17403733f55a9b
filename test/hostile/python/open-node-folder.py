# tries: to find the host's disk under another name
# expect: success
import io
import os


def run(input):
    for path in ["/proc/self/environ", "/dev/stdin", "/dev/stdout", "/dev/urandom", "/lib/python314.zip", "/home", "/tmp/x"]:
        for opened in (lambda: io.open(path, "rb").read(10), lambda: os.scandir(path), lambda: io.FileIO(path, "w")):
            try:
                opened()
                return path
            except OSError:
                pass
    return "contained"

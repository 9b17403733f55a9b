# tries: to look around in the file system and to start a process
# expect: success error
import os


def run(input):
    for reach in (
        lambda: os.listdir("/"),
        lambda: os.stat("/etc/passwd"),
        lambda: os.open("/etc", os.O_RDONLY),
        lambda: os.mkdir("/tmp/x"),
        lambda: os.getcwd(),
        lambda: os.system("echo hello"),
        lambda: os.fork(),
        lambda: os.write(1, b"hello"),
        lambda: os.read(0, 1),
        lambda: os.execv("/bin/sh", ["sh"]),
        lambda: os.kill(1, 9),
    ):
        try:
            found = reach()
        except BaseException:
            continue
        if found not in (-1, 0, None):
            return repr(found)
    return "contained"

# tries: to never end while its error is described
# expect: timeout
class Slow(Exception):
    def __str__(self):
        while True:
            pass


def run(input):
    raise Slow()

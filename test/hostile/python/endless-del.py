# tries: to never end while an object is destroyed
# expect: timeout
class Sticky:
    def __del__(self):
        while True:
            pass


def run(input):
    Sticky()
    return 1

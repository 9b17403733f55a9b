# tries: to return an object that says it is a dict
# expect: invalid_output error
class Odd:
    @property
    def __class__(self):
        return dict

    def items(self):
        while True:
            yield "a", 1


def run(input):
    return Odd()

# tries: an error that lies about itself
# expect: error
class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit(0)


class Liar(BaseException, metaclass=Meta):
    __traceback__ = 5
    __class__ = int

    def __str__(self):
        raise self


def run(input):
    raise Liar()

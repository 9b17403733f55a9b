# tries: to return values that lie about what they are
# expect: invalid_output success error
class Text(str):
    def __str__(self):
        return "escaped"

    def __len__(self):
        return 0


class Table(dict):
    def items(self):
        return [("x", float("nan"))] * 10

    def __len__(self):
        return 0


class Odd:
    __class__ = dict


def run(input):
    if len({"a": Text("x")}) == 1:
        return "contained" if Text("x") + "" == "x" and dict.items(Table(a=1)) else Odd()
    return [Text("x"), Table(a=1), Odd()]

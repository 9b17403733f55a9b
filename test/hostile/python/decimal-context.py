# tries: to leave another precision and flags
# expect: success
import decimal


def run(input):
    context = decimal.getcontext()
    if context.prec != 28 or context.flags[decimal.Inexact]:
        return "kept"
    decimal.Decimal(1) / decimal.Decimal(3)
    context.prec = 3
    decimal.DefaultContext.prec = 4
    decimal.setcontext(decimal.Context(prec=5))
    return "contained"

# tries: to leave a flag where no attribute is set
# expect: success
from decimal import Decimal, Inexact, getcontext


def run(input):
    if getcontext().flags[Inexact] or getcontext().traps[Inexact]:
        return "kept"
    Decimal(1) / Decimal(3)
    getcontext().traps[Inexact] = True
    return "contained"

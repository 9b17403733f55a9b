# tries: to leave other warnings filters
# expect: success
import warnings


def run(input):
    if any(f[0] == "error" and f[2] is UserWarning for f in warnings.filters):
        return "kept"
    warnings.simplefilter("error", UserWarning)
    warnings.showwarning = None
    return "contained"

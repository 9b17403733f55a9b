# tries: to read what libraries keep through a format string
# expect: success
import re


def run(input):
    pattern = "{0.__globals__" + "[_cache]}"
    if "secret-" in pattern.format(re.compile):
        return "kept"
    re.compile("secret-" + input["text"])
    return "contained"

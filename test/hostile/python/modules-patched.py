# tries: to leave other functions in modules
# expect: success
import json
import math
import re


def run(input):
    if math.floor(2.5) != 2 or json.loads("1") != 1 or re.sub("a", "b", "a") != "b":
        return "kept"
    math.floor = json.loads = re.sub = lambda *args: 7
    re._cache.clear()
    re._compile = None
    return "contained"

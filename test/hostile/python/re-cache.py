# tries: to leave a note in the cache of regular expressions
# expect: success
import re


def run(input):
    found = re.compile("note")
    key = (str, "note", 0)
    was = re._cache.get(key)
    re._cache[key] = re.compile("other")
    re._cache2[key] = re.compile("other")
    return "contained" if found.pattern == "note" and (was is None or was.pattern == "note") else "kept"

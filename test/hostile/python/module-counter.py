# tries: to count its calls
# expect: success
count = 0
seen = []
cache = {}


def run(input, kept=[]):
    global count
    count += 1
    seen.append(1)
    kept.append(1)
    cache[len(cache)] = 1
    run.calls = getattr(run, "calls", 0) + 1
    return "contained" if (count, len(seen), len(kept), len(cache), run.calls) == (1, 1, 1, 1, 1) else "kept"

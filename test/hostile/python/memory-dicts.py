# tries: dicts without end
# expect: memory timeout
def run(input):
    kept = {}
    while True:
        kept[len(kept)] = {"x" * 1000: len(kept)}

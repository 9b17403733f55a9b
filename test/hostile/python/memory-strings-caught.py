# tries: to go on after it ran out of memory
# expect: memory timeout
def run(input):
    kept = []
    while True:
        try:
            kept.append("a" * (1_000_000 + len(kept)))
        except MemoryError:
            pass

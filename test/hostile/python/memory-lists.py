# tries: lists without end
# expect: memory timeout
def run(input):
    kept = []
    while True:
        kept.append([0] * 100_000)

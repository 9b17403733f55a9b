# tries: to return a list that never ends
# expect: timeout memory
def run(input):
    def numbers():
        while True:
            yield 0

    for number in numbers():
        pass

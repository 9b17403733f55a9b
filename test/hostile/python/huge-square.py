# tries: to square an integer until nothing is left
# expect: timeout memory
def run(input):
    n = 3
    while True:
        n *= n

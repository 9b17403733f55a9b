# tries: to never end
# expect: timeout
def run(input):
    while True:
        pass

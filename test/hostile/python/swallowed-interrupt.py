# tries: to swallow every interruption
# expect: timeout
def run(input):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

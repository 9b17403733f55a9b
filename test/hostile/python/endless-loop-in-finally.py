# tries: to go on in finally when it is stopped
# expect: timeout
def run(input):
    while True:
        try:
            while True:
                pass
        finally:
            continue

# tries: to read a file
# expect: error
def run(input):
    return open("/etc/passwd").read()

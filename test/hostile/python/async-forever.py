# tries: to wait for nothing, again and again
# expect: timeout
class Nothing:
    def __await__(self):
        yield


async def run(input):
    while True:
        await Nothing()

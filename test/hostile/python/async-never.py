# tries: to wait for what never comes
# expect: timeout
class Never:
    def __await__(self):
        yield "something"


async def run(input):
    await Never()

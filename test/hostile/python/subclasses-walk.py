# tries: to find a way out among all classes
# expect: success error
def run(input):
    seen = []
    waiting = [object]
    while waiting:
        kind = waiting.pop()
        for child in type.__subclasses__(kind):
            if child not in seen:
                seen.append(child)
                waiting.append(child)
    names = {kind.__name__ for kind in seen}
    for kind in seen:
        if kind.__name__ in ("Popen", "JsProxy", "JsCallable"):
            try:
                made = kind(["sh"])
                made.then
                return kind.__name__
            except Exception:
                pass
    return "contained" if names else "?"

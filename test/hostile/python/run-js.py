# tries: to run JavaScript through what is left of Pyodide
# expect: error success
import gc


def run(input):
    gc.unfreeze()
    for found in gc.get_objects():
        if type(found) is dict and found.get("__name__") in ("pyodide.code", "_pyodide_core", "pyodide_js", "js"):
            for name in ("run_js", "eval", "JsProxy", "create_proxy"):
                if name in found:
                    found[name]("process.exit(0)")
                    return "escaped"
    return "contained"

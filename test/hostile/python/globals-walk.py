# tries: to reach sys.modules through a library function
# expect: success
import json


def run(input):
    modules = json.loads.__globals__["codecs"].__dict__["sys"].modules
    for name in ("js", "pyodide", "pyodide_js", "_pyodide_core", "socket", "subprocess"):
        if name in modules:
            return name
    return "contained"

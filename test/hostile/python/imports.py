# tries: to import what leads out
# expect: success
def run(input):
    found = []
    for name in ["socket", "_socket", "subprocess", "ctypes", "_ctypes", "js", "pyodide", "pyodide_js", "pyodide.code",
                 "_pyodide_core", "_pyodide", "micropip", "asyncio", "ssl", "mmap", "_posixsubprocess", "_testcapi"]:
        try:
            __import__(name)
            found.append(name)
        except ImportError:
            pass
    return found or "contained"

# tries: to make hidden built-in modules again
# expect: error success crashed
import sys


def run(input):
    import importlib.machinery

    loader = importlib.machinery.BuiltinImporter
    for name in ["_pyodide_core", "_ctypes", "_socket", "_posixsubprocess"]:
        spec = importlib.machinery.ModuleSpec(name, loader)
        module = loader.create_module(spec)
        loader.exec_module(module)
        if name == "_socket":
            module.socket().connect(("127.0.0.1", 80))
            return "connected"
        if name == "_ctypes":
            handle = module.dlopen(None, 0)
            getpid = module.dlsym(handle, "getpid")
            module.call_function(getpid, ())
    return "contained"

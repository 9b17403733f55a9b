# tries: to call C functions and write memory through a ctypes made anew
# expect: error success crashed
import sys


def run(input):
    import importlib.machinery

    loader = importlib.machinery.BuiltinImporter
    module = loader.create_module(importlib.machinery.ModuleSpec("_ctypes", loader))
    loader.exec_module(module)
    getpid = module.dlsym(module.dlopen(None, 0), "getpid")
    module.call_function(getpid, ())
    return "called"

# tries: to open a connection through a socket module made anew
# expect: error
import sys


def run(input):
    import importlib.machinery

    loader = importlib.machinery.BuiltinImporter
    module = loader.create_module(importlib.machinery.ModuleSpec("_socket", loader))
    loader.exec_module(module)
    module.getaddrinfo("localhost", 80)
    module.socket().connect(("127.0.0.1", 80))
    return "connected"

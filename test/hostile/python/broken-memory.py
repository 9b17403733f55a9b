# tries: to break the interpreter's own memory
# expect: crashed error memory timeout success
def run(input):
    import importlib.machinery

    loader = importlib.machinery.BuiltinImporter
    module = loader.create_module(importlib.machinery.ModuleSpec("_ctypes", loader))
    loader.exec_module(module)

    class Anywhere(module.Array):
        _type_ = type("Byte", (module._SimpleCData,), {"_type_": "B"})
        _length_ = 2 ** 24

    memory = Anywhere.from_address(1024)
    for at in range(0, 2 ** 24, 7):
        memory[at] = 255
    return "contained"

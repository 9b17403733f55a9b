# tries: to escape through eval, exec and compile
# expect: success
def run(input):
    space = {}
    exec("import sys\nfound = [n for n in ('js', 'pyodide', 'socket') if n in sys.modules]", space)
    exec("import builtins\nbuiltins.noted = getattr(builtins, 'noted', 0) + 1", space)
    code = compile("().__class__.__base__.__subclasses__()", "<string>", "eval")
    return "contained" if not space["found"] and eval("noted") == 1 and eval(code) else "kept"

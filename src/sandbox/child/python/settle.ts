/**
 * Python source that runs once, when everything has been loaded and before the first program: imports what programs may
 * import (nothing can be read from disk afterwards), takes out of reach what leads to JavaScript, and leaves Python as
 * every program finds it.
 */
export const preload = `
import importlib
for name in """math cmath json datetime decimal fractions statistics random itertools functools collections collections.abc re
string string.templatelib textwrap calendar difflib heapq bisect operator enum dataclasses typing html html.parser base64
binascii hashlib hmac urllib.parse csv io copy zlib struct array unicodedata uuid secrets numbers types abc contextlib pprint
time locale colorsys ipaddress shlex fnmatch traceback weakref graphlib zoneinfo xml.etree.ElementTree xml.sax.saxutils
configparser tomllib ast inspect logging keyword pickle warnings queue stringprep quopri gzip _strptime _colorize os pathlib platform
atexit threading sched argparse""".split():
    importlib.import_module(name)
for name in """ascii latin_1 iso8859_1 iso8859_2 iso8859_5 iso8859_9 iso8859_15 utf_7 utf_8_sig utf_16 utf_16_le utf_16_be utf_32
utf_32_le utf_32_be cp437 cp850 cp852 cp866 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_r mac_roman gbk gb18030
big5 shift_jis euc_jp euc_kr iso2022_jp unicode_escape raw_unicode_escape base64_codec hex_codec rot_13 idna punycode""".split():
    importlib.import_module("encodings." + name)
`;

export const settle = `
import gc, random, warnings

def hide():
    gone = """js pyodide pyodide_js _pyodide _pyodide_core micropip asyncio _asyncio socket _socket ssl _ssl subprocess select selectors
    ctypes _ctypes concurrent zipimport zipfile tempfile signal shutil site posixpath_ webbrowser __main__""".split()
    for name in list(sys.modules):
        if name.partition(".")[0] in gone:
            del sys.modules[name]
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    known = sorted({name.partition(".")[0] for name in sys.modules if not name.startswith("_")})

    class NoMore:
        """The last to be asked for a module."""
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name.partition(".")[0] in known and "." in name:
                return None
            raise ModuleNotFoundError(f"programs cannot import {name!r}: they have a part of Python's standard library and nothing else", name=name)
    sys.meta_path[:] = [NoMore]
    sys.path_hooks.clear()
    sys.path.clear()
    sys.path_importer_cache.clear()
    sys.argv[:] = [""]
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = log
    sys.stdin = sys.__stdin__ = None
    sys.excepthook = sys.__excepthook__
    sys.last_exc = None
    # What happens when something is thrown away must not be printed by a later call.
    sys.unraisablehook = lambda *args: None
    warnings.simplefilter("ignore")

def no_dice(*args, **kwargs):
    raise RuntimeError("programs have no dice: use random.Random(seed) with a seed from the input")

for name in random.__all__:
    if name not in ("Random", "SystemRandom", "seed"):
        setattr(random, name, no_dice)
random.seed = no_dice

copy_modules()
hide()
del hide, no_dice, name
gc.collect()
gc.freeze()
`;

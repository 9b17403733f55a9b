# tries: to poison the table of modules
# expect: success
import sys


def run(input):
    import textwrap

    if textwrap is None or not hasattr(textwrap, "dedent"):
        return "kept"
    sys.modules["textwrap"] = sys.modules["json"] = sys.modules["re"] = type(sys)("empty")
    sys.path.append("/")
    sys.meta_path.clear()
    return "contained"

/**
 * Python source: decides whether a program is confined, that is, whether it can reach nothing that lasts longer than a
 * call. A confined program is executed into fresh globals for every call, with copies of modules that hold a few public
 * functions each, and with builtins that lead nowhere; everything else runs in memory that is restored afterwards.
 *
 * What a tree cannot tell is asked while it runs: attributes are set (and private ones read) only on objects of classes
 * that the program itself made in this call; anything else raises `Strayed`, and the program is not confined after all.
 */
export const confine = String.raw`
import ast, builtins, types

class Strayed(BaseException):
    """Asked for what only an unconfined program may have."""

strayed = False

def stray(*args, **kwargs):
    global strayed
    strayed = True
    raise Strayed

def own(value):
    kind = type(value)
    if kind is type:
        kind = value
    if kind.__module__ == "program" or kind is Context:
        return value
    stray()

class Copy:
    """A module with the few names that a confined program may have."""
    __slots__ = ("__dict__",)
    def __getattr__(self, name):
        stray()
    def __repr__(self):
        return "<module>"

open_modules = {
    "math": None, "cmath": None, "itertools": None, "heapq": None, "bisect": None, "unicodedata": None,
    "operator": "- attrgetter methodcaller",
    "functools": "reduce partial lru_cache cache cmp_to_key total_ordering",
    "re": "compile search match fullmatch split sub subn findall finditer escape error PatternError Pattern Match A ASCII I IGNORECASE M MULTILINE S DOTALL X VERBOSE U UNICODE NOFLAG",
    "string": "ascii_letters ascii_lowercase ascii_uppercase capwords digits hexdigits octdigits printable punctuation whitespace",
    "json": "dumps loads JSONDecodeError",
    "datetime": "date datetime time timedelta timezone tzinfo UTC MINYEAR MAXYEAR",
    "decimal": "Decimal getcontext localcontext Context ROUND_CEILING ROUND_DOWN ROUND_FLOOR ROUND_HALF_DOWN ROUND_HALF_EVEN ROUND_HALF_UP ROUND_UP ROUND_05UP DecimalException InvalidOperation DivisionByZero Inexact Overflow Underflow",
    "fractions": "Fraction", "copy": "copy deepcopy", "calendar": "isleap leapdays weekday monthrange timegm month_name month_abbr day_name day_abbr monthcalendar",
    "statistics": "mean fmean geometric_mean harmonic_mean median median_low median_high median_grouped mode multimode quantiles pstdev pvariance stdev variance covariance correlation linear_regression StatisticsError",
    "collections": "Counter OrderedDict defaultdict deque namedtuple ChainMap",
    "collections.abc": "Callable Collection Container Generator Hashable ItemsView Iterable Iterator KeysView Mapping MutableMapping MutableSequence MutableSet Reversible Sequence Set Sized ValuesView",
    "textwrap": "dedent indent wrap fill shorten", "difflib": "SequenceMatcher get_close_matches unified_diff ndiff context_diff",
    "dataclasses": "dataclass field asdict astuple replace",
    "typing": "Any Callable ClassVar Dict Final FrozenSet Generator Iterable Iterator List Literal Mapping MutableMapping NamedTuple NoReturn Optional Sequence Set Tuple Type Union cast",
    "html": "escape unescape", "base64": "b64encode b64decode urlsafe_b64encode urlsafe_b64decode standard_b64encode standard_b64decode b32encode b32decode b16encode b16decode b85encode b85decode a85encode a85decode",
    "hashlib": "md5 sha1 sha224 sha256 sha384 sha512 sha3_256 sha3_512 blake2b blake2s", "binascii": "hexlify unhexlify crc32 a2b_hex b2a_hex a2b_base64 b2a_base64 Error",
    "zlib": "crc32 adler32 compress decompress error", "struct": "pack unpack calcsize unpack_from iter_unpack error",
    "urllib.parse": "quote quote_plus quote_from_bytes unquote unquote_plus unquote_to_bytes urlparse urlsplit urlunparse urlunsplit urljoin urldefrag urlencode parse_qs parse_qsl",
    "csv": "reader writer DictReader DictWriter QUOTE_ALL QUOTE_MINIMAL QUOTE_NONE QUOTE_NONNUMERIC QUOTE_NOTNULL QUOTE_STRINGS Error excel excel_tab",
    "io": "StringIO BytesIO",
}

copies = {"urllib": Copy(), "collections": Copy()}

def copy_modules():
    for name, names in open_modules.items():
        module = __import__(name, fromlist=["*"])
        every = [n for n in dir(module) if not n.startswith("_") and not isinstance(getattr(module, n), types.ModuleType)]
        kept = every if names is None else [n for n in every if n not in names.split()] if names[0] == "-" else names.split()
        copy = copies.setdefault(name, Copy())
        copy.__dict__.update({n: getattr(module, n) for n in kept})
        open_modules[name] = set(kept)
        parent, _, child = name.rpartition(".")
        if parent:
            copies[parent].__dict__[child] = copy
    open_modules["urllib"] = {"parse"}
    open_modules["collections"].add("abc")

def import_copy(name, globals=None, locals=None, fromlist=(), level=0):
    if name in copies:
        return copies[name if fromlist else name.partition(".")[0]]
    return __import__(name, globals, locals, fromlist, level)

def get(value, name, *default):
    if type(name) is not str or name.startswith(("_", *frame_prefixes)) or name in closed_attributes or name in ("format", *decorators):
        stray()
    return getattr(value, name, *default)

def put(value, name, new):
    if type(name) is not str or name.startswith("__"):
        stray()
    setattr(own(value), name, new)

closed_builtins = """delattr globals locals vars dir eval exec compile open input breakpoint help exit
quit copyright credits license id hash""".split()
confined_builtins = dict(builtins.__dict__)
confined_builtins.update({name: stray for name in closed_builtins})
confined_builtins.update({"__import__": import_copy, "__own__": own, "getattr": get, "setattr": put})
for name in ("__loader__", "__spec__", "__package__", "_"):
    confined_builtins.pop(name, None)

methods = {f"__{name}__" for name in """init repr str eq ne lt le gt ge len iter next contains getitem setitem delitem call
add sub mul truediv floordiv mod neg radd rsub rmul iadd and or bool hash post_init enter exit int float abs""".split()}
record_names = {"_replace", "_asdict", "_fields", "_make"}
closed_attributes = {"mro", "register", "cache_info", "cache_clear", "cache_parameters", "format_map", "fget", "fset", "fdel"}
frame_prefixes = ("gi_", "cr_", "ag_", "f_", "tb_", "co_", "func_")
decorators = {"dataclass", "total_ordering"}
closed_nodes = tuple(getattr(ast, name) for name in ("TemplateStr", "Interpolation", "TypeAlias", "TypeVar") if hasattr(ast, name))

suspending = (ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith)
cleaning = (ast.Try, ast.TryStar, ast.With, ast.AsyncWith)

def holds(node, kinds):
    return any(isinstance(inner, kinds) for inner in ast.walk(node))

def is_call_of(node, name):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name

def is_confined(tree):
    """Whether it is; if so, the tree's attribute stores are guarded from now on."""
    fine, has_class, has_set = set(), False, False
    classes = {n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}
    def is_named(name):
        return name is None or not name.startswith("__")
    for node in ast.walk(tree):
        if isinstance(node, closed_nodes):
            return False
        match node:
            case ast.Import():
                for alias in node.names:
                    if alias.name not in copies or not is_named(alias.asname):
                        return False
            case ast.ImportFrom():
                if node.level or node.module not in copies and node.module != "__future__":
                    return False
                for alias in node.names:
                    if node.module == "__future__":
                        continue
                    if alias.name not in open_modules[node.module] or not is_named(alias.asname):
                        return False
                    if alias.name in decorators and alias.asname is not None:
                        return False
            case ast.Compare():
                fine.update(id(side.func) for side in [node.left, *node.comparators] if is_call_of(side, "type") and len(side.args) == 1)
            case ast.Name():
                if not is_named(node.id) and node.id != "__name__":
                    return False
                if node.id in ("type", *decorators) and id(node) not in fine:
                    return False
                has_set = has_set or node.id in ("set", "frozenset")
            case ast.Set() | ast.SetComp():
                has_set = True
            case ast.Attribute(value=value, attr=attr):
                if attr in closed_attributes or attr in decorators and id(node) not in fine:
                    return False
                if attr == "format" and not (isinstance(value, ast.Constant) and type(value.value) is str and is_flat_format(value.value)):
                    return False
                if attr.startswith("__") and attr.endswith("__"):
                    if attr == "__name__" and isinstance(node.ctx, ast.Load):
                        if is_call_of(value, "type") and len(value.args) == 1:
                            fine.add(id(value.func))
                    elif not (attr == "__init__" and is_call_of(value, "super") and not value.args):
                        return False
                elif not isinstance(node.ctx, ast.Load) or attr.startswith(("_", *frame_prefixes)) and attr not in record_names:
                    guard = ast.Name("__own__", ast.Load())
                    fine.add(id(guard))
                    node.value = ast.fix_missing_locations(ast.copy_location(ast.Call(guard, [value], []), value))
            case ast.ClassDef():
                has_class = True
                if node.keywords or not is_named(node.name) or getattr(node, "type_params", None):
                    return False
                for base in node.bases:
                    if not isinstance(base, ast.Name):
                        return False
                    known = getattr(builtins, base.id, None)
                    if not (base.id in classes or base.id in ("object", "NamedTuple") or isinstance(known, type) and issubclass(known, BaseException)):
                        return False
                for decorator in node.decorator_list:
                    name = decorator.func if isinstance(decorator, ast.Call) else decorator
                    if (name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", None)) not in decorators:
                        return False
                    fine.add(id(name))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                if node.name.startswith("__") and node.name.endswith("__") and node.name not in methods or getattr(node, "type_params", None):
                    return False
                # Left suspended, it would be finished by the garbage collector in the middle of a later call.
                if holds(node, suspending) and holds(node, cleaning):
                    return False
            case ast.arg() | ast.keyword():
                if not is_named(node.arg):
                    return False
            case ast.Global() | ast.Nonlocal():
                if not all(map(is_named, node.names)):
                    return False
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar():
                if not is_named(node.name):
                    return False
            case ast.MatchMapping():
                if not is_named(node.rest):
                    return False
            case ast.MatchClass():
                if any(name.startswith(("_", *frame_prefixes)) or name in closed_attributes or name == "format" for name in node.kwd_attrs):
                    return False
    # Objects of a class are ordered in a set by where they lie in memory, which earlier calls decide.
    return not (has_class and has_set)

def is_flat_format(text):
    """No field asks for an attribute."""
    return re.search(r"\{[^}]*\.\s*[A-Za-z_]", text) is None
`;

/**
 * Python source: everything that happens inside Python. It reads a program (`read`), makes functions that call it
 * (`load`), writes their results as JSON and describes what they raise. Bytes go out: the first says how it went (see
 * `engine.ts`), the rest is JSON or a message. A line in front that starts with "p" is what was printed, as JSON.
 *
 * What becomes of a result: None (also of a function without return) is null; tuples and named tuples are arrays; any
 * dict is an object, whose keys may also be numbers, True, False and None, which become text as json.dumps makes it;
 * date, time and datetime are their ISO text; Decimal is a number, as float(value) is; an int is written with all its
 * digits, however many; subclasses of str, int (so IntEnum), float, list and dict are what they hold, whatever their own
 * methods say. NaN, infinities, sets, bytes, functions, generators and other objects are refused, with what to return instead.
 */
import { maxLogLength, maxMessageLength, maxOutputDepth, maxOutputLength } from "../engine.ts";

export const harness = String.raw`
import collections, datetime, decimal, json, marshal, re, sys, types
from json.encoder import c_make_encoder, encode_basestring, encode_basestring_ascii as quote
from decimal import Context

# A program may change the builtins (for itself): what happens here goes on all the same.
globals().update({name: value for name, value in builtins.__dict__.items() if not name.startswith("_")})

file = "program.py"

class Log:
    """Where print writes."""
    encoding = "utf-8"
    errors = "strict"
    def __init__(self):
        self.parts, self.left = [], ${maxLogLength}
    def write(self, text):
        if self.left > 0:
            part = str(text)[:self.left]
            self.left -= len(part)
            self.parts.append(part)
        return len(text)
    def writelines(self, lines):
        for line in lines:
            self.write(line)
    def flush(self):
        pass
    def isatty(self):
        return False

log = Log()

# --- Results

class Refused(Exception):
    pass

size = 0
too_large = "The program returned more than 1 MB of JSON: return less."

def take(count):
    global size
    size += count
    if size > ${maxOutputLength}:
        raise Refused(too_large)

generators = (types.GeneratorType, map, filter, zip, range, reversed, enumerate, type({}.keys()), type({}.values()), type({}.items()), collections.deque)
functions = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)
advice = [
    ((set, frozenset), "a set", "sorted(value) or list(value)"), (generators, "a {name}", "list(value)"),
    (functions, "a function or class", "a JSON value (did you forget to call it?)"),
    ((bytes, bytearray, memoryview), "bytes", "value.decode()"), ((datetime.timedelta,), "a timedelta", "value.total_seconds()"),
    ((complex,), "a complex number", "[value.real, value.imag]"), ((BaseException,), "an error", "its text, or raise it"),
    ((types.CoroutineType,), "a coroutine inside the result", "the awaited value"), ((re.Match,), "a match", "match.group()"),
]

def plain(value, depth):
    """The value with nothing in it but what JSON has: exact dicts, lists, strings and numbers."""
    kind = type(value)
    if kind is str:
        take(len(value))
        return value
    if kind is int or kind is bool or value is None:
        return value
    if kind is float:
        if value - value != 0.0:
            raise Refused(f"The program returned {value!r}, which JSON cannot hold: return a finite number or None.")
        return value
    if kind is dict or isinstance(value, dict):
        if depth >= ${maxOutputDepth}:
            raise Refused(too_deep)
        items = value.items() if kind is dict else collections.OrderedDict.items(value) if kind is collections.OrderedDict else dict.items(value)
        take(4 * len(items))
        depth += 1
        return {name if type(name) is str and not take(len(name)) else key(name): item if (k := type(item)) is int or k is bool or item is None else plain(item, depth)
            for name, item in items}
    if kind is list or isinstance(value, (list, tuple)):
        if depth >= ${maxOutputDepth}:
            raise Refused(too_deep)
        items = value if kind is list else list(list.__iter__(value) if isinstance(value, list) else tuple.__iter__(value))
        take(2 * len(items))
        depth += 1
        return [item if (k := type(item)) is int or k is bool or item is None else plain(item, depth) for item in items]
    if isinstance(value, str):
        return plain("".join((value,)), depth)
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return plain(float.__float__(value), depth)
    if isinstance(value, decimal.Decimal):
        return plain(decimal.Decimal.__float__(value), depth)
    if isinstance(value, datetime.datetime):
        return datetime.datetime.isoformat(value)
    if isinstance(value, datetime.date):
        return datetime.date.isoformat(value)
    if isinstance(value, datetime.time):
        return datetime.time.isoformat(value)
    name = type_name(kind)
    for kinds, what, instead in advice:
        if isinstance(value, kinds):
            raise Refused(f"The program returned {what.format(name=name)}: return {instead}.")
    raise Refused(f"The program returned an object of the class {name[:100]}: return a dict, a list, text, a number, True, False or None.")

too_deep = "The program returned a value nested deeper than ${maxOutputDepth} levels, or one that contains itself: return a flatter one."

def key(name):
    """As json.dumps does: a key that is a number, True, False or None becomes text."""
    if isinstance(name, str):
        name = "".join((name,))
        take(len(name))
        return name
    if name is None or isinstance(name, (int, float)):
        return "".join(encode(plain(name, 0), 0))
    raise Refused(f"The program returned a dict with a {type_name(type(name))[:100]} as a key: use text, such as str(key).")

encode = c_make_encoder(None, None, encode_basestring, None, ":", ",", False, False, False)

def written(value):
    global size
    size = 0
    text = "".join(encode(plain(value, 0), 0))
    if len(text) > ${maxOutputLength}:
        raise Refused(too_large)
    return text

def to_bytes(text):
    try:
        return text.encode()
    except UnicodeEncodeError:
        return surrogates.sub(lambda found: "\\u%04x" % ord(found[0]), text).encode()

surrogates = re.compile("[\ud800-\udfff]")

# --- Errors

type_name = type.__dict__["__name__"].__get__
traceback_of = BaseException.__dict__["__traceback__"].__get__

def describe(error):
    name = type_name(type(error))[:100]
    try:
        text = str(error)[:${maxMessageLength - 150}]
    except BaseException:
        text = ""
    line, at = 0, traceback_of(error)
    if isinstance(error, SyntaxError) and error.filename == file:
        line = error.lineno or 0
    while at is not None:
        if at.tb_frame.f_code.co_filename == file:
            line = at.tb_lineno
        at = at.tb_next
    return name + (": " + text if text else "") + (f" (line {line})" if line else "")

def failed(error):
    if isinstance(error, MemoryError):
        return b"mThe program used more memory than it may."
    text = quote(describe(error)).encode()
    return (b"s" if isinstance(error, RecursionError) else b"e") + text

def message(tag, text):
    return tag + quote(text).encode()

# --- Programs

decoder = json.decoder.JSONDecoder()
scan = decoder.scan_once

def parsed(text):
    try:
        value, end = scan(text, 0)
        if end == len(text):
            return value
    except StopIteration:
        pass
    return decoder.decode(text)

def awaited(coroutine):
    """Drives it to its end; None where it waits for something, of which there is nothing here."""
    try:
        while coroutine.send(None) is None:
            pass
    except StopIteration as stop:
        return (stop.value,)
    return None

def names_run(tree):
    for node in ast.walk(tree):
        if getattr(node, "name", None) == "run" or isinstance(node, ast.Name) and node.id == "run" and isinstance(node.ctx, ast.Store):
            return True
        if isinstance(node, ast.alias) and (node.asname or node.name) == "run":
            return True
    return False

def read(text):
    """Compiles it: how it is to be run ("c": confined, "d": confined and computes with Decimal, "r": memory is restored) and its code."""
    form, source = text[0], text[1:]
    try:
        tree = ast.parse(source, file)
        if not names_run(tree):
            return b'!The program defines no function named "run": write "def run(input):" and return the result.'
        confined = form != "r" and is_confined(tree)
        uses_decimal = confined and any(getattr(node, "module", "") == "decimal" or isinstance(node, ast.alias) and node.name == "decimal" for node in ast.walk(tree))
        code = compile(tree if confined else source, file, "exec", dont_inherit=True)
        return (b"d" if uses_decimal else b"c" if confined else b"r") + marshal.dumps(code)
    except SyntaxError as error:
        where = f" at line {error.lineno}, column {error.offset}" if error.lineno else ""
        return to_bytes(f"!The program is not valid Python: {str(error.msg)[:500]}{where}.")
    except (RecursionError, MemoryError, ValueError, OverflowError) as error:
        return to_bytes(f"!The program cannot be compiled: {describe(error)[:500]}.")

fresh_context = decimal.getcontext().copy()
Coroutine = types.CoroutineType

def load(data):
    """A function that runs the program on one JSON text, or (where the text starts with a newline) on one a line."""
    form, code = data[:1], marshal.loads(data[1:])
    confined, uses_decimal = form != b"r", form == b"d"
    builtins_for = confined_builtins if confined else builtins

    def call(text):
        try:
            value = parsed(text)
        except BaseException:
            return message(b"e", "The input is not JSON text.")
        space = {"__name__": "program", "__builtins__": builtins_for}
        if uses_decimal:
            decimal.setcontext(fresh_context.copy())
        try:
            exec(code, space)
            run = space.get("run")
            if run is None or not callable(run):
                return message(b"e", 'The program\'s "run" is not a function.')
            value = run(value)
            if type(value) is Coroutine:
                value = awaited(value)
                if value is None:
                    return message(b"t", "The program waits for something that never comes.")
                value, = value
        except BaseException as error:
            return failed(error)
        try:
            text = written(value)
        except Refused as error:
            return message(b"i", str(error))
        except ValueError as error:
            return message(b"i", "The program returned a number that cannot be written: " + describe(error)[:300])
        except BaseException as error:
            return failed(error)
        if confined and " at 0x" in text:
            return b"r"
        return b"0" + to_bytes(text)

    def one(text):
        global strayed
        if text[:1] == "\n":
            answers = []
            for line in text[1:].split("\n"):
                answer = call(line)
                if strayed or answer[0] not in b"0ei":
                    break
                answers.append(answer)
            else:
                if log.parts:
                    log.__init__()
                return b"\n".join(answers)
            strayed = False
            log.__init__()
            return b"?"
        answer = call(text)
        if strayed:
            answer, strayed = b"r", False
        if log.parts:
            answer = b"p" + quote("".join(log.parts)).encode() + b"\n" + answer
            log.__init__()
        return answer

    return one
`;

/**
 * Programs that try to keep something from one call to the next, one for each place where that might work. Each defines
 * `go(input)` for inputs that are small whole numbers, and answers the same for the same input unless it succeeds.
 */

const javascript: Readonly<Record<string, string>> = {
  globals: `function go(i) { try { globalThis.n = (globalThis.n ?? 0) + 1; } catch {} return [i, globalThis.n ?? 0]; }`,
  "implicit globals": `function go(i) { try { n = (typeof n === "undefined" ? 0 : n) + 1; } catch {} return [i, typeof n === "undefined" ? 0 : n]; }`,
  "the this of sloppy functions": `function note() { this.n = (this.n ?? 0) + 1; return this.n; }
function go(i) { try { return [i, note()]; } catch { return [i, 0]; } }`,
  prototypes: `function go(i) {
  for (const P of [Array, Object, Function, String, RegExp, Promise, Map, Error]) try { P.prototype.n = (P.prototype.n ?? 0) + 1; } catch {}
  return [i, [].n, ({}).n, go.n, "".n, /x/.n, new Map().n].map((n) => n ?? 0);
}`,
  "a module-level counter": `let n = 0; function go(i) { n++; return [i, n]; }`,
  "a lazily made value": `let cache; function go(i) { cache ??= { first: i }; return [i, cache.first]; }`,
  "a hoisted variable": `var n; function go(i) { n = (n ?? 0) + 1; return [i, n]; }`,
  "a closure": `const next = (() => { let n = 0; return () => ++n; })(); function go(i) { return [i, next()]; }`,
  "function properties": `function go(i) { try { go.n = (go.n ?? 0) + 1; run.n = (run.n ?? 0) + 1; } catch {} return [i, go.n ?? 0, run.n ?? 0]; }`,
  "the name of a function": `function helper() {} function go(i) {
  const before = helper.name; try { Object.defineProperty(helper, "name", { value: "n" + i }); } catch {} return [i, before]; }`,
  lastIndex: `const re = /a/g; function go(i) { const before = re.lastIndex; for (let k = 0; k <= i % 3; k++) re.test("aaaa"); return [i, before, re.lastIndex]; }`,
  "lastIndex that is no number": `const all = { deep: [/a/y] }; function go(i) { const before = String(all.deep[0].lastIndex); all.deep[0].lastIndex = { toString: () => "n" + i }; return [i, before]; }`,
  "lastIndex seen from a microtask": `const re = /a/g;
function go(i) { re.lastIndex = i; Promise.resolve().then(() => { if (re.lastIndex % 3 === 1) throw new Error("seen " + re.lastIndex); }); return i; }`,
  "lastIndex across an await": `const re = /a/g; async function go(i) { const before = re.lastIndex; re.lastIndex = i; await null; return [before, re.lastIndex]; }`,
  "a frozen regular expression": `const re = /a/g; function go(i) { re.lastIndex = i; try { if (i % 4 === 2) Object.freeze(re); re.lastIndex = 1; } catch { return "frozen"; } return re.lastIndex; }`,
  "strictness, told by a catch": `const o = { n: 0 };
function go(i) { if (i % 4 === 3) { o.n = 5; return o.n; } try { o.n = 7; } catch { return "refused"; } return o.n; }`,
  "strictness, told by a function in a block": `const o = { n: 0 };
function go(i) { if (i % 4 === 3) { o.n = 5; return o.n; } { function inner() {} } return typeof inner; }`,
  "strictness, told by a promise": `const o = { n: 0 };
async function go(i) { if (i % 4 === 3) { o.n = 5; return o.n; } return new Promise((done) => { o.n = 7; done("set"); }).catch(() => "refused"); }`,
  "a regular expression's properties": `const re = /a/; function go(i) { const before = re.n ?? 0; try { re.n = i + 1; } catch {} return [i, before]; }`,
  "a regular expression compiled anew": `const re = /a/; function go(i) { const before = re.source; try { re.compile("b" + i); } catch {} return [i, before]; }`,
  "RegExp.prototype, by a name made at run time": `const re = /a/; function go(i) { const P = re["__pro" + "to__"]; const before = P.n ?? 0; try { P.n = i + 1; P.exec = () => null; } catch {} return [i, before, re.test("a")]; }`,
  "the last match": `function go(i) { const before = [RegExp.$1, RegExp.lastMatch, RegExp.input].map((x) => x ?? ""); /(n)ote/.exec("a note " + i); return [i, ...before]; }`,
  "template objects": `const tag = (strings) => strings; const seen = new WeakSet();
function go(i) { const t = tag\`a\${i}b\`; let kept = seen.has(t); seen.add(t); try { t.n = 1; } catch {} return [i, kept, t.n ?? 0]; }`,
  "the symbol registry": `function go(i) { const s = Symbol.for("n"); const before = [Object(s).n ?? 0, Symbol.prototype.n ?? 0]; try { Object(s).n = i + 1; Symbol.prototype.n = i + 1; } catch {} return [i, ...before]; }`,
  "a WeakMap keyed by built-ins": `const notes = new WeakMap(); function go(i) { const n = (notes.get(Array) ?? 0) + 1; notes.set(Array, n).set(globalThis, n); return [i, n]; }`,
  "a Map and a Set": `const seen = new Set(), counts = new Map(); function go(i) { seen.add(i); counts.set(i, (counts.get(i) ?? 0) + 1); return [i, seen.size, counts.get(i)]; }`,
  "an array that is pushed to": `const list = [1]; function go(i) { try { list.push(i); } catch {} return [i, list.length]; }`,
  "an array that is sorted in place": `const table = { order: [3, 1, 2] }; function go(i) { const before = table.order.join(); try { if (i % 2) table.order.sort(); else table.order.reverse(); } catch {} return [i, before]; }`,
  "an empty array that is filled": `const stack = []; function go(i) { stack.push(i); return [i, stack.length]; }`,
  "an object that is written to": `const config = { n: 0, deep: { n: 0 } }; function go(i) { try { config.n++; config.deep.n++; } catch {} try { delete config.deep; } catch {} return [i, config.n, config.deep?.n ?? 0]; }`,
  "an object's prototype": `const base = { kind: "a" }; function go(i) { const before = base.extra ?? 0; try { Object.setPrototypeOf(base, { extra: i }); } catch {} return [i, before]; }`,
  "a typed array": `const counts = new Uint32Array(4); function go(i) { counts[i % 4]++; return [i, counts[i % 4]]; }`,
  "default parameters": `const memo = { n: 1 }; function count(by, into = memo) { try { into.n += by; } catch {} return into.n; } function go(i) { return [i, count(1), count(1, { n: 0 })]; }`,
  "class statics": `class Counter { static n = 0; static #hidden = 0; static next() { return [++Counter.n, ++Counter.#hidden]; } } function go(i) { return [i, ...Counter.next()]; }`,
  "a private name stamped on a built-in": `class Same { constructor(it) { return it; } } class Stamp extends Same { #n = 1; static has(it) { return #n in it; } }
function go(i) { const before = Stamp.has(Array); try { new Stamp(Array); } catch {} return [i, before]; }`,
  "a generator kept alive": `const ids = (function* () { let n = 0; for (;;) yield n++; })(); function go(i) { return [i, ids.next().value]; }`,
  "an iterator kept alive": `const it = [10, 20, 30].values(); function go(i) { return [i, it.next().value ?? -1]; }`,
  "an async generator's queue": `const q = (async function* () { let n = 0; for (;;) yield n++; })(); async function go(i) { return [i, (await q.next()).value]; }`,
  "promises pending from an earlier call": `let release; const gate = new Promise((done) => { release = done; }); let n = 0; gate.then(() => { n += 10; });
async function go(i) { n++; if (i % 3 === 0) release(); await null; await null; return [i, n]; }`,
  "a promise that never settles": `const waiting = []; async function go(i) { const before = waiting.length; new Promise((done) => waiting.push(done)).then(() => waiting.push(i)); for (const done of waiting) if (typeof done === "function") done(); await null; return [i, before]; }`,
  "work left for after the answer": `const box = { n: 0 }; function go(i) { const before = box.n; Promise.resolve().then(() => { try { box.n++; } catch {} }); return [i, before]; }`,
  "a rejection that nobody handles": `function go(i) { if (i % 4 === 1) Promise.reject(new Error("left " + i)); return i; }`,
  "the console": `function go(i) { try { console.n = (console.n ?? 0) + 1; console.log.n = (console.log.n ?? 0) + 1; } catch {} console.log("line", i); return [i, console.n ?? 0, console.log.n ?? 0]; }`,
  "a full console": `function go(i) { for (let k = 0; k < 300; k++) console.log("line " + i + " " + "x".repeat(60)); return i; }`,
  "what a refused value leaves": `function go(i) { if (i % 4 === 1) return 1n; if (i % 4 === 2) return { x: undefined, f() {} }; let caught; try { console.log(1n, () => 1); } catch (e) { caught = e; } if (caught) throw caught; return i; }`,
  "what is printed after the answer": `function go(i) { console.log("first", i); Promise.resolve().then(() => console.log("late", i)); return i; }`,
  dates: `const day = new Date(0); function go(i) { const before = day.getTime(); day.setTime(i + 1); try { Date.prototype.n = 1; Date.UTC.n = 1; } catch {} return [i, before, new Date(0).n ?? 0]; }`,
  "locale caches": `function go(i) { if (typeof Intl !== "object") return [i, 0]; const f = new Intl.NumberFormat("en"); const before = [f.n ?? 0, Intl.n ?? 0, f.format.n ?? 0]; try { Intl.n = 1; f.format.n = 1; Intl.NumberFormat.prototype.n = 1; } catch {} return [i, ...before]; }`,
  "how errors keep their stack": `function go(i) { const before = [Error.stackTraceLimit ?? -1, typeof Error.prepareStackTrace, Error.stack === undefined];
  try { Error.stackTraceLimit = i; } catch {} try { Error.prepareStackTrace = () => "n"; } catch {} try { Error.captureStackTrace(Error); } catch {} return [i, ...before, new Error("x").stack.split("\\n").length > 1]; }`,
  "a JSON reviver": `const revive = function (key, value) { try { revive.n = (revive.n ?? 0) + 1; } catch {} return key === "n" ? (revive.n ?? 0) : value; };
function go(i) { return [i, JSON.parse('{"a": [1, 2], "n": 0}', revive).n, JSON.stringify({ toJSON() { return revive.n ?? 0; } })]; }`,
  "a getter that redefines itself": `const lazy = { get n() { try { Object.defineProperty(this, "n", { value: 1 }); } catch {} return 0; } }; function go(i) { return [i, lazy.n, lazy.n]; }`,
  "a setter with a drawer": `let kept = 0; const drawer = { set n(x) { kept += x; }, get n() { return kept; } }; function go(i) { drawer.n = 1; return [i, drawer.n]; }`,
  "a Proxy's handler": `const counter = new Proxy({}, { get(t, k) { t[k] = (t[k] ?? 0) + 1; return t[k]; } }); function go(i) { return [i, counter["k" + (i % 2)]]; }`,
  "eval and Function": `function go(i) { try { (0, eval)("var n = (typeof n === 'undefined' ? 0 : n) + 1"); } catch {} try { Function("globalThis.m = 1")(); } catch {} return [i, typeof n, typeof m]; }`,
  "Function, by a name made at run time": `const make = (code) => ((x) => x)["constr" + "uctor"](code)(); function go(i) { try { make("n = (typeof n === 'undefined' ? 0 : n) + 1"); } catch {} return [i, make("return typeof n")]; }`,
  "its own function, assigned anew": `function go(i) { const before = helper(); try { helper = () => 2; [helper] = [() => 3]; } catch {} return [i, before]; } function helper() { return 1; }`,
  "its own function, in a list": `function helper() { return 1; } function go(i) { const before = helper(); for (helper of [() => 2]); return [i, before]; }`,
  "the function it is wrapped in": `var self = typeof arguments === "undefined" ? {} : arguments.callee; try { self.n = (self.n ?? 0) + 1; } catch {} function go(i) { return [i, self.n > 1]; }`,
  "the function that called it when it was loaded": `function who() { return who.caller; } var self = {}; try { self = who() ?? {}; self.n = (self.n ?? 0) + 1; } catch {} function go(i) { return [i, self.n > 1]; }`,
  "setting a function's prototype": `function Base() {} function go(i) { const before = [Base.prototype.n ?? 0, new Base().n ?? 0]; try { Base.prototype.n = i + 1; } catch {} try { Base.prototype = { n: i + 1 }; } catch {} return [i, ...before]; }`,
  "the accessors that heal frozen prototypes": `function go(i) { const own = {}; own.constructor = i; own.toString = i; const before = [({}).constructor === Object, typeof [].toString]; try { Object.prototype.toString = i; } catch {} return [i, own.constructor, ...before]; }`,
  "an error object thrown again": `const oops = new Error("n"); function go(i) { const before = oops.message; try { oops.message += "n"; } catch {} if (i % 3 === 2) throw oops; return [i, before]; }`,
};

const python: Readonly<Record<string, string>> = {
  "a module-level counter": `n = 0
def go(i):
    global n
    n += 1
    return [i, n]`,
  "globals()": `def go(i):
    g = globals()
    g['n'] = g.get('n', 0) + 1
    return [i, g['n']]`,
  "function attributes": `def go(i):
    go.n = getattr(go, 'n', 0) + 1
    return [i, go.n]`,
  "a mutable default argument": `def add(x, seen=[]):
    seen.append(x)
    return len(seen)
def go(i):
    return [i, add(i)]`,
  "class attributes": `class Counter:
    n = 0
def go(i):
    Counter.n += 1
    return [i, Counter.n]`,
  "a list, a dict and a set": `seen, counts, kinds = [], {}, set()
def go(i):
    seen.append(i); counts[i] = counts.get(i, 0) + 1; kinds.add(i)
    return [i, len(seen), counts[i], len(kinds)]`,
  "a closure": `def make():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
step = make()
def go(i):
    return [i, step()]`,
  "a generator kept alive": `import itertools
ids = itertools.count()
own = (k for k in range(100000))
def go(i):
    return [i, next(ids), next(own)]`,
  "a cache": `import functools
calls = []
@functools.lru_cache
def slow(x):
    calls.append(x)
    return len(calls)
def go(i):
    return [i, slow(i % 2), slow.cache_info().hits]`,
  builtins: `import builtins
def go(i):
    before = getattr(builtins, 'n', 0)
    try:
        builtins.n = before + 1
        builtins.len = lambda x: 7
    except Exception:
        pass
    return [i, before, len([1])]`,
  "the modules of the library": `import math, json, re, string
def go(i):
    before = [getattr(m, 'n', 0) for m in (math, json, re, string)]
    for m in (math, json, re, string):
        try:
            m.n = i + 1
        except Exception:
            pass
    return [i, before]`,
  "patched functions of the library": `import json, math
def go(i):
    before = [json.dumps([1]), math.floor(1.5)]
    try:
        json.dumps = lambda *a, **k: 'patched'
        math.floor = lambda x: 7
    except Exception:
        pass
    return [i, before]`,
  "sys.modules": `import sys
def go(i):
    before = 'n_note' in sys.modules
    try:
        sys.modules['n_note'] = sys
        sys.n = 1
    except Exception:
        pass
    return [i, before]`,
  "random numbers": `import random
def go(i):
    try:
        random.seed(i)
        return [i, random.random()]
    except Exception:
        return [i, 'refused']`,
  "random numbers without a seed of its own": `import random
def go(i):
    try:
        before = random.getstate()[1][:3]
        random.seed(i + 1)
        return [i, list(before)]
    except Exception:
        return [i, 'refused']`,
  "the decimal context": `import decimal
def go(i):
    before = decimal.getcontext().prec
    decimal.getcontext().prec = 5 + i
    return [i, before]`,
  "the recursion limit": `import sys
def go(i):
    before = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(200 + i)
    except Exception:
        pass
    return [i, before]`,
  files: `def go(i):
    before = 0
    for path in ('/tmp/note', 'note', '/home/pyodide/note'):
        try:
            with open(path) as f:
                before += len(f.read())
        except Exception:
            pass
        try:
            with open(path, 'a') as f:
                f.write('n')
        except Exception:
            pass
    return [i, before]`,
  "the environment": `def go(i):
    try:
        import os
        before = os.environ.get('NOTE', '')
        os.environ['NOTE'] = str(i)
        return [i, before]
    except Exception:
        return [i, 'refused']`,
  "what is printed": `import sys
def go(i):
    print('line', i)
    before = getattr(sys.stdout, 'n', 0)
    try:
        sys.stdout.n = i + 1
    except Exception:
        pass
    return [i, before]`,
  "subclasses that a built-in remembers": `def go(i):
    before = len([c for c in object.__subclasses__() if c.__name__ == 'Note'])
    class Note:
        pass
    go.keep = Note
    return [i, before]`,
  "context variables and thread locals": `import contextvars, threading
v = contextvars.ContextVar('v', default=0)
t = threading.local()
def go(i):
    before = [v.get(), getattr(t, 'n', 0)]
    v.set(i + 1)
    t.n = i + 1
    return [i, before]`,
  "warnings and their filters": `import warnings
def go(i):
    before = len(warnings.filters)
    warnings.simplefilter('always')
    warnings.filterwarnings('ignore', str(i))
    return [i, before]`,
  "ABC registries": `import collections.abc
class Own:
    pass
def go(i):
    before = isinstance(Own(), collections.abc.Sized)
    collections.abc.Sized.register(Own)
    return [i, before]`,
  "__builtins__ and the code object": `def go(i):
    b = __builtins__ if isinstance(__builtins__, dict) else vars(__builtins__)
    before = b.get('n', 0)
    try:
        b['n'] = i + 1
    except Exception:
        pass
    before2 = go.__kwdefaults__, go.__defaults__
    go.__defaults__ = (i,)
    return [i, before, before2[1] is None]`,
};

export interface Stateful {
  /** Where it keeps its note. */
  readonly place: string;
  readonly code: string;
}

/** Programs whose `run` answers as `go` does, and for the input "hang" never comes back after it. */
export function statefulPrograms(language: "javascript" | "python"): Stateful[] {
  const ending =
    language === "python"
      ? "\ndef run(input):\n    answer = go(1 if input == 'hang' else input)\n    while input == 'hang':\n        pass\n    return answer\n"
      : '\nfunction run(input) {\n  const answer = go(input === "hang" ? 1 : input);\n  while (input === "hang") {}\n  return answer;\n}\n';
  return Object.entries(language === "python" ? python : javascript).map(([place, code]) => ({
    place,
    code: code + ending,
  }));
}

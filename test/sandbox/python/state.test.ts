/** Nothing that a Python program does is there for the next call, of itself or of another program. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { Engine } from "../../../src/sandbox/child/engine.ts";
import { load, loadingMs, loadPython } from "./support.ts";

/** Each gives 0 as long as it finds nothing of an earlier call. */
const keepers = [
  "n = -1\ndef run(x):\n    global n\n    n += 1\n    return n",
  "seen = []\ndef run(x):\n    seen.append(1)\n    return len(seen) - 1",
  "def run(x, kept=[]):\n    kept.append(1)\n    return len(kept) - 1",
  "def run(x):\n    was = getattr(run, 'n', 0)\n    run.n = was + 1\n    return was",
  "def run(x):\n    run.n = 1\n    return 0 if run.n == 1 else 1",
  "class C:\n    n = 0\ndef run(x):\n    C.n += 1\n    return C.n - 1",
  "class C:\n    n = 0\n    def up(self):\n        self.n += 1\n        type(self).n = 5\n        return self.n - 1\ndef run(x):\n    return C().up()",
  "from functools import cache\ncalls = []\n@cache\ndef f(a):\n    calls.append(a)\n    return a\ndef run(x):\n    f(1)\n    return len(calls) - 1",
  "import itertools\ncounter = itertools.count()\ndef run(x):\n    return next(counter)",
  "gen = iter(range(9))\ndef run(x):\n    return next(gen)",
  // Shared classes and modules, by every way to them.
  "import collections\ndef run(x):\n    was = getattr(collections.Counter, 'n', 0)\n    collections.Counter.n = was + 1\n    return was",
  "from collections import Counter\ndef put(self):\n    self.n = 1\ndef run(x):\n    was = hasattr(Counter, 'n')\n    put(Counter)\n    return int(was)",
  "from collections import Counter\nclass C(Exception):\n    def put(self):\n        self.n = 1\ndef run(x):\n    was = hasattr(Counter, 'n')\n    C.put(Counter)\n    return int(was)",
  "from collections import Counter\ndef run(x):\n    was = hasattr(Counter, 'n')\n    for Counter.n in [1]:\n        pass\n    return int(was)",
  "from collections import Counter\ndef run(x):\n    was = hasattr(Counter, 'n')\n    [Counter.n, y] = 1, 2\n    return int(was)",
  "from collections import Counter\nfrom functools import total_ordering as t\ndef run(x):\n    return 0",
  "from collections import Counter\nimport dataclasses\ndef run(x):\n    was = hasattr(Counter, '__dataclass_fields__')\n    dataclasses.dataclass(Counter)\n    return int(was)",
  "import dataclasses\nfrom collections import Counter\ndef run(x):\n    was = hasattr(Counter, '__match_args__')\n    [d(Counter) for d in [dataclasses.dataclass]]\n    return int(was)",
  "from collections.abc import Sequence\nclass C:\n    pass\ndef run(x):\n    was = isinstance(C(), Sequence)\n    Sequence.register(C)\n    return int(was)",
  "import math\ndef run(x):\n    was = math.pi\n    math.pi = 3\n    return 0 if was > 3 else 1",
  "import json\ndef run(x):\n    was = json.dumps(1)\n    json.dumps = str.upper\n    return 0 if was == '1' else 1",
  "import json\nf = json.dumps\ndef run(x):\n    was = getattr(f, 'n', 0)\n    f.n = was + 1\n    return was",
  "import json\nf = json.dumps\ndef run(x):\n    match f:\n        case object(n=1):\n            return 1\n    f.n = 1\n    return 0",
  "from decimal import getcontext, Decimal\ndef run(x):\n    was = getcontext().prec\n    getcontext().prec = 5\n    return 0 if was == 28 else 1",
  "from decimal import localcontext, getcontext, Inexact, Decimal\ndef run(x):\n    was = getcontext().flags[Inexact]\n    Decimal(1) / 3\n    return int(was)",
  "from urllib.parse import urlsplit\ndef run(x):\n    was = urlsplit.cache_info().hits\n    urlsplit('http://x')\n    return was",
  "import html.entities\ndef run(x):\n    was = 'n' in html.entities.html5\n    html.entities.html5['n'] = 1\n    return int(was)",
  "import calendar\ndef run(x):\n    was = calendar.month_name._months[0]('%B')\n    calendar.month_name._months[0] = lambda f: '!'\n    return int(was == '!')",
  "import calendar\ndef get(self):\n    return self._months\ndef run(x):\n    m = get(calendar.month_name)\n    was = len(m)\n    m.append(1)\n    return was - 13",
  "import calendar\ndef run(x):\n    was = calendar.firstweekday()\n    calendar.setfirstweekday(6)\n    return was",
  "import csv\ndef run(x):\n    was = 'n' in csv.list_dialects()\n    csv.register_dialect('n')\n    return int(was)",
  "import re\ndef run(x):\n    was = len(re._cache2) > 0 and any('zzz' in str(k) for k in re._cache2)\n    re.compile('zzz')\n    return int(was)",
  "import copy\nfrom collections import Counter\nclass C:\n    def __reduce_ex__(self, p):\n        return (lambda: Counter), (), (None, {'n': 1})\ndef run(x):\n    was = hasattr(Counter, 'n')\n    copy.copy(C())\n    return int(was)",
  "import copy\nfrom collections import Counter\nT = type('T', (), {'__reduce_ex__': lambda s, p: ((lambda: Counter), (), (None, {'n': 1}))})\ndef run(x):\n    was = hasattr(Counter, 'n')\n    copy.copy(T())\n    return int(was)",
  "import functools\nfrom collections import Counter\ndef run(x):\n    was = hasattr(Counter, 'n')\n    def f(): pass\n    f.n = 1\n    functools.update_wrapper(Counter, f)\n    return int(was)",
  "import operator\ndef run(x):\n    g = operator.attrgetter('__globals__')(__import__('json').dumps)\n    was = 'n' in g\n    g['n'] = 1\n    return int(was)",
  "def run(x):\n    g = (y for y in [1])\n    b = g.gi_frame.f_builtins\n    was = 'n' in b\n    b['n'] = 1\n    return int(was)",
  "def run(x):\n    try:\n        1 / 0\n    except Exception as e:\n        t = e.__traceback__\n    g = t.tb_frame.f_back.f_globals\n    was = 'n' in g\n    g['n'] = 1\n    return int(was)",
  "import typing\ndef f(a: \"__import__('builtins').__dict__.__setitem__('n', 1)\"): pass\ndef run(x):\n    was = 'n' in __import__('builtins').__dict__\n    typing.get_type_hints(f)\n    return int(was)",
  "def run(x):\n    was = __builtins__\n    b = was if isinstance(was, dict) else vars(was)\n    r = b.get('n', 0)\n    b['n'] = 1\n    return r",
  "import builtins\ndef run(x):\n    was = getattr(builtins, 'n', 0)\n    builtins.n = 1\n    return was",
  "import sys\ndef run(x):\n    was = 'n' in sys.modules\n    sys.modules['n'] = 1\n    return int(was)",
  "import sys\ndef run(x):\n    was = sys.getrecursionlimit()\n    sys.setrecursionlimit(500)\n    return 0 if was == 1000 else 1",
  "import os\ndef run(x):\n    was = os.environ.get('N')\n    os.environ['N'] = '1'\n    return int(was is not None)",
  "import gc, weakref\nclass C: pass\ndef run(x):\n    was = [o for o in gc.get_objects() if type(o).__name__ == 'Kept']\n    type('Kept', (), {})()\n    gc.disable()\n    return len(was)",
  "import contextvars\nv = contextvars.ContextVar('v', default=0)\ndef run(x):\n    v.set(v.get() + 1)\n    return v.get() - 1",
  "import json\nf = json.dumps\ndef run(x):\n    match '{0.__globals__}':\n        case str(format=g):\n            return int('secret' in g(f))\n    return 2",
  "from collections import Counter\ndef run(x):\n    was = hasattr(Counter, 'n')\n    setattr(Counter, 'n', 1)\n    return int(was)",
  "import json\ndef run(x):\n    g = getattr(json.dumps, '__glo' + 'bals__')\n    was = 'n' in g\n    g['n'] = 1\n    return int(was)",
  "class S(str):\n    pass\nimport calendar\ndef run(x):\n    m = getattr(calendar.month_name, S('_months'))\n    m.append(1)\n    return len(m) - 14",
  "import locale, warnings, codecs\ndef run(x):\n    was = len(warnings.filters)\n    warnings.simplefilter('error')\n    codecs.register(lambda n: None)\n    return 0 if was < 7 else 1",
];

describe("a Python program that tries to remember", () => {
  let engine: Engine;
  before(async function () {
    this.timeout(loadingMs);
    engine = await loadPython();
  });

  it("finds nothing, whatever it tried", function () {
    this.timeout(60_000);
    for (const code of keepers) {
      const program = load(engine, code);
      const many = program.runMany("1\n2\n3", 2_000);
      const answers = many === null ? [] : many.split("\n").map((line) => [line.charAt(0), line.slice(1)]);
      for (let call = 0; call < 3; call++) {
        const outcome = program.run("1", 2_000);
        answers.push(outcome.status === "success" ? ["0", outcome.output] : [outcome.status, outcome.message]);
      }
      const again = load(engine, code).run("1", 2_000);
      answers.push(again.status === "success" ? ["0", again.output] : [again.status, again.message]);
      for (const answer of answers) assert.deepEqual(answer, answers[0], code);
      assert.ok(["0", "error"].includes(answers[0]?.[0] ?? ""), `${code}: ${answers[0]}`);
      if (answers[0]?.[0] === "0") assert.equal(answers[0][1], "0", code);
    }
  });

  it("is not told by addresses what ran before it", () => {
    for (const code of [
      "def run(x):\n    return id(object())",
      "def run(x):\n    return repr(lambda: 1)",
      "def run(x):\n    return hash(run)",
    ]) {
      const program = load(engine, code);
      const first = program.run("1", 2_000);
      assert.equal(first.status, "success");
      for (let call = 0; call < 3; call++) {
        load(engine, `kept = [${call}] * 9\ndef run(x):\n    return kept`).run("1", 2_000);
        assert.deepEqual(program.run("1", 2_000), first, code);
      }
    }
  });

  it("does nothing more once its call is over", () => {
    const late = [
      "def g():\n    try:\n        yield 1\n    finally:\n        print('late')\n        while True: pass\nkept = g()\ndef run(x):\n    return next(kept)",
      "class C:\n    def __del__(self):\n        print('late')\nkept = C()\ndef run(x):\n    return 1",
      "async def g():\n    pass\nkept = g()\ndef run(x):\n    return 1",
      "def g(x):\n    with x:\n        yield 1\nclass C:\n    def __enter__(self): return 1\n    def __exit__(self, *a): print('late')\nkept = g(C())\ndef run(x):\n    return next(kept)",
    ];
    const busy = load(
      engine,
      "def run(x):\n    for i in range(30_000):\n        a = []\n        a.append([a])\n    return 1",
    );
    for (const code of late) {
      for (let call = 0; call < 5; call++) {
        assert.equal(load(engine, code).run("1", 2_000).status, "success", code);
        assert.deepEqual(busy.run("1", 5_000), { status: "success", output: "1" }, code);
      }
    }
  });

  it("leaves others as they were, thousands of times", function () {
    this.timeout(120_000);
    const vandal = load(
      engine,
      "import builtins, re, json\ndef run(x):\n    kept = [bytes(10_000) for _ in range(x)]\n    builtins.len = re.sub = json.dumps = None\n    return 1",
    );
    const good = load(engine, "import re\ndef run(text):\n    return [len(text), re.sub('a', 'b', text)]");
    for (let call = 0; call < 1_000; call++) {
      assert.equal(vandal.run(String((call % 50) * 10), 5_000).status, "success");
      if (call % 10 === 0) assert.deepEqual(good.run('"abc"', 5_000), { status: "success", output: '[3,"bbc"]' });
    }
  });
});

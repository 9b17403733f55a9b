/** What Python programs may do, what they get for it, and how they are stopped. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { before, describe, it } from "mocha";
import type { Engine, Outcome } from "../../../src/sandbox/child/engine.ts";
import { load, loadingMs, loadPython, run } from "./support.ts";

describe("a Python program", () => {
  let engine: Engine;
  const heard: string[] = [];
  before(async function () {
    this.timeout(loadingMs);
    engine = await loadPython((text) => heard.push(text));
  });

  const returns = (code: string, input: unknown, expected: unknown) => {
    const outcome = run(engine, code, input);
    assert.equal(outcome.status, "success", `${code}: ${JSON.stringify(outcome)}`);
    assert.deepEqual(outcome.status === "success" && JSON.parse(outcome.output), expected, code);
  };
  const fails = (code: string, status: Outcome["status"], message: RegExp, input: unknown = null) => {
    const outcome = run(engine, code, input);
    assert.equal(outcome.status, status, `${code}: ${JSON.stringify(outcome)}`);
    assert.match(outcome.status === "success" ? "" : outcome.message, message);
  };
  const returning = (value: string) =>
    `import datetime, decimal, fractions, collections, math, re\ndef run(input):\n    return ${value}\n`;

  it("says what is being loaded meanwhile", () => {
    assert.ok(heard.length > 0);
    assert.equal(engine.name, "pyodide");
  });

  it("gives what it returns, whichever way it is written", () => {
    returns("def run(input):\n    return input['a'] + input['b']\n", { a: 1, b: 2 }, 3);
    returns("run = lambda text: text[::-1]", "abc", "cba");
    returns("RATE = 2\ndef twice(x):\n    return x * RATE\ndef run(x):\n    return twice(x)\n", 21, 42);
    returns("async def run(x):\n    async def half():\n        return x / 2\n    return await half()\n", 3, 1.5);
    returns("def run(input):\n    pass\n", 1, null);
    returns(
      "import re\nfrom collections import Counter\ndef run(text):\n    return Counter(re.findall(r'\\w+', text))\n",
      "a b a",
      { a: 2, b: 1 },
    );
    returns(
      "from datetime import datetime\ndef run(d):\n    return datetime.strptime(d, '%d.%m.%Y').date().isoformat()\n",
      "24.12.2025",
      "2025-12-24",
    );
    returns(
      "from dataclasses import dataclass, asdict\n@dataclass\nclass Row:\n    name: str\n    n: int = 1\n\ndef run(x):\n    return asdict(Row(x))\n",
      "x",
      { name: "x", n: 1 },
    );
    returns(
      "class Stack:\n    def __init__(self):\n        self._items = []\n    def push(self, x):\n        self._items.append(x)\n        return self\ndef run(x):\n    return Stack().push(x).push(2)._items\n",
      1,
      [1, 2],
    );
    returns("import sys, os.path\ndef run(p):\n    return [os.path.basename(p), sys.maxsize > 1]\n", "/a/b", [
      "b",
      true,
    ]);
  });

  it("gets Python's own values written as JSON", () => {
    const cases: [string, unknown][] = [
      ["(1, (2,))", [1, [2]]],
      ["datetime.date(2024, 2, 29)", "2024-02-29"],
      ["[datetime.datetime(2024, 2, 29, 1, 2, tzinfo=datetime.UTC)]", ["2024-02-29T01:02:00+00:00"]],
      ["datetime.time(1, 2)", "01:02:00"],
      ["decimal.Decimal('19.90')", 19.9],
      ["{1: 'a', 2.5: 'b', True: 'c', None: 'd'}", { 1: "c", 2.5: "b", null: "d" }],
      ["collections.OrderedDict(a=1)", { a: 1 }],
      ["collections.namedtuple('P', 'x y')(1, 2)", [1, 2]],
      ["re.IGNORECASE", 2],
      ["'\\u2028\\ud800é\\n'", "\u2028\ud800é\n"],
      ["-0.0", -0],
    ];
    for (const [value, expected] of cases) returns(returning(value), null, expected);
    const big = run(engine, returning("2 ** 64"));
    assert.equal(big.status === "success" && big.output, "18446744073709551616");
  });

  it("gets told what to return instead of what JSON cannot hold", () => {
    const cases: [string, RegExp][] = [
      ["float('nan')", /nan.*finite/],
      ["[-math.inf]", /-inf.*finite/],
      ["decimal.Decimal('NaN')", /nan.*finite/],
      ["{1, 2}", /set.*sorted\(value\)/],
      ["(x for x in 'ab')", /generator: return list\(value\)/],
      ["{'a': 1}.keys()", /dict_keys: return list\(value\)/],
      ["len", /function.*call it/],
      ["b'x'", /bytes.*decode/],
      ["datetime.timedelta(1)", /total_seconds/],
      ["fractions.Fraction(1, 2)", /class Fraction/],
      ["ValueError('x')", /error.*raise/],
      ["{(1, 2): 3}", /tuple as a key/],
      ["10 ** 5000", /cannot be written/],
      ["'x' * 1_000_001", /more than 1 MB/],
      ["['x' * 10] * 200_000", /more than 1 MB/],
      ["'\\n' * 600_000", /more than 1 MB/],
      ["(lambda a: [a := [a] for _ in range(201)][-1])(0)", /deeper than 200/],
      ["(lambda a: a.append(a) or a)([])", /contains itself/],
    ];
    for (const [value, message] of cases) fails(returning(value), "invalid_output", message);
    returns(returning("len((lambda a: [a := [a] for _ in range(200)][-1])(0))"), null, 1);
  });

  it("gets a message that says where it went wrong", () => {
    fails("def run(x):\n    return x['y']\n", "error", /^KeyError: 'y' \(line 2\)$/, {});
    fails("def run(x):\n    raise SystemExit\n", "error", /^SystemExit \(line 2\)$/);
    fails("def f(x):\n    return 1 / x\ndef run(x):\n    return f(x)\n", "error", /ZeroDivisionError.*\(line 2\)$/, 0);
    fails(
      "class E(Exception):\n    def __str__(self):\n        raise self\ndef run(x):\n    raise E\n",
      "error",
      /^E \(line 5\)$/,
    );
    fails("def run(x):\n    raise ValueError('y' * 10 ** 6)\n", "error", /^ValueError: y{1000,1990} \(line 2\)$/);
    fails("1 / 0\ndef run(x):\n    return 1\n", "error", /ZeroDivisionError.*\(line 1\)$/);
    fails("def run():\n    return 1\n", "error", /TypeError.*positional/);
    fails("run = 5\n", "error", /not a function/);
    assert.match(String(engine.load({ code: "def run(x)\n    return", language: "python" })), /line 1, column 11/);
    assert.match(
      String(engine.load({ code: "def go(x):\n    return x", language: "python" })),
      /no function named "run"/,
    );
    assert.match(
      String(engine.load({ code: `run = ${"-".repeat(50_000)}1`, language: "python" })),
      /cannot be compiled/,
    );
    const program = load(engine, "def run(x):\n    return x\n");
    for (const text of ["{", "", "[1] 2"]) {
      const outcome = program.run(text, 2_000);
      assert.equal(outcome?.status === "error" && outcome.message, "The input is not JSON text.");
    }
  });

  it("has no clock, no dice, no files and no other process", () => {
    const clock = /no clock: pass the date/;
    for (const value of [
      "datetime.datetime.now()",
      "datetime.date.today()",
      "__import__('time').time()",
      "__import__('uuid').uuid1()",
    ]) {
      fails(returning(`str(${value})`), "error", clock);
    }
    for (const value of [
      "__import__('random').random()",
      "__import__('uuid').uuid4()",
      "__import__('secrets').token_hex()",
    ]) {
      fails(returning(`str(${value})`), "error", /no dice/);
    }
    returns(returning("__import__('random').Random(input).randrange(100) < 100"), 7, true);
    returns(returning("datetime.datetime.fromtimestamp(86400).isoformat()"), null, "1970-01-02T00:00:00");
    fails(returning("open('/etc/hostname').read()"), "error", /PermissionError/);
    fails(returning("__import__('os').listdir('/')"), "error", /PermissionError/);
    for (const name of ["socket", "js", "pyodide", "asyncio", "ctypes", "subprocess", "numpy"]) {
      fails(`import ${name}\ndef run(x):\n    return 1\n`, "error", /programs cannot import/);
    }
  });

  it("is stopped when its time is up, whatever it swallows, and runs again afterwards", () => {
    for (const code of [
      "def run(x):\n    while x:\n        pass\n    return 'fine'\n",
      "def run(x):\n    while x:\n        try:\n            while True: pass\n        except BaseException:\n            pass\n    return 'fine'\n",
      "import re\ndef run(x):\n    return 'fine' if not x else re.search('(a+)+$', 'a' * 50 + 'b')\n",
      "def run(x):\n    return 'fine' if not x else len(str(7 ** 10 ** 8))\n",
    ]) {
      const program = load(engine, code);
      const startedAt = performance.now();
      assert.equal(program.run("true", 50).status, "timeout", code);
      assert.ok(performance.now() - startedAt < 1_000, code);
      assert.equal(program.runMany("0\n1\n0", 50), null, code);
      assert.ok(program.clean);
      assert.deepEqual(program.run("false", 2_000), { status: "success", output: '"fine"' });
    }
  });

  it("gets so much memory and no more, and others find theirs free again", () => {
    const hungry = load(
      engine,
      "def run(n):\n    kept = []\n    for i in range(n):\n        kept.append(bytes(1_000_000))\n    return len(kept)\n",
    );
    for (let round = 0; round < 5; round++) {
      assert.equal(hungry.run("500", 5_000).status, "memory");
      assert.deepEqual(hungry.run("40", 5_000), { status: "success", output: "40" });
    }
    assert.equal(run(engine, "def run(x):\n    return 'a' * 2 ** 30\n").status, "memory");
  });

  it("is heard when it prints, up to a limit", () => {
    assert.deepEqual(run(engine, "def run(x):\n    print('a', x, sep='\\n')\n    return 1\n", 2), {
      status: "success",
      output: "1",
      logs: "a\n2\n",
    });
    const { logs } = run(
      engine,
      "import sys\ndef run(x):\n    print('b' * 10 ** 6, file=sys.stderr)\n    raise ValueError\n",
    );
    assert.equal(logs?.length, 10_000);
    assert.equal("logs" in run(engine, "def run(x):\n    return 1\n"), false);
  });

  it("gives the same in one crossing as one by one", () => {
    const program = load(engine, "def run(x):\n    print(x)\n    return [1 / x, 'é\\n'] if x else {1}\n");
    const lines = program.runMany("1\n2\n0\n4", 2_000)?.split("\n") ?? [];
    assert.deepEqual(
      lines.map((line) => line.charAt(0)),
      ["0", "0", "i", "0"],
    );
    assert.equal(lines[1], '0[0.5,"é\\n"]');
    assert.match(String(JSON.parse(lines[2]?.slice(1) ?? "")), /a set/);
    assert.equal(load(engine, "import sys\ndef run(x):\n    return 1\n").runMany("1\n2", 2_000), null);
  });

  it("hands any JSON value through unharmed", () => {
    const program = load(engine, "def run(x):\n    return x\n");
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const outcome = program.run(JSON.stringify(value), 2_000);
        assert.deepEqual(outcome.status === "success" && JSON.parse(outcome.output), JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 200 },
    );
    const long = JSON.stringify("é".repeat(300_000));
    assert.deepEqual(program.run(long, 2_000), { status: "success", output: long });
  });
});

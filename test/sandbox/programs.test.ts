/** What programs may do, what they get for it, and that they remember nothing. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { after, describe, it } from "mocha";
import { createSandbox } from "../../src/sandbox/lanes.ts";
import type { Verdict } from "../../src/sandbox/sandbox.ts";
import { childPath, javascript, notJson } from "./support.ts";

for (const engine of ["isolated-vm", "quickjs"] as const)
  describe(`a program in the sandbox, on ${engine}`, () => {
    const sandbox = createSandbox({ childPath, engine });
    after(() => sandbox.stop());
    const run = (code: string, input: unknown = null): Promise<Verdict> =>
      sandbox.run(javascript(code), JSON.stringify(input), { budgetMs: 100 });
    const returns = async (code: string, input: unknown, expected: unknown) => {
      const verdict = await run(code, input);
      assert.equal(verdict.status, "success", verdict.errorMessage);
      assert.deepEqual(JSON.parse(verdict.output ?? ""), expected);
    };
    const fails = async (code: string, status: Verdict["status"], message: RegExp, input: unknown = null) => {
      const verdict = await run(code, input);
      assert.equal(verdict.status, status, verdict.errorMessage ?? verdict.output ?? "");
      assert.equal(verdict.output, null);
      assert.match(verdict.errorMessage ?? "", message);
    };

    it("gives what it returns, whichever way it is written", async () => {
      await returns("function run(input) { return input.a + input.b; }", { a: 1, b: 2 }, 3);
      await returns("const run = (input) => [...input].reverse();", "abc", ["c", "b", "a"]);
      await returns("'use strict';\nlet run = function (x) { return { x, undefinedGoes: undefined }; };", 1, { x: 1 });
      await returns("const A = 2; const B = A * 3;\nfunction run() { return [A, B, `t`, -1, /x/g.source]; }", null, [
        2,
        6,
        "t",
        -1,
        "x",
      ]);
      await returns("async function run(x) { const y = await x; return y * 2; }", 21, 42);
      await returns(
        "class Row extends Array {}\nfunction run(x) { const r = new Row(); r.push(x); return r; }",
        1,
        [1],
      );
      await returns("function run() { return new Date(0); }", null, "1970-01-01T00:00:00.000Z");
    });

    it("may be TypeScript", async () => {
      const code = "interface Row { name: string }\nfunction run(row: Row): string { return row.name as string; }";
      const verdict = await sandbox.run({ key: "ts", code, language: "typescript" }, '{"name": "x"}', {
        budgetMs: 100,
      });
      assert.equal(verdict.output, '"x"');
      const broken = { key: "ts2", code: "function run(x: ) {}", language: "typescript" } as const;
      const failed = await sandbox.run(broken, "1", { budgetMs: 100 });
      assert.equal(failed.status, "error");
      assert.match(failed.errorMessage ?? "", /TypeScript/);
    });

    it("gets a message that says where it went wrong", async () => {
      await fails("function run(x) {\n  return x.y.z;\n}", "error", /^TypeError: .* \(line 2\)$/);
      await fails("function run(x) { throw new RangeError('too far'); }", "error", /^RangeError: too far \(line 1\)$/);
      await fails("function run(x) { throw 'just text'; }", "error", /^just text$/);
      await fails("function run(x) { throw undefined; }", "error", /threw undefined/);
      await fails("async function run(x) { throw new Error('late'); }", "error", /^Error: late/);
      // QuickJS does not tell of rejections that nobody handles.
      if (engine !== "quickjs")
        await fails(
          "function run(x) { Promise.reject(new Error('lost')); return 1; }",
          "error",
          /nothing handles it\.$/,
        );
      await fails("function run(x) {\n  return (;\n}", "error", /not valid JavaScript.* line 2, column 11/);
      await fails("function go(x) { return x; }", "error", /no function named "run"/);
      await fails("const run = 5;", "error", /not a function/);
      await fails("export function run(x) { return x; }", "error", /leave import and export out/);
    });

    it("gets told what to return instead of what JSON cannot hold", async () => {
      for (const [value, message] of notJson)
        await fails(`function run() { return (${value}); }`, "invalid_output", message);
    });

    it("has no clock, no dice, no timers and nothing of Node", async () => {
      for (const code of [
        "Date.now()",
        "new Date()",
        "Date()",
        "Reflect.construct(Date, [])",
        // QuickJS has no Intl.
        ...(engine === "quickjs" ? [] : ["new Intl.DateTimeFormat().format()"]),
      ]) {
        await fails(`function run() { return String(${code}); }`, "error", /no clock/);
      }
      await fails("function run() { return Math.random(); }", "error", /random/);
      await returns(
        "function run() { return [typeof process, typeof require, typeof setTimeout, typeof fetch, typeof WebAssembly]; }",
        null,
        Array(5).fill("undefined"),
      );
    });

    it("may use the words of Object.prototype as its own keys", async () => {
      const count =
        "function run(words) { const n = {}; for (const w of words) n[w] = (Object.hasOwn(n, w) ? n[w] : 0) + 1; return n; }";
      await returns(count, ["constructor", "toString", "constructor"], { constructor: 2, toString: 1 });
      await returns(
        "class E extends Error { constructor(m) { super(m); this.name = 'E'; } }\nfunction run() { return String(new E('m')); }",
        null,
        "E: m",
      );
    });

    it("cannot leave a note on what all regular expressions share, whichever way it gets hold of it", async () => {
      const ways = [
        "RegExp.prototype",
        "/x/.__proto__",
        "/x/['__proto__']",
        "/x/['__pro' + 'to__']",
        "/x/[`__proto__`]",
        "/x/[['__proto__']]",
        "/x/?.[input.key]",
        "(({ __proto__: p }) => p)(/x/)",
        "(({ ['__pro' + 'to__']: p }) => p)(/x/)",
        "(({ [input.key]: p }) => p)(/x/)",
        "(() => { let p; ({ '__proto__': p } = /x/); return p; })()",
        "Object.getPrototypeOf(/x/)",
        "Object['get' + 'PrototypeOf'](/x/)",
        "[/x/].map(Object.getPrototypeOf)[0]",
        "/x/.constructor.prototype",
        "/x/['constr' + 'uctor']['proto' + 'type']",
        "Object.getOwnPropertyDescriptor(Object.prototype, input.key).get.call(/x/)",
        "Object.getOwnPropertyDescriptors(Object.prototype).__proto__.get.call(/x/)",
        "({}).__lookupGetter__(input.key).call(/x/)",
        "Reflect.getPrototypeOf(/x/)",
        "new Proxy(/x/, {}).__proto__",
        "'x'.matchAll(/x/g).__proto__",
        "eval('RegExp').prototype",
        "globalThis['Reg' + 'Exp'].prototype",
        "(function () { return this.RegExp.prototype; })()",
        "(class extends RegExp {}).prototype.__proto__",
        "Function('return RegExp.prototype')()",
      ];
      for (const way of ways) {
        const code = `function run(input) {
        let noted = 0;
        try { const shared = ${way}; noted = shared.note ?? 0; shared.note = noted + 1; } catch {}
        try { const shared = ${way}; shared.exec = () => null; } catch {}
        return [noted, /x/.note ?? 0, /x/.test("x"), "a1b2".replace(/[0-9]/g, "-")];
      }`;
        const inputs = [1, 2, 3].map(() => JSON.stringify({ key: "__proto__" }));
        for (const { output, errorMessage } of await sandbox.runBatch(javascript(code), inputs, { budgetMs: 100 })) {
          assert.equal(output, '[0,0,true,"a-b-"]', `${way}: ${errorMessage}`);
        }
      }
      await returns(
        "const find = /x/; function run() { try { find.compile('y'); } catch {} return find.source; }",
        0,
        "x",
      );
    });

    it("remembers nothing of earlier calls", async () => {
      const keepers = [
        "let n = 0; function run() { return n++; }",
        "var n = 0; const run = () => n++;",
        "const seen = new Map(); function run() { seen.set(seen.size, 1); return seen.size - 1; }",
        "const seen = []; function run() { seen.push(1); return seen.length - 1; }",
        "const seen = [0]; function run() { seen[0]++; return seen[0] - 1; }",
        "const cache = { n: 0 }; function run() { cache.n += 1; return cache.n - 1; }",
        "const cache = { n: 0 }; function run() { const c = cache; try { c.n++; } catch {} return 0; }",
        "function run() { run.n = (run.n ?? -1) + 1; return run.n; }",
        "function run() { const was = run.prototype.n ?? 0; run.prototype.n = was + 1; return was; }",
        "const find = /a/g; function run() { const at = find.lastIndex; find.test('aaa'); return at; }",
        "const find = /a/y; function run() { const was = find.n ?? 0; find.n = was + 1; return was; }",
        "const find = /a/g; function run() { if (Object.isFrozen(find)) return 1; Object.freeze(find); return 0; }",
        "const find = /a/g; const lock = 'freeze'; function run() { try { find.lastIndex = 1; Object[lock](find); } catch { return 1; } return 0; }",
        "function run() { const was = RegExp.$1; /(1)/.test('1'); return was ? 1 : 0; }",
        "function run() { const was = globalThis.n ?? 0; globalThis.n = was + 1; return was; }",
        "function run() { const was = [].n ?? 0; try { Array.prototype.n = 1; } catch {} return was; }",
        "const f = () => 0; function run() { const was = f.n ?? 0; try { f.n = 1; } catch {} return was; }",
        "const make = (() => { let n = 0; return () => n++; })(); function run() { return make(); }",
        "const g = (function* () { let n = 0; for (;;) yield n++; })(); const run = () => g.next().value;",
        "const o = { n: 0, m: { k: [0] } }; const run = () => { o.m.k[0]++; return o.m.k[0] - 1; };",
        "function run() { Promise.resolve().then(() => { run.n = 1; }); return run.n ?? 0; }",
        "const o = { n: 0 }; async function run() { await null; o.n++; return o.n - 1; }",
        "const t = (s) => s; function run() { const s = t`x`; try { s.n = 1; } catch {} return s.n ?? 0; }",
        "function run(x) { const was = console.n ?? 0; try { console.n = 1; } catch {} return was; }",
      ];
      for (const code of keepers) {
        const verdicts = await sandbox.runBatch(javascript(code), ["1", "2", "3"], { budgetMs: 100 });
        verdicts.push(await run(code));
        for (const { status, output, errorMessage } of verdicts) {
          assert.deepEqual([status, output], ["success", "0"], `${code} ${errorMessage ?? output}`);
        }
      }
    });

    it("has what it prints told with a run", async () => {
      const verdict = await run("function run(x) { console.log('got', x); return 1; }", { a: [1] });
      assert.deepEqual([verdict.status, verdict.logs], ["success", 'got {"a":[1]}']);
      assert.equal((await run("function run() { return 1; }")).logs, undefined);
    });

    it("hands any JSON value through unharmed", async () => {
      const identity = javascript("function run(input) { return input; }");
      const isFlat = (value: unknown, depth = 0): boolean =>
        depth < 200 &&
        (typeof value !== "object" || value === null || Object.values(value).every((v) => isFlat(v, depth + 1)));
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.jsonValue({ noUnicodeString: false }).filter((v) => isFlat(v)),
            { minLength: 1 },
          ),
          async (values) => {
            const inputs = values.map((value) => JSON.stringify(value));
            const verdicts = await sandbox.runBatch(identity, inputs, { budgetMs: 100 });
            // JSON.stringify writes -0 as 0; so does the sandbox.
            assert.deepEqual(
              verdicts.map((v) => JSON.parse(v.output ?? "")),
              inputs.map((text) => JSON.parse(text)),
            );
          },
        ),
        { numRuns: 100 },
      );
      for (const text of [
        '"\\ud800"',
        '"\\udc00x"',
        '{"__proto__": {"a": 1}}',
        '{"toJSON": 1, "then": 2}',
        '{"2": 1, "1": 2}',
        '"\u2028"',
      ]) {
        const { output } = await sandbox.run(identity, text, { budgetMs: 100 });
        assert.deepEqual(JSON.parse(output ?? ""), JSON.parse(text));
      }
      const minusZero = await sandbox.run(identity, "-0", { budgetMs: 100 });
      assert.equal(minusZero.output, "0");
    });
  });

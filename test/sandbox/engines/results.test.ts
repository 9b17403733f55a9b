/** What a program gets for what it does, the same on each JavaScript engine. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { maxLogLength, maxMessageLength, type Outcome } from "../../../src/sandbox/child/engine.ts";
import { notJson } from "../support.ts";
import { bench, engines, ran } from "./support.ts";

for (const [name, make] of engines) {
  describe(`a program on ${name}`, () => {
    const own = bench(make);
    const { run, load } = own;
    const returns = async (code: string, input: unknown, expected: unknown) => {
      const outcome = await run(code, input);
      assert.equal(outcome.status, "success", JSON.stringify(outcome));
      assert.deepEqual(outcome.status === "success" && JSON.parse(outcome.output), expected);
    };
    const fails = async (
      code: string,
      status: Outcome["status"],
      message: RegExp,
      input: unknown = null,
      ms = 5_000,
    ) => {
      const outcome = await run(code, input, ms);
      assert.equal(outcome.status, status, JSON.stringify(outcome));
      assert.match(outcome.status === "success" ? "" : outcome.message, message);
    };

    it("gives what it returns, whichever way it is written", async () => {
      await returns("function run(input) { return input.a + input.b; }", { a: 1, b: 2 }, 3);
      await returns("const run = (input) => [...input].reverse();", "äö💩", ["💩", "ö", "ä"]);
      await returns("let n = 1; function run(x) { return { x, n, gone: undefined }; }", 1, { x: 1, n: 1 });
      await returns("const A = 2; const B = A * 3;\nfunction run() { return [A, B, -0, /x/g.source]; }", 0, [
        2,
        6,
        0,
        "x",
      ]);
      await returns("function run() { return new Date(0); }", null, "1970-01-01T00:00:00.000Z");
      await returns("function run() { return [new Number(1), new String('s'), Object(true)]; }", 0, [1, "s", true]);
      await returns("function run() { return { toJSON() { return 'mine'; } }; }", null, "mine");
      await returns(
        "class Row extends Array {}\nfunction run(x) { const r = new Row(); r.push(x); return r; }",
        1,
        [1],
      );
      await returns("function run() { return Object.create(null, { a: { value: 1, enumerable: true } }); }", 0, {
        a: 1,
      });
      await returns("function run(s) { return s.replace(/(?<y>\\d+)-(\\d+)/u, '$2/$<y>'); }", "2024-05", "05/2024");
    });

    it("may be TypeScript", async () => {
      const program = await load(
        "interface R { n: string }\nfunction run(r: R): string { return r.n as string; }",
        "typescript",
      );
      assert.deepEqual(program.run('{"n": "x"}', 1_000), { status: "success", output: '"x"' });
    });

    it("is told at once why it can never run", async () => {
      const engine = await own.engine();
      assert.match(
        String(await engine.load({ code: "function run( {", language: "javascript" })),
        /not valid JavaScript/,
      );
      assert.match(
        String(await engine.load({ code: "function go() {}", language: "javascript" })),
        /no function named "run"/,
      );
      assert.match(String(await engine.load({ code: "function run(x: ) {}", language: "typescript" })), /TypeScript/);
      assert.match(String(await engine.load({ code: "def run(x): pass", language: "python" })), /Python/);
    });

    it("gets a message that says where it went wrong", async () => {
      await fails("function run(x) {\n  return x.y.z;\n}", "error", /^TypeError: .* \(line 2\)$/, {});
      await fails("let n;\n\nfunction run(x) {\n  return x.y.z;\n}", "error", /^TypeError: .* \(line 4\)$/, {});
      await fails("function run() { throw new RangeError('too far'); }", "error", /^RangeError: too far \(line 1\)$/);
      await fails("function run() { throw 'just text'; }", "error", /^just text$/);
      await fails("function run() { throw ''; }", "error", /empty string/);
      await fails("function run() { throw undefined; }", "error", /threw undefined/);
      await fails("function run() { throw 'a\\0b\\nc'; }", "error", /^a\0b\nc$/);
      await fails("async function run() { throw new Error('late'); }", "error", /^Error: late/);
      await fails("const run = 5;", "error", /"run" is not a function/);
      await fails("missing();\nfunction run() {}", "error", /ReferenceError/);
      await fails("function run() { throw { get message() { throw 1; } }; }", "error", /cannot be described/);
      await fails("function run() { throw new Proxy({}, { get() { throw 1; } }); }", "error", /cannot be described/);
      await fails("function run() { return (function f() { return f() + 1; })(); }", "error", /stack/i);
      const long = await run("function run() { throw new Error('x'.repeat(100_000)); }");
      assert.ok(long.status === "error" && long.message.length <= maxMessageLength);
      const bad = (await load("function run(x) { return x; }")).run("{no", 100);
      assert.deepEqual(bad, { status: "error", message: "The input is not JSON text." });
    });

    it("gets told what to return instead of what JSON cannot hold", async () => {
      const wide = ["Array(600_000).fill(1)", /more than 1 MB/] as const;
      for (const [value, message] of [...notJson, wide])
        await fails(`function run() { return (${value}); }`, "invalid_output", message);
      await returns("function run() { return [...Array(199)].reduce((i) => [i], 0).flat(Infinity); }", null, [0]);
      const largest = await run("function run() { return 'x'.repeat(999_998); }");
      assert.equal(largest.status === "success" && largest.output.length, 1_000_000);
    });

    it("has no clock, no dice, no timers and nothing of Node", async () => {
      for (const code of ["Date.now()", "new Date()", "Date()", "Reflect.construct(Date, [])"])
        await fails(`function run() { return String(${code}); }`, "error", /no clock/);
      await fails("function run() { return Math.random(); }", "error", /random/);
      const names =
        "process require setTimeout fetch WebAssembly SharedArrayBuffer Atomics performance queueMicrotask std os gc";
      const types = names.split(" ").map((global) => `typeof ${global}`);
      await returns(`function run() { return [${types}]; }`, null, Array(types.length).fill("undefined"));
    });

    it("may be asynchronous, as long as its promise settles", async () => {
      await returns("async function run(x) { const y = await x; return y * 2; }", 21, 42);
      await returns("function run(x) { return { then(done) { done(x); } }; }", 7, 7);
      await returns("async function run(x) { for await (const v of [1, Promise.resolve(x)]) x += v; return x; }", 1, 3);
      await fails("async function run() { return undefined; }", "invalid_output", /undefined/);
      await fails("function run() { return new Promise(() => {}); }", "timeout", /never settles/);
      await fails(
        "const f = async () => { for (;;) await 0; };\nfunction run() { f(); return 1; }",
        "timeout",
        /20 ms/,
        0,
        20,
      );
      // What keeps state after its first await is found out late, and still gets what it would fresh.
      await returns("const o = { n: 0 }; async function run() { await null; o.n++; return o.n; }", null, 1);
      await fails("async function run() { console.log('before'); await new Promise(() => {}); }", "timeout", /never/);
    });

    it("is stopped when its time is over, and not clean afterwards", async () => {
      const loops = [
        "for (;;);",
        "try { for (;;); } catch {} finally { for (;;); }",
        "for (;;) { try { for (;;); } catch {} }",
      ];
      for (const loop of loops) {
        const program = await load(`function run(go) { if (go) { ${loop} } return 1; }`);
        assert.equal(ran(program.run("0", 1_000)).status, "success");
        assert.ok(program.clean);
        assert.equal(ran(program.run("1", 20)).status, "timeout");
        assert.ok(!program.clean);
      }
      const many = await load("function run(go) { while (go); return 1; }");
      assert.equal(many.runMany("0\n1\n0", 20), null);
      assert.ok(!many.clean);
    });

    // Some bombs take the whole process along on isolated-vm: the hostile suite throws them at a child.
    if (name === "quickjs")
      it("is stopped when it takes more memory than it may", async () => {
        const bomb = "const a = []; for (;;) a.push(new Array(1_000).fill(a.length));";
        const program = await load(`function run() { ${bomb} }`);
        assert.equal(ran(program.run("1", 5_000)).status, "memory");
        assert.ok(!program.clean);
        assert.equal((await load(`function run() { ${bomb} }`)).runMany("1\n2", 5_000), null);
      });

    it("has what it prints told, up to a limit", async () => {
      const logs = async (body: string) => (await run(`function run() { ${body}; return 1; }`)).logs;
      assert.equal(await logs("return 1"), undefined);
      assert.equal(
        await logs("console.log('a', 1, [1, { b: null }]); console.error(undefined, true)"),
        'a 1 [1,{"b":null}]\nundefined true',
      );
      assert.equal(
        await logs("console.log(() => 1, 10n, NaN, Symbol('s'), new Map())"),
        "[a function] 10 NaN Symbol(s) [a value that JSON cannot show]",
      );
      assert.match((await logs("console.warn(new TypeError('oh'))")) ?? "", /^TypeError: oh/);
      assert.equal((await logs("for (let i = 0; i < 9; i++) console.log('x'.repeat(3_000))"))?.length, maxLogLength);
      assert.equal((await logs("console.log('x'.repeat(1e6), 'y')"))?.length, maxLogLength);
      assert.equal(await logs("console.log({ toJSON() { console.log('inner'); return 'outer'; } })"), '"outer"');
      const failed = await run("function run() { console.log('before'); null.x; }");
      assert.deepEqual([failed.status, failed.logs], ["error", "before"]);
      const late = await run("async function run() { console.log('one'); await 0; console.log('two'); return 1; }");
      assert.deepEqual(late, { status: "success", output: "1", logs: "one\ntwo" });
    });

    it("loops at its own expense when what it prints does", async () => {
      await fails("function run() { console.log({ get x() { for (;;); } }); return 1; }", "timeout", /20 ms/, 0, 20);
      await fails(
        "function run() { console.log(new Proxy({}, { ownKeys() { for (;;); } })); }",
        "timeout",
        /20/,
        0,
        20,
      );
    });

    it("that nests what it parses too deeply fails, and runs rightly the next time", async () => {
      const code =
        "function run(n) { return JSON.parse('['.repeat(n) + ']'.repeat(n)) && eval('('.repeat(n) + n + ')'.repeat(n)); }";
      let program = await load(code);
      const outcome = ran(program.run("200000", 1_000));
      assert.equal(outcome.status, "error", JSON.stringify(outcome));
      if (!program.clean) program = await load(code);
      assert.deepEqual(program.run("3", 1_000), { status: "success", output: "3" });
    });

    it("may recurse a thousand levels deep", async () => {
      await returns(
        "function run(n) { const f = (n) => (n === 0 ? 0 : 1 + [n].map((m) => f(m - 1))[0]); return f(n); }",
        250,
        250,
      );
      await returns("function run(n) { return n === 0 ? 0 : 1 + run(n - 1); }", 1_000, 1_000);
    });

    it("finds nothing in its realm that leads out of it", async () => {
      const ways = [
        "this.constructor.constructor('return typeof process')()",
        "(() => { try { null.x; } catch (e) { return e.constructor.constructor('return typeof process')(); } })()",
        "console.log.constructor('return typeof process')()",
        "Function.prototype.constructor('return typeof require')()",
        "(async () => {}).constructor('return typeof process')() && 'undefined'",
        "(() => { Error.prepareStackTrace = (_, frames) => frames; return typeof new Error().stack === 'string' ? 'undefined' : 'frames'; })()",
        "(() => { try { import('node:fs').catch(() => {}); } catch {} return 'undefined'; })()",
      ];
      for (const way of ways) await returns(`let n; function run() { return ${way}; }`, null, "undefined");
    });
  });
}

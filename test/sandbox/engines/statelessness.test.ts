/** A result depends on the program and the input alone: not on earlier calls, nor on how a batch is cut. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { bench, engines, inChunks, oneByOne } from "./support.ts";

/** Each tries to keep something from one call for the next, and gives 0 as long as it cannot. */
const keepers = [
  "let n = 0; function run() { return n++; }",
  "var n = 0; const run = () => n++;",
  "const seen = new Map(); function run() { seen.set(seen.size, 1); return seen.size - 1; }",
  "const seen = new WeakMap(), key = {}; function run() { const n = seen.get(key) ?? 0; seen.set(key, n + 1); return n; }",
  "const seen = []; function run() { seen.push(1); return seen.length - 1; }",
  "const seen = [0]; function run() { seen[0]++; return seen[0] - 1; }",
  "const cache = { n: 0 }; function run() { cache.n += 1; return cache.n - 1; }",
  "const cache = { n: 0 }; function run() { const c = cache; try { c.n++; } catch {} return 0; }",
  "const o = { n: 0, m: { k: [0] } }; const run = () => { o.m.k[0]++; return o.m.k[0] - 1; };",
  "function run() { run.n = (run.n ?? -1) + 1; return run.n; }",
  "function run() { const was = run.prototype.n ?? 0; run.prototype.n = was + 1; return was; }",
  "const f = () => 0; function run() { const was = f.n ?? 0; try { f.n = 1; } catch {} return was; }",
  "const make = (() => { let n = 0; return () => n++; })(); function run() { return make(); }",
  "const g = (function* () { let n = 0; for (;;) yield n++; })(); const run = () => g.next().value;",
  "function run(x, store = { n: 0 }) { return store.n++; }",
  "class Box { static n = 0; } function run() { return Box.n++; }",
  "class Box { static #n = 0; static next() { return Box.#n++; } } function run() { return Box.next(); }",
  "function run() { class Box { static n = 0; } return Box.n++; }",
  "const find = /a/g; function run() { const at = find.lastIndex; find.test('aaa'); return at; }",
  "const find = /a/g; function run() { const at = find.exec('aaa').index; return at; }",
  "const find = /a/y; function run() { const was = find.n ?? 0; find.n = was + 1; return was; }",
  "const find = /a/g; function run() { if (Object.isFrozen(find)) return 1; Object.freeze(find); return 0; }",
  "const find = /a/g; const lock = 'freeze'; function run() { try { find.lastIndex = 1; Object[lock](find); } catch { return 1; } return 0; }",
  "const find = /a/; function run() { try { find.compile('b'); } catch {} return find.test('a') ? 0 : 1; }",
  "function run() { const was = RegExp.$1; /(1)/.test('1'); return was ? 1 : 0; }",
  "function run() { const was = RegExp.input ?? RegExp['$_'] ?? ''; /(1)/.test('1'); return was ? 1 : 0; }",
  "function run() { const was = globalThis.n ?? 0; globalThis.n = was + 1; return was; }",
  "function run() { const was = typeof leak === 'undefined' ? 0 : 1; try { leak = 1; } catch {} return was; }",
  "function run() { const was = (0, eval)('typeof kept') === 'undefined' ? 0 : 1; try { (0, eval)('var kept = 1'); } catch {} return was; }",
  "function run() { const was = (0, eval)('typeof kept2') === 'undefined' ? 0 : 1; try { Function('kept2 = 1')(); } catch {} return was; }",
  "function run() { const was = (0, eval)('typeof kept3') === 'undefined' ? 0 : 1; try { (0, eval)('function kept3() {}'); } catch {} return was; }",
  "function run() { const was = [].n ?? 0; try { Array.prototype.n = 1; } catch {} return was; }",
  "function run() { try { Array.prototype.map = () => [1]; } catch {} return [0].map((x) => x)[0]; }",
  "function run() { try { Object.prototype.toJSON = () => 1; } catch {} return 0; }",
  "function run() { try { JSON.parse = () => 1; JSON.stringify = () => '1'; } catch {} return 0; }",
  "function run() { try { Promise.prototype.then = () => 1; } catch {} return 0; }",
  "function run() { try { Object.setPrototypeOf(Array.prototype, { n: 1 }); } catch {} return [].n ?? 0; }",
  "function run() { const p = Object.getPrototypeOf([][Symbol.iterator]()); const was = p.n ?? 0; try { p.n = 1; } catch {} return was; }",
  "function run() { const p = Object.getPrototypeOf((function* () {})()); const was = p.n ?? 0; try { p.n = 1; } catch {} return was; }",
  "function run() { const p = (async () => {}).constructor.prototype; const was = p.n ?? 0; try { p.n = 1; } catch {} return was; }",
  "function run() { const p = Object.getPrototypeOf('a'.matchAll(/a/g)); const was = p.n ?? 0; try { p.n = 1; } catch {} return was; }",
  "function run() { const was = Math.n ?? 0; try { Math.n = 1; } catch {} return was; }",
  "function run() { const was = Error.stackTraceLimit === 3 ? 1 : 0; try { Error.stackTraceLimit = 3; } catch {} return was; }",
  "function run() { const s = Symbol.for('kept'); const was = Object(s).n ?? Symbol.prototype.n ?? 0; try { Symbol.prototype.n = 1; } catch {} return was; }",
  "function run() { const was = console.n ?? 0; try { console.n = 1; } catch {} try { console.log = () => { throw 1; }; } catch {} console.log('x'); return was; }",
  "function run() { const was = typeof Intl === 'object' ? Intl.n ?? 0 : 0; try { Intl.n = 1; } catch {} return was; }",
  "const t = (s) => s; function run() { const s = t`x`; try { s.n = 1; } catch {} return s.n ?? 0; }",
  "const t = (s) => s; class Give { constructor(o) { return o; } } class Mark extends Give { #n = 1; static has(o) { return #n in o; } }\nfunction run() { const s = t`x`; if (Mark.has(s)) return 1; try { new Mark(s); } catch {} return 0; }",
  "function run() { class Give { constructor(o) { return o; } } class Mark extends Give { #n = 1; static has(o) { return #n in o; } } if (Mark.has(Array)) return 1; try { new Mark(Array); } catch {} return Mark.has(Object) ? 1 : 0; }",
  "function run() { Promise.resolve().then(() => { run.n = 1; }); return run.n ?? 0; }",
  "const o = { n: 0 }; async function run() { await null; o.n++; return o.n - 1; }",
  "const o = { n: 0 }; function run() { Promise.resolve().then(() => { o.n++; }); return o.n; }",
  "const later = []; async function run() { const was = later.length; later.push(new Promise(() => {})); return was; }",
  "var self = typeof arguments === 'undefined' ? {} : arguments.callee; self.n = (self.n ?? -1) + 1; function run() { return self.n; }",
  "function top() { return top.caller; } var self = top() ?? {}; try { self.n = (self.n ?? -1) + 1; } catch {} function run() { return self.n ?? 0; }",
  "function run() { const a = new Uint8Array(8); const was = a[0]; a[0] = 7; return was; }",
  "function run() { const was = Date.prototype.n ?? 0; try { Date.prototype.n = 1; Date.now = () => 1; } catch {} return was; }",
  "function run() { const was = Object.isFrozen(run) ? 0 : 0; try { Object.defineProperty(run, 'name', { value: 'x' }); } catch {} return run.name === 'x' ? was : was; }",
];

for (const [name, make] of engines) {
  describe(`what a program leaves behind on ${name}`, function () {
    this.timeout(60_000);
    const own = bench(make);

    it("is gone by the next call, whichever way it tries to keep it", async () => {
      for (const code of keepers) {
        const inputs = ["1", "2", "3", "4"];
        assert.deepEqual(await oneByOne(own, code, inputs), ["00", "00", "00", "00"], code);
        assert.deepEqual(await inChunks(own, code, inputs, 4), ["00", "00", "00", "00"], code);
      }
    });

    it("is gone even when calls one by one and many at a time take turns", async () => {
      const program = await own.load(
        "const find = /a/g; let n = 0; function run(s) { n++; find.test(s); return [n, find.lastIndex]; }",
      );
      for (let i = 0; i < 3; i++) {
        assert.deepEqual(program.run('"aa"', 1_000), { status: "success", output: "[1,1]" });
        assert.equal(program.runMany('"aa"\n"ba"\n"x"', 1_000), "0[1,1]\n0[1,2]\n0[1,0]");
      }
    });

    it("never shows in a batch, whatever its order and its chunks", async () => {
      const programs = [
        "function run(x) { if (x === null) throw new Error('nothing'); if (x === 1) return undefined; return [x]; }",
        "let n = 0; function run(x) { n++; if (typeof x === 'string') throw x + n; return { x, n }; }",
        "const found = []; function run(x) { found.push(x); console.log(found); return found; }",
        "async function run(x) { if (x === false) throw new RangeError('no'); return await x; }",
        "const find = /[a-e]/g; function run(x) { return [find.test(JSON.stringify(x)), find.lastIndex]; }",
        "let asked = 0; function run(x) { console.log({ get a() { return asked++; } }, { toJSON() { asked++; } }); return asked; }",
        "function run(x) { return x === true ? Promise.resolve(x) : x; }",
      ];
      const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, 1, false, true, "text"));
      for (const code of programs) {
        const batches = fc.array(value, { minLength: 1, maxLength: 12 });
        await fc.assert(
          fc.asyncProperty(batches, fc.integer({ min: 1, max: 12 }), async (values, size) => {
            const inputs = values.map((v) => JSON.stringify(v));
            const expected = await oneByOne(own, code, inputs);
            assert.deepEqual(await inChunks(own, code, inputs, size), expected);
            assert.deepEqual((await inChunks(own, code, inputs.toReversed(), size)).toReversed(), expected);
          }),
          { numRuns: 15 },
        );
      }
    });

    it("does not grow with the number of calls", async () => {
      const program = await own.load(
        "let kept = []; function run(x) { kept.push(x.repeat(100)); return kept.length; }",
      );
      const inputs = Array(500).fill('"abcdefghij"').join("\n");
      for (let i = 0; i < 40; i++) assert.equal(program.runMany(inputs, 5_000)?.length, 500 * 3 - 1);
      assert.ok(program.clean);
    });
  });
}

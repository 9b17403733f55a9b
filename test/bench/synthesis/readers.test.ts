import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readLabelled } from "./labelled.ts";
import { readSpec } from "./spec.ts";
import { readSygus } from "./sygus.ts";

const fun = (args: string) => `(set-logic SLIA)\n(synth-fun f (${args}) String ((Start String ("(" "x"))))\n`;

describe("the bench's reader of SyGuS problems", () => {
  it("reads one argument as the input itself and several as a list", () => {
    assert.deepEqual(readSygus(`${fun("(a String)")}(constraint (= (f "in put") "out"))(check-synth)`), [
      { input: "in put", output: "out" },
    ]);
    assert.deepEqual(readSygus(`${fun("(a String) (b Int) (c Bool)")}(constraint (= (f "in" 3 true) "out"))`), [
      { input: ["in", 3, true], output: "out" },
    ]);
  });

  it("reads quotes, brackets and semicolons in texts, line breaks, and comments outside of texts", () => {
    const source = `; (constraint (= (f "no") "no"))
(constraint ; said of
   (= (f "say ""a"" (b;c") ; the first
      "two
lines"))`;
    assert.deepEqual(readSygus(fun("(a String)") + source), [{ input: 'say "a" (b;c', output: "two\nlines" }]);
  });

  it("reads negative numbers in both notations, yes and no, and the empty text", () => {
    const source = `(constraint (= (f (- 5)) -7)) (constraint (= (f 0) true)) (constraint (= false (f "")))`;
    assert.deepEqual(readSygus(fun("(a Int)") + source), [
      { input: -5, output: -7 },
      { input: 0, output: true },
      { input: "", output: false },
    ]);
  });

  it("keeps an example that stands there twice once, and two that contradict each other", () => {
    const source = `(constraint (= (f "a") "1")) (constraint (= (f "a") "1")) (constraint (= (f "a") "2"))`;
    assert.deepEqual(readSygus(fun("(a String)") + source), [
      { input: "a", output: "1" },
      { input: "a", output: "2" },
    ]);
  });

  it("takes conjunctions apart, and reads a bare or negated application as yes or no", () => {
    const source = `(constraint (and (f "a") (not (f "b")) (= (f "c") true)))`;
    assert.deepEqual(
      readSygus(fun("(a String)") + source).map(({ output }) => output),
      [true, false, true],
    );
  });

  it("finds no example where constraints speak of variables, other functions or inequalities", () => {
    const source = `(declare-var x Int) (constraint (>= (f x) x)) (constraint (= (f x) 1)) (constraint (= (g 1) 1))
      (constraint (or (= (f 1) 1) (= (f 1) 2))) (constraint (= (f (+ 1 2)) 3))`;
    assert.deepEqual(readSygus(fun("(a Int)") + source), []);
  });

  it("says where a file is broken", () => {
    assert.throws(() => readSygus('(a "b'), /line 1: a " that is not closed/);
    assert.throws(() => readSygus("(a\n))"), /line 2: a \) too many/);
    assert.throws(() => readSygus("((a)"), /1 brackets are not closed/);
  });
});

describe("the bench's reader of spec.json", () => {
  it("reads one input as the text itself and several as a list", () => {
    const source = '{"Examples": [{"Input": ["a"], "Output": "b"}, {"Input": ["a", "b"], "Output": "ab"}], "Note": 1}';
    assert.deepEqual(readSpec(source), [
      { input: "a", output: "b" },
      { input: ["a", "b"], output: "ab" },
    ]);
  });

  it("refuses another shape", () => {
    assert.throws(() => readSpec('{"Examples": [{"Input": "a", "Output": "b"}]}'));
    assert.throws(() => readSpec("{}"));
  });
});

describe("the bench's reader of labelled rows", () => {
  it("reads CSV with quotes, line breaks and a byte order mark, under either header", () => {
    assert.deepEqual(readLabelled('\uFEFFtext,category\n"Hi, ""you""\nthere",greeting\n\n', "a.csv"), [
      { input: 'Hi, "you"\nthere', output: "greeting" },
    ]);
    assert.deepEqual(readLabelled("Label,Text\nspam,Win!\n", "a.csv"), [{ input: "Win!", output: "spam" }]);
  });

  it("reads JSON test cases", () => {
    const source = '{"metadata": {}, "test_cases": [{"id": 1, "input": "Hi", "expected_output": "ham"}]}';
    assert.deepEqual(readLabelled(source, "a.json"), [{ input: "Hi", output: "ham" }]);
  });

  it("says which header it wants", () => {
    assert.throws(() => readLabelled("a,b\n1,2\n", "a.csv"), /text,label or text,category, and is a,b/);
  });
});

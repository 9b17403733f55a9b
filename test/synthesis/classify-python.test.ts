import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { JsonValue } from "../../src/contract/wire.ts";
import type { Engine } from "../../src/sandbox/child/engine.ts";
import type { Classifier } from "../../src/synthesis/classify/learn.ts";
import { load, loadingMs, loadPython } from "../sandbox/python/support.ts";
import { loadProgram } from "../support/run-program.ts";
import { labelled, learned, orders, sentences } from "./labelled.ts";

const odd = [
  ...[
    "",
    " \t",
    "constructor",
    "__proto__ toString",
    "so good!! 😀😀",
    "İstanbul ΣΑΣ ǅ",
    "हिन्दी में लिखा",
    "a\u0085b\ufeffc",
  ],
  ...[
    "x".repeat(5_000),
    "𝐀𝐁 math",
    "don't",
    "שלום עולם",
    "مرحبا",
    "日本語のテキスト",
    "안녕 환불",
    "one\ntwo # @me $5 50% 3:30",
  ],
  ...[12.5, 7, 1e21, true, "Not good at all... www.x.com FREE", "¿Dónde está la calle?", "Where is it?"],
];

/** Every tone, script, mark and language that a cue could tell apart. */
const reviews = labelled({
  good: [
    "A great lamp!",
    "Wonderful shoes!",
    "We love this tent",
    "Lovely colours",
    "A superb radio",
    "Not bad, excellent!",
  ],
  bad: ["An awful lamp.", "Dreadful shoes", "We hate this tent", "Horrid colours", "A useless radio", "Not worth it."],
  offer: [
    "FREE gift, click now!",
    "Win a prize at www.win.example",
    "Claim your bonus of $100",
    "URGENT: verify",
    "90% off!",
  ],
});

describe("the Python of a classifier", function () {
  this.timeout(loadingMs);
  let engine: Engine;
  before(async () => {
    engine = await loadPython();
  });

  const agrees = (classifier: Classifier, inputs: readonly JsonValue[]): void => {
    const run = loadProgram(classifier.javascript);
    const program = load(engine, classifier.python());
    try {
      for (const input of inputs) {
        const outcome = program.run(JSON.stringify(input), 10_000);
        assert.equal(outcome.status, "success", `${JSON.stringify(input)}: ${JSON.stringify(outcome)}`);
        if (outcome.status === "success")
          assert.deepEqual(JSON.parse(outcome.output), run(input), JSON.stringify(input).slice(0, 80));
      }
    } finally {
      program.dispose();
    }
  };

  it("gives what the JavaScript gives: four labels", () => {
    agrees(learned(sentences), [...sentences.map(({ input }) => input), ...odd]);
  });

  it("gives what the JavaScript gives: cues of tone, offers and form", () => {
    agrees(learned(reviews), [...reviews.map(({ input }) => input), ...odd]);
  });

  it("gives what the JavaScript gives: two labels, answers only where sure", () => {
    const two = sentences.filter(({ output }) => output === "refund" || output === "payment");
    agrees(learned(two, { accuracyTarget: 0.99 }), [...two.map(({ input }) => input), ...odd]);
  });

  it("gives what the JavaScript gives: thirty labels", () => {
    const many = Array.from({ length: 240 }, (_, i) => ({ input: `thing ${i} topic${i % 30}x`, output: i % 30 }));
    agrees(learned(many), [...many.slice(0, 60).map(({ input }) => input), ...odd]);
  });

  it("gives what the JavaScript gives: rules and weights over records", () => {
    const inputs = [
      ...orders.map(({ input }) => input),
      {},
      { weight: "17", country: "us" },
      { weight: null, note: "friday" },
    ];
    agrees(learned(orders), inputs);
    const mixed = sentences.map(({ input, output }, i) => ({
      input: { text: input, n: i % 7, tag: ["a", "b"][i % 2] ?? "a" },
      output,
    }));
    agrees(learned(mixed), [
      ...mixed.map(({ input }) => input),
      {},
      { text: "refund", n: "3" },
      { text: 5, tag: "constructor" },
    ]);
  });
});

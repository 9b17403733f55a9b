import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { learnClassifier, looksLikeLabels } from "../../src/synthesis/classify/learn.ts";
import { deadlineIn } from "../../src/synthesis/deadline.ts";
import { loadProgram } from "../support/run-program.ts";
import { labelled, learned, orders, sentences } from "./labelled.ts";

/** The program with `classify` where `run` is looked for. */
const classifyOf = (code: string) =>
  loadProgram(
    code
      .replace("function run(input)", "function label(input)")
      .replace("function classify(input)", "function run(input)")
      .replace("return classify(input).label;", "return run(input).label;"),
  ) as (input: unknown) => { label: string | null; confidence: number };

describe("what a classifier says of itself", function () {
  this.timeout(30_000);

  it("gives the held-out accuracy, its interval, and what is taken for what", () => {
    const { report, explanation } = learned(sentences);
    assert.equal(report.rows, sentences.length);
    assert.ok(report.folds >= 5 && report.accuracy > 0.6 && report.answered === 1);
    assert.ok(report.interval[0] < report.accuracy && report.accuracy < report.interval[1]);
    const wrong = report.confusion.reduce((sum, { count }) => sum + count, 0);
    assert.ok(Math.abs(1 - wrong / report.rows - report.accuracy) < 1e-9);
    assert.ok(report.confusion.every(({ count }, i, all) => count <= (all[i - 1]?.count ?? count)));
    assert.deepEqual(
      new Set(report.perLabel.map(({ label }) => label)),
      new Set(sentences.map(({ output }) => output)),
    );
    assert.match(explanation, /held out it was right in \d+% of its answers \(likely \d+% to \d+%\)/);
  });

  it("answers only where it is sure enough for the accuracy asked for", () => {
    const vague = Array.from({ length: 40 }, (_, i) => ({
      input: `hmm well ${i}`,
      output: ["refund", "delivery", "account", "payment"][(i * 7) % 4] ?? "refund",
    }));
    const plain = learned([...sentences, ...vague]);
    const sure = learned([...sentences, ...vague], { accuracyTarget: 0.9 });
    assert.ok(plain.report.accuracy < 0.85 && plain.report.answered === 1);
    assert.ok(sure.report.accuracy >= 0.9 && sure.report.answered < 1, JSON.stringify(sure.report));
    const run = loadProgram(sure.javascript);
    assert.deepEqual(["hmm well", "where is my refund"].map(run), [null, "refund"]);
    assert.equal(learned(sentences, { accuracyTarget: 0.01 }).report.threshold, 0);
  });

  it("gives a confidence with each label, and knows nothing of the unknown", () => {
    const classify = classifyOf(learned(sentences).javascript);
    const known = classify("where is my refund");
    assert.equal(known.label, "refund");
    assert.ok(known.confidence > classify("hello, it does not work").confidence && known.confidence <= 1);
    assert.deepEqual(classify(""), { label: null, confidence: 0 });
    assert.deepEqual(classify("ЖЩЪ"), { label: null, confidence: 0 });
  });

  it("names contradictory and counts repeated rows", () => {
    const rows = [...sentences, ...sentences.slice(0, 30), { input: sentences[0]?.input ?? "", output: "payment" }];
    const { report, explanation } = learned(rows);
    assert.deepEqual(report.contradictions.rows, [rows.length - 1]);
    assert.equal(report.duplicates, 31);
    assert.equal(report.rows, sentences.length);
    assert.match(explanation, new RegExp(`One example contradicts .*\\(${rows.length}\\)`));
  });

  it("writes rules a person can read where they are as good", () => {
    const { javascript, report, explanation } = learned(orders);
    assert.equal(report.learner, "rules");
    assert.ok(javascript.split("\n").length < 40, javascript);
    assert.match(javascript, /weight >= 15/);
    assert.match(explanation, /"weight" is at least 15/);
    const run = loadProgram(javascript);
    assert.equal(run({ weight: 20.5, country: "us", note: "" }), "freight");
    assert.equal(run({ weight: "2.5", country: "us", note: "x" }), "air");
    assert.equal(run({ weight: 3, country: "fr" }), "parcel");
  });

  it("sees how a text is written", () => {
    const words = "tea sun dog mill lake rain bird hill stone wind".split(" ");
    const asked = words.map((word, i) => `${word} and ${words[(i * 3 + 1) % 10]}`);
    const rows = labelled({ question: asked.map((text) => `${text}?`), statement: asked.map((text) => `${text}.`) });
    const { javascript, report } = learned(rows);
    assert.equal(report.learner, "rules");
    const run = loadProgram(javascript);
    assert.deepEqual([run("is this one?"), run("this is one.")], ["question", "statement"]);
  });

  it("labels numbers by limits", () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      input: i,
      output: i < 18 ? "minor" : i < 30 ? "adult" : "senior",
    }));
    const run = loadProgram(learned(rows).javascript);
    assert.deepEqual([3, 17, 18, 25, 34, "12"].map(run), ["minor", "minor", "adult", "adult", "senior", "minor"]);
  });

  it("reads right-to-left texts, and knows languages and tones from a few examples", () => {
    const rtl = loadProgram(
      learned(
        labelled({
          ברכה: ["שלום לך", "שלום וברכה", "שלום חבר", "בוקר טוב שלום"],
          شكر: ["شكرا لك", "شكرا جزيلا", "ألف شكر", "شكرا يا صديقي"],
        }),
      ).javascript,
    );
    assert.deepEqual([rtl("שלום לכולם"), rtl("شكرا للجميع")], ["ברכה", "شكر"]);
    const tones = loadProgram(
      learned(
        labelled({
          good: ["A great little lamp", "Wonderful shoes", "We love this tent", "Lovely colours", "A superb radio"],
          bad: ["An awful lamp", "Dreadful shoes", "We hate this tent", "Horrid colours", "A useless radio"],
        }),
      ).javascript,
    );
    assert.deepEqual([tones("excellent kettle"), tones("a terrible kettle")], ["good", "bad"]);
  });

  it("does not take one label for labels, nor texts for them", () => {
    const same = sentences.map(({ input }) => ({ input, output: "same" }));
    assert.equal(looksLikeLabels(same), false);
    assert.equal(
      learnClassifier(same, deadlineIn(1_000), () => {}),
      undefined,
    );
    const texts = sentences.map(({ input }) => ({ input, output: String(input).toUpperCase() }));
    assert.equal(looksLikeLabels(texts), false);
  });

  it("ends in time with many long texts and says that it was cut short", () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => ({
      input: Array.from({ length: 300 }, (_, k) => `w${(i * 31 + k * 17) % 5_003}`).join(" "),
      output: `label ${i % 50}`,
    }));
    const result = learnClassifier(rows, deadlineIn(300), () => {});
    assert.ok(result?.cutShort);
    assert.match(result.explanation, /The time ran out/);
    assert.ok(Buffer.byteLength(result.javascript) < 1_000_000);
  });
});

import assert from "node:assert/strict";
import { parse } from "acorn";
import { describe, it } from "mocha";
import type { Example } from "../../src/contract/tasks.ts";
import { synthesize } from "../../src/synthesis/synthesis.ts";
import { loadProgram } from "../support/run-program.ts";

const topics: Record<string, readonly string[]> = {
  refund: ["money back", "refund", "return the item", "reimburse me", "cancel my order"],
  delivery: ["parcel", "package", "courier", "shipping", "track my order"],
  account: ["password", "log in", "my account", "sign up", "e-mail address"],
  payment: ["credit card", "invoice", "charged twice", "paid", "bank transfer"],
};
const frames = [
  "Where is the # please",
  "I have a question about #",
  "hello, # does not work",
  "why # again?",
  "# !!!",
  "please help with #",
];

/** Sentences about a topic, the same every time: every `step`-th of all combinations. */
function sentences(from: number): Example[] {
  const rows = Object.entries(topics).flatMap(([output, words]) =>
    words.flatMap((word) => frames.map((frame) => ({ input: frame.replace("#", word), output }))),
  );
  return rows.filter((_, i) => i % 7 < 4 === (from === 0));
}

async function classifier(
  examples: readonly Example[],
): Promise<{ code: string; run: ReturnType<typeof loadProgram> }> {
  const result = await synthesize(examples, { budgetMs: 8_000 });
  assert.ok("program" in result && result.kind === "classify", JSON.stringify(result).slice(0, 300));
  for (const node of parse(result.program.code, { ecmaVersion: "latest" }).body)
    assert.ok(
      node.type === "FunctionDeclaration" ||
        /^const [A-Z_0-9]+ = [[{]/.test(result.program.code.slice(node.start, node.end)),
    );
  return { code: result.program.code, run: loadProgram(result.program.code) };
}

describe("classification learned from labelled texts", function () {
  this.timeout(30_000);

  it("labels texts it has not seen, in a program of reasonable size", async () => {
    const { code, run } = await classifier(sentences(0));
    const held = sentences(1);
    const right = held.filter(({ input, output }) => run(input) === output).length;
    assert.ok(right / held.length >= 0.95, `${right} of ${held.length}`);
    assert.ok(Buffer.byteLength(code) <= 256 * 1024);
  });

  it("gives the same program every time", async () => {
    const [a, b] = [await classifier(sentences(0)), await classifier(sentences(0))];
    assert.equal(a.code, b.code);
  });

  it("keeps ten labels with much text under 256 KB and a hundred labels under 1 MB", async () => {
    const many = (labels: number): Example[] =>
      Array.from({ length: 1_000 }, (_, i) => ({
        input:
          Array.from({ length: 20 }, (_, k) => `w${(i * 31 + k * 17 + (i % labels) * 7) % 4_000}x`).join(" ") +
          ` mark${i % labels}z`,
        output: `kind ${((i % labels) * 37) % 101}`,
      }));
    const ten = await classifier(many(10));
    assert.ok(Buffer.byteLength(ten.code) <= 256 * 1024, String(Buffer.byteLength(ten.code)));
    const hundred = await classifier(many(100));
    assert.ok(Buffer.byteLength(hundred.code) <= 1_000_000, String(Buffer.byteLength(hundred.code)));
    assert.equal(hundred.run("mark42z"), `kind ${(42 * 37) % 101}`);
  });

  it("gives back yes/no and numbers as such", async () => {
    const words = ["great", "lovely", "superb", "awful", "bad", "poor"];
    const rated = words.flatMap((word, i) =>
      [`a ${word} film`, `${word} acting`, `what a ${word} story`].map((input) => ({ input, good: i < 3 })),
    );
    const yesNo = await classifier(rated.map(({ input, good }) => ({ input, output: good })));
    assert.deepEqual([yesNo.run("lovely story"), yesNo.run("a poor one")], [true, false]);
    const stars = await classifier(rated.map(({ input, good }) => ({ input, output: good ? 5 : 1 })));
    assert.deepEqual([stars.run("superb film"), stars.run("awful")], [5, 1]);
  });

  it("reads Korean and Chinese", async () => {
    const rows: [string, string][] = [
      ["환불해 주세요", "환불"],
      ["환불이 안 돼요", "환불"],
      ["환불 언제 되나요", "환불"],
      ["돈을 환불받고 싶어요", "환불"],
      ["배송이 늦어요", "배송"],
      ["배송 조회", "배송"],
      ["배송은 언제 오나요", "배송"],
      ["택배 배송 문의", "배송"],
      ["我要退款", "退款"],
      ["退款什么时候到", "退款"],
      ["请给我退款", "退款"],
      ["退款失败", "退款"],
    ];
    const { run } = await classifier(rows.map(([input, output]) => ({ input, output })));
    assert.deepEqual(["환불 부탁드립니다", "배송이 안 와요", "怎么退款"].map(run), ["환불", "배송", "退款"]);
  });

  it("reads records with several text fields", async () => {
    const examples = sentences(0).map(({ input, output }, i) => ({
      input: { subject: `mail ${i % 5}`, body: input },
      output,
    }));
    const { run } = await classifier(examples);
    assert.equal(run({ subject: "hi", body: "my refund please" }), "refund");
    assert.equal(run({ body: null }), null);
    assert.throws(() => run("my refund"), /TypeError: expected a record/);
  });

  it("gives a label or null whatever the text, and says so where there is no text", async () => {
    const { run } = await classifier(sentences(0));
    assert.equal(run(""), null);
    assert.equal(run("refund constructor"), "refund");
    for (const input of [
      "constructor",
      "__proto__ toString valueOf",
      "hasOwnProperty",
      "\ud800",
      "😀😀",
      7,
      true,
      "x".repeat(100_000),
    ])
      assert.ok([...Object.keys(topics), null].includes(run(input) as string), JSON.stringify(input).slice(0, 50));
    for (const input of [null, {}, [], { text: "refund" }]) assert.throws(() => run(input), /TypeError: expected text/);
  });

  it("stands single-example labels, repeated rows and empty texts", async () => {
    const rows = [
      ...sentences(0),
      ...sentences(0),
      { input: "the only one of its kind", output: "other" },
      { input: "", output: "refund" },
    ];
    const { run } = await classifier(rows);
    assert.equal(run("the only one of its kind"), "other");
  });

  it("goes with the majority where a few of many rows contradict each other", async () => {
    const rows = [...sentences(0), ...sentences(0), ...sentences(0)];
    const slip = { input: rows[0]?.input ?? "", output: "payment" };
    const { run } = await classifier([...rows, slip]);
    assert.equal(run(slip.input), rows[0]?.output);
  });

  it("prefers an exact rule to a model where there is one", async () => {
    const rows = ["a@x.com", "b@y.org", "c@x.com", "dd@y.org", "e@x.com", "ff@y.org"].map((input) => ({
      input,
      output: input.split("@")[1] ?? "",
    }));
    const result = await synthesize(rows, { budgetMs: 5_000 });
    assert.ok("program" in result && result.kind === "transform");
    assert.equal(loadProgram(result.program.code)("q@z.net"), "z.net");
  });
});

/** What a program made from examples is unsure of: rows to ask the person about, and examples that look like slips. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { GenerateRequest } from "../../src/contract/generation.ts";
import type { Example } from "../../src/contract/tasks.ts";
import { failureOf, freshQuestions } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";

const names = [
  { input: "Lovelace, Ada", output: "Ada Lovelace" },
  { input: "Hopper, Grace", output: "Grace Hopper" },
];
const inputs = ["Turing, Alan", "van Rossum, Guido", "Liskov, Barbara"];
/** Ten that agree, and the fifth, which does not. */
const withSlip: Example[] = [..."abcdefghij"].map((letter, at) => ({
  input: `${letter}${at}x`,
  output: at === 4 ? "zz" : `${letter.toUpperCase()}${at}`,
}));

describe("doubts of a program over HTTP", function () {
  this.timeout(60_000); // A slip is looked for with all the time there is.
  let backend: TestBackend;
  const question = freshQuestions(names);
  const ask = (over: Partial<GenerateRequest>) =>
    backend.client.call("generateCode", { params: {}, body: question({ strategy: "offline", ...over }) });
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());

  it("rows that the examples leave open come with what they could become; the answer makes them sure", async () => {
    const first = await ask({ inputs });
    const row = first.ambiguous?.find(({ input }) => input === "van Rossum, Guido");
    assert.ok(row, JSON.stringify(first.ambiguous));
    assert.ok(row.outputs.includes("Guido van Rossum"), JSON.stringify(row.outputs));
    assert.deepEqual(first.verification?.ambiguous, first.ambiguous);
    assert.deepEqual([first.oddExamples, first.verification?.notes.filter((note) => /otherwise/.test(note))], [[], []]);
    const { artifact } = first;
    const body = { input: row.input };
    const run = await backend.client.call("execute", { params: { id: artifact?.taskId ?? "" }, body });
    assert.equal(run.output, row.outputs[0], "the program's own output is the first");

    const answered = await ask({ inputs, examples: [...names, { input: row.input, output: "Guido van Rossum" }] });
    assert.equal(answered.status, "success");
    assert.ok(!answered.ambiguous?.some(({ input }) => input === row.input));
    const again = await backend.client.call("execute", { params: { id: answered.artifact?.taskId ?? "" }, body });
    assert.equal(again.output, "Guido van Rossum");
  });

  it("a task's program carries them in its report, in the spelling of the wire, and keeps them", async () => {
    const given = { description: "", language: "javascript" as const, accuracyTarget: 0.9, latencyTargetMs: 10 };
    const body = { ...given, name: "names", examples: names, samplingRate: 0 };
    const { id } = await backend.client.call("createTask", { params: {}, body });
    const response = await backend.fetch(`/api/v1/tasks/${id}/generate`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ strategy: "offline", inputs }),
    });
    const stream = await response.text();
    assert.match(stream, /"ambiguous":\[\{"input":"van Rossum, Guido","outputs":\["/);
    assert.match(stream, /"odd_examples":\[\]/);
    const kept = await backend.client.call("getArtifact", { params: { taskId: id, version: "1" } });
    assert.equal(kept.verification.ambiguous[0]?.input, "van Rossum, Guido");
  });

  it("at most ten rows of at most four outputs, and none too long to become an example", async () => {
    const many = Array.from({ length: 40 }, (_, at) => `von der Number${at}, Some Name${at}`);
    const long = `van ${"x".repeat(5_000)}, Guido`;
    const { ambiguous = [] } = await ask({ inputs: [long, ...many] });
    assert.ok(ambiguous.length > 0 && ambiguous.length <= 10, `${ambiguous.length}`);
    assert.ok(ambiguous.every(({ outputs }) => outputs.length >= 2 && outputs.length <= 4));
    assert.ok(!ambiguous.some(({ input }) => input === long));
  });

  it("an example that looks like a slip is named by its place among all, and by its text", async () => {
    // So many that some are held back: the generator itself counts the others only.
    const more = [..."klmnopqrstuv"].map((letter, at) => ({
      input: `${letter}${at}x`,
      output: `${letter.toUpperCase()}${at}`,
    }));
    const answer = await ask({ examples: [...withSlip, ...more] });
    assert.deepEqual([answer.status, answer.oddExamples], ["success", [4]]);
    assert.match(answer.explanation ?? "", /Example 5 \("e4x" => "zz"\) looks like a slip/);
    const [failure] = answer.verification?.failures ?? [];
    assert.deepEqual([failure?.expected, failure?.actual], ["zz", "E4"]);
  });

  it("a program that misses its target because of a slip is refused with the slip named", async () => {
    const given = { description: "", language: "javascript" as const, latencyTargetMs: 10, samplingRate: 0 };
    const body = { ...given, name: "slip", examples: withSlip, accuracyTarget: 1 };
    const { id } = await backend.client.call("createTask", { params: {}, body });
    const error = await failureOf(
      backend.client.call("generateProgram", { params: { id }, body: { strategy: "offline" } }),
    );
    assert.equal(error.code, "verification_failed");
    assert.match(error.message, /Example 5 \("e4x" => "zz"\) looks like a slip/);
    assert.deepEqual((error.details as { odd_examples?: number[] }).odd_examples, [4]);
  });
});

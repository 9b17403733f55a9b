/** Ratings of answers, programs and runs; a corrected output becomes an example of its task. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { Feedback } from "../../src/contract/conversations.ts";
import { failureOf } from "../support/asking.ts";
import { startTestBackend, type TestBackend } from "../support/backend.ts";
import { conversing, questionOf } from "../support/conversing.ts";

const examples = [
  { input: "ab-cd", output: "cd-ab" },
  { input: "left-right", output: "right-left" },
  { input: "1-22", output: "22-1" },
];

describe("feedback", function () {
  this.timeout(30_000);
  let backend: TestBackend;
  before(async () => {
    backend = await startTestBackend();
  });
  after(() => backend.stop());
  const give = (body: Feedback) => backend.client.call("giveFeedback", { params: {}, body });

  it("a rating of an answer stands beside it, is changed and taken back", async () => {
    const talk = conversing(backend.client);
    const conversation = await talk.begin();
    const turn = await talk.ask(conversation, questionOf("swap", { examples }));
    const rating = async () => (await talk.turns(conversation))[0]?.rating;
    const target = { targetType: "turn", targetId: turn.id } as const;
    assert.match((await give({ ...target, rating: "up", comment: "좋아요" })).feedbackId ?? "", /^fb_/);
    assert.equal(await rating(), "up");
    await give({ ...target, rating: "down" });
    assert.equal(await rating(), "down");
    assert.deepEqual(await give({ ...target, rating: null }), { feedbackId: null });
    assert.equal(await rating(), null);
    await give({ targetType: "artifact", targetId: turn.artifact?.id ?? "", rating: "up" });
  });

  it("a corrected output becomes an example of its task, in place of one with the same input", async () => {
    const { client } = backend;
    const task = await client.call("createTask", {
      params: {},
      body: {
        name: "swap",
        description: "",
        language: "javascript",
        examples: [...examples, { input: { b: 1, a: 2 }, output: "old" }],
        accuracyTarget: 0.5,
        latencyTargetMs: 10,
        samplingRate: 0,
      },
    });
    const code = 'function run(input) { return String(input).split("-").reverse().join("-"); }';
    await client.call("createArtifact", { params: {}, body: { taskId: task.id, code, language: "javascript" } });
    const run = async (input: Parameters<typeof JSON.stringify>[0]) =>
      (await client.call("execute", { params: { id: task.id }, body: { input } })).executionId;
    const correct = async (input: unknown, expectedOutput: string) =>
      give({ targetType: "execution", targetId: await run(input), rating: "down", expectedOutput });
    await correct("x-y-z", "z-x-y");
    await correct({ a: 2, b: 1 }, "new");
    const now = await client.call("getTask", { params: { id: task.id } });
    assert.deepEqual(now.examples, [
      ...examples,
      { input: "x-y-z", output: "z-x-y" },
      { input: { a: 2, b: 1 }, output: "new" },
    ]);
  });

  it("refuses what is not there, and a correction of anything but a run", async () => {
    for (const targetType of ["turn", "artifact", "execution"] as const) {
      assert.equal((await failureOf(give({ targetType, targetId: "nothing", rating: "up" }))).code, "not_found");
    }
    const wrong = failureOf(give({ targetType: "turn", targetId: "x", rating: "down", expectedOutput: 1 }));
    assert.equal((await wrong).code, "invalid_request");
  });
});

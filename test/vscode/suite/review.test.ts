/** The host's side of the panel's review queue: what waits in the backend is told, verdicts are kept there. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { eventually } from "../../support/eventually.ts";
import { withSecondBackend } from "../support/backend.ts";
import { hapa } from "../support/editors.ts";
import { type PanelHost, panelHost } from "../support/panel.ts";

describe("the review queue of the panel", () => {
  let host: PanelHost;
  before(async function () {
    await hapa();
    host = await panelHost(this);
  });
  after(() => host?.dispose());

  it("tells what waits for a verdict, keeps what is said, and tells what could not be kept", async () => {
    const taskId = await withSecondBackend(async (client) => {
      const { id } = await client.call("createTask", {
        params: {},
        body: {
          ...{ name: "To be judged", description: "", language: "javascript" as const, samplingRate: 1 },
          ...{ examples: [{ input: "a", output: "A" }], accuracyTarget: 0.9, latencyTargetMs: 10 },
        },
      });
      const code = "function run(input) { return input.toUpperCase(); }";
      await client.call("createArtifact", { params: {}, body: { taskId: id, code, language: "javascript" } });
      for (const input of ["x", 7, "z"]) await client.call("execute", { params: { id }, body: { input } });
      return id;
    });
    const list = async () => {
      const told = host.next("review");
      await host.say({ type: "getReview" });
      return (await told).items.filter((item) => item.taskId === taskId);
    };
    const items = await list();
    assert.deepEqual(
      items.map((item) => item.kind === "execution" && [item.taskName, item.input, item.output, item.failure !== null]),
      [
        ["To be judged", "z", "Z", false],
        ["To be judged", 7, null, true],
        ["To be judged", "x", "X", false],
      ],
    );
    const [first, second, third] = items.map(({ id }) => id);
    const judge = (id = "", right = true, expected: string | null = null) =>
      host.say({ type: "judge", id, taskId, right, expected });
    await judge(first);
    await judge(second, false, '"SEVEN"');
    const failed = host.next("reviewFailed");
    await judge("exec_unknown");
    assert.equal((await failed).id, "exec_unknown");
    assert.deepEqual(
      (await list()).map(({ id }) => id),
      [third],
    );
    await withSecondBackend(async (client) => {
      const { items: kept } = await client.call("listValidations", { params: { id: taskId }, query: { limit: 10 } });
      assert.deepEqual(
        kept.map(({ oracle, correct, expectedOutput }) => [oracle, correct, expectedOutput]),
        [
          ["person", false, "SEVEN"],
          ["person", true, undefined],
        ],
      );
      await client.call("deleteTask", { params: { id: taskId } });
    });
  });

  it("asks first about what two versions of a rollout give differently, and the verdict counts there", async () => {
    await withSecondBackend(async (client) => {
      const { id: taskId } = await client.call("createTask", {
        params: {},
        body: {
          ...{ name: "Two versions", description: "", language: "javascript" as const, samplingRate: 1 },
          ...{ examples: [{ input: "a", output: "A" }], accuracyTarget: 0.9, latencyTargetMs: 100 },
        },
      });
      const params = { id: taskId };
      for (const code of ["input.toUpperCase()", "input.length > 1 ? 'other' : input.toUpperCase()"]) {
        const body = { taskId, code: `function run(input) { return ${code}; }`, language: "javascript" as const };
        await client.call("createArtifact", { params: {}, body });
      }
      await client.call("startRollout", { params, body: { candidateVersion: 2 } });
      for (const input of ["x", "yy"]) await client.call("execute", { params, body: { input } });
      const list = async () => {
        const told = host.next("review");
        await host.say({ type: "getReview" });
        const { items, waiting } = await told;
        return { waiting, items: items.filter((item) => item.taskId === taskId) };
      };
      const first = await eventually(async () => {
        const { items, waiting } = await list();
        assert.deepEqual(
          items.map(({ kind, input }) => [kind, input]),
          [
            ["disagreement", "yy"],
            ["execution", "yy"],
            ["execution", "x"],
          ],
        );
        assert.ok(waiting >= 3);
        return items[0];
      });
      assert.ok(first?.kind === "disagreement");
      const { incumbentVersion, candidateVersion, incumbentOutput, candidateOutput } = first;
      assert.deepEqual([incumbentVersion, candidateVersion, incumbentOutput, candidateOutput], [1, 2, "YY", "other"]);
      await host.say({ type: "judgeDifference", id: first.id, taskId, side: "incumbent" });
      const { items } = await list();
      assert.ok(!items.some(({ kind }) => kind === "disagreement"));
      await eventually(async () => {
        const { rollout } = await client.call("getRollout", { params });
        assert.deepEqual([rollout?.judged, rollout?.incumbentRight, rollout?.candidateRight], [1, 1, 0]);
      });
      const failed = host.next("reviewFailed");
      await host.say({ type: "judgeDifference", id: "unknown", taskId, side: "both" });
      assert.equal((await failed).id, "unknown");
      await client.call("deleteTask", { params });
    });
  });
});

/** Of what happens to programs that learn, the person is told what matters, in words, and not what they did themselves. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { HapaEvent, NewEvent } from "../../../src/contract/events.ts";
import { spoken } from "../../../src/contract/say.ts";
import { mayBeTold, noticeOf } from "../../../src/extension/learning/notice.ts";

const event = (one: NewEvent): HapaEvent => ({ ...one, id: 1, timestamp: "2026-11-22T10:00:00Z" });
const told = (one: NewEvent): string | undefined => {
  const happened = event(one);
  const said = mayBeTold(happened) ? noticeOf(happened, "Names") : undefined;
  return said && spoken(said);
};
const taskId = "task_1";

describe("notices of learning programs", () => {
  it("tell of rollouts that ended, with the version that runs", () => {
    const data = { incumbent_version: 1, candidate_version: 2, by: "hapa" };
    assert.deepEqual(
      (["rollout.promoted", "rollout.rolled_back", "rollout.undecided"] as const).map((type) =>
        told({ type, taskId, data }),
      ),
      [
        "A better version of “Names” runs now: version 2.",
        "A new version of “Names” was no better and was taken back: version 1 runs.",
        "Two versions of “Names” do equally well. Please decide which one is to run.",
      ],
    );
    assert.equal(told({ type: "rollout.promoted", taskId, data: {} }), "A better version of “Names” runs now.");
  });

  it("tell of alerts about a task, by their kind or their own words", () => {
    const alert = (kind: string, severity: "info" | "warning", of: string | null = taskId): NewEvent => ({
      ...{ type: "alert", taskId: of, data: { kind, severity, message: "Three attempts failed." } },
    });
    assert.equal(told(alert("inputs.changed", "warning")), "The inputs of “Names” look different than before.");
    assert.equal(told(alert("accuracy.fell", "warning")), "“Names” is right less often than before.");
    assert.equal(
      told(alert("failures.cluster", "warning")),
      "“Names” fails on a kind of input more often than before.",
    );
    assert.equal(told(alert("improvement.stuck", "warning")), "“Names”: Three attempts failed.");
    assert.equal(told(alert("improvement.suggested", "info")), "“Names” could get better: ask for an improvement.");
    assert.equal(told(alert("inputs.quiet", "info")), undefined);
    assert.equal(told(alert("rollout.undecided", "warning")), undefined, "its own event tells it");
    assert.equal(told(alert("webhook.failing", "warning", null)), undefined);
  });

  it("do not tell what the person did by hand, nor every step", () => {
    for (const data of [{ by: "person" }, { ended_by: "person" }])
      assert.equal(told({ type: "rollout.promoted", taskId, data }), undefined);
    for (const type of ["rollout.started", "rollout.stage"] as const)
      assert.equal(told({ type, taskId, data: {} }), undefined);
    assert.equal(told({ type: "metrics", taskId, data: { executions: 1, failed: 0 } }), undefined);
  });
});

/** Executions that wait to be judged, at hand: nothing is lost of what is there, and it never grows beyond its size. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { AtHand } from "../../src/learning/at-hand.ts";
import type { ExecutionRow } from "../../src/store/schema.ts";

const row = (id: string, chars = 10): ExecutionRow => ({
  ...{ id, task_id: "t", artifact_id: "art", version: 1, status: "success", error_message: null, latency_ms: 1 },
  ...{ input: "x".repeat(chars), output: null, sampled: 1, executed_at: "" },
});
const ids = (rows: readonly ExecutionRow[] | undefined) => rows?.map(({ id }) => id);

describe("executions at hand", () => {
  it("are those that came since they were asked for last, in order, of each task its own", () => {
    const atHand = new AtHand();
    atHand.add("t", [row("too early")]);
    assert.equal(atHand.take("t"), undefined, "what came before the beginning is to be read");
    atHand.begin("t");
    atHand.begin("u");
    atHand.add("t", [row("1"), row("2")]);
    atHand.add("u", [row("3")]);
    atHand.begin("t");
    assert.deepEqual(ids(atHand.take("t")), ["1", "2"], "to begin twice loses nothing");
    assert.deepEqual(ids(atHand.take("t")), []);
    atHand.add("t", [row("4")]);
    assert.deepEqual([ids(atHand.take("t")), ids(atHand.take("u"))], [["4"], ["3"]]);
  });

  it("are to be read again where there is no room for them, and the others stay", () => {
    const atHand = new AtHand();
    for (const task of ["t", "u"]) atHand.begin(task);
    atHand.add("u", [row("1")]);
    atHand.add("t", [row("2", 3_000_000)]);
    atHand.add("t", [row("3", 1_500_000)]);
    assert.equal(atHand.take("t"), undefined);
    atHand.add("t", [row("4")]);
    assert.equal(atHand.take("t"), undefined, "none of what came since is at hand without what came before");
    assert.deepEqual(ids(atHand.take("u")), ["1"]);
  });

  it("give their room back when they are taken, forgotten, or did not fit", () => {
    const atHand = new AtHand();
    const large = row("large", 3_000_000);
    for (let time = 0; time < 5; time++) {
      atHand.begin("t");
      atHand.add("t", [large]);
      assert.deepEqual(ids(atHand.take("t")), ["large"]);
      atHand.add("t", [large]);
      atHand.forget("t");
      atHand.begin("t");
      atHand.add("t", [large, large]);
      assert.equal(atHand.take("t"), undefined);
    }
  });
});

/** Writes of one turn go into one transaction, and yet everybody hears only of their own. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { groupCommit } from "../../src/store/group-commit.ts";

describe("a group commit", () => {
  /** Takes numbers; refuses a group that has a negative one in it. */
  const recorder = (refusal: (rows: readonly number[]) => Error | undefined) => {
    const groups: number[][] = [];
    const write = groupCommit(async (rows: readonly number[]) => {
      groups.push([...rows]);
      const error = refusal(rows);
      if (error) throw error;
    });
    return { groups, write };
  };
  const outcome = (work: Promise<void>) =>
    work.then(
      () => "kept",
      (error: Error) => error.message,
    );
  const noNegative = (rows: readonly number[]) => {
    const wrong = rows.find((row) => row < 0);
    return wrong === undefined ? undefined : new Error(`${wrong} is negative`);
  };

  it("writes what comes in one turn together, and what comes later later", async () => {
    const { groups, write } = recorder(() => undefined);
    await Promise.all([write([1]), write([2, 3]), write([4])]);
    await write([5]);
    assert.deepEqual(groups, [[1, 2, 3, 4], [5]]);
  });

  it("keeps the good rows of a group that failed, and tells each caller of its own failure alone", async () => {
    const { groups, write } = recorder(noNegative);
    const outcomes = await Promise.all([[1], [2, -3], [4], [-5]].map((rows) => outcome(write(rows))));
    assert.deepEqual(outcomes, ["kept", "-3 is negative", "kept", "-5 is negative"]);
    assert.deepEqual(groups, [[1, 2, -3, 4, -5], [1], [2, -3], [4], [-5]]);
  });

  it("does not wait for a busy database once for each caller", async () => {
    const { groups, write } = recorder(() => Object.assign(new Error("busy"), { code: "SQLITE_BUSY" }));
    assert.deepEqual(await Promise.all([outcome(write([1])), outcome(write([2]))]), ["busy", "busy"]);
    assert.equal(groups.length, 1);
  });

  it("leaves other requests their turn between large writes", async () => {
    const { groups, write } = recorder(() => undefined);
    const turns: number[] = [];
    let turn = 0;
    const count = () => {
      turn += 1;
      if (turn < 5) setImmediate(count);
    };
    setImmediate(count);
    const large = Array.from({ length: 2_000 }, (_, row) => row);
    await Promise.all([large, large, [1], large].map((rows) => write(rows).then(() => turns.push(turn))));
    assert.deepEqual(
      groups.map((rows) => rows.length),
      [2_000, 2_001, 2_000],
    );
    assert.ok((turns[0] ?? 0) < (turns[3] ?? 0), turns.join());
  });
});

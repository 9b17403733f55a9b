import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { deadlineIn } from "../../src/synthesis/deadline.ts";

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function work(ms: number): void {
  const { user } = process.threadCpuUsage();
  while (process.threadCpuUsage().user - user < ms * 1_000);
}

describe("the deadline of a search", () => {
  it("counts work, not waiting, up to four times its limit", () => {
    const deadline = deadlineIn(1_000);
    sleep(1_050);
    assert.equal(deadline.expired(), false);
    assert.ok(deadline.left() > 500);
    sleep(3_000);
    assert.equal(deadline.expired(), true);
  });

  it("is over when the work is done, for a share of it earlier, and at once when aborted", () => {
    const stop = new AbortController();
    const deadline = deadlineIn(10_000, stop.signal);
    const share = deadline.share(0.01);
    work(110);
    assert.deepEqual([share.expired(), deadline.expired()], [true, false]);
    stop.abort();
    assert.deepEqual([deadline.expired(), deadline.left()], [true, 0]);
  });
});

/** How long completion waits for the person to stop typing. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createPace } from "../../../src/extension/completion/pace.ts";

describe("the pace of completion", () => {
  const waitAfter = (gapMs: number, keys: number) => {
    const pace = createPace();
    let wait = 0;
    for (let key = 0; key < keys; key++) wait = pace.wait(key * gapMs);
    return wait;
  };

  it("waits some 150 ms at first, less for who types fast, more for who types slowly, within bounds", () => {
    assert.equal(waitAfter(100, 1), 165);
    assert.equal(waitAfter(30, 30), 75);
    assert.ok(waitAfter(120, 30) > 120 && waitAfter(120, 30) < 150);
    assert.equal(waitAfter(600, 30), 300);
    assert.equal(waitAfter(5_000, 30), 165, "a pause says nothing of how fast somebody types");
  });
});

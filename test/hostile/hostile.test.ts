/** Every program of `programs/` and `python/` tries to get out, to hold up or to leave something behind, on every engine. */
import assert from "node:assert/strict";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { after, before, describe, it } from "mocha";
import { Arena, engines, faults, hostilePrograms } from "./arena.ts";

/** This process may grow by so many MB over a whole suite, and stand still for so long at once, in ms. */
const grownMbMost = 60;
const blockedMsMost = 250;

function heldMb(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

for (const engine of engines) {
  describe(`hostile programs on ${engine}`, function () {
    this.timeout(120_000);
    const arena = new Arena(engine);
    const delays = monitorEventLoopDelay({ resolution: 5 });
    let heldAtStart = 0;
    before(async () => {
      await arena.warmUp();
      heldAtStart = heldMb();
      delays.enable();
    });
    after(async () => {
      delays.disable();
      await arena.stop();
    });

    for (const hostile of hostilePrograms(engine)) {
      it(`${hostile.name} tries ${hostile.tries}: ${hostile.expected.join(" or ")} in time, and the next call is right`, async () => {
        assert.deepEqual(faults(hostile, await arena.fight(hostile)), []);
      });
    }

    it("leaves this process as it was: its memory, and its answers to others meanwhile", () => {
      assert.ok(delays.max / 1e6 < blockedMsMost, `blocked for ${delays.max / 1e6} ms`);
      const grown = heldMb() - heldAtStart;
      assert.ok(grown < grownMbMost, `grown by ${grown} MB`);
    });
  });
}

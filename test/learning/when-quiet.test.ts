/** Work that waits for quiet, by a clock that the test turns. */
import assert from "node:assert/strict";
import { mock } from "node:test";
import { afterEach, beforeEach, describe, it } from "mocha";
import { whenQuiet } from "../../src/learning/when-quiet.ts";

/** One timer and its clock; Node's own mock cannot refresh a timer. */
class Clock {
  nowMs = 0;
  #work: (() => void) | undefined;
  #ms = 0;
  #at = 0;
  constructor() {
    mock.method(performance, "now", () => this.nowMs);
    mock.method(globalThis, "setTimeout", (work: () => void, ms: number) => {
      assert.equal(this.#work, undefined, "one timer at a time");
      this.#work = work;
      this.#ms = ms;
      const refresh = () => {
        this.#at = this.nowMs + this.#ms;
      };
      refresh();
      return { refresh };
    });
    mock.method(globalThis, "clearTimeout", () => {
      this.#work = undefined;
    });
  }
  pass(ms: number): void {
    const until = this.nowMs + ms;
    const work = this.#work;
    if (work && this.#at <= until) {
      this.nowMs = this.#at;
      this.#work = undefined;
      work();
    }
    this.nowMs = until;
  }
}

describe("work once it is quiet", () => {
  let done = 0;
  let clock: Clock;
  const make = () => whenQuiet(() => done++, 500, 5_000);
  const pass = (ms: number): void => clock.pass(ms);
  beforeEach(() => {
    done = 0;
    clock = new Clock();
  });
  afterEach(() => mock.restoreAll());

  it("is done once for all that came, half a second after the last", () => {
    const quiet = make();
    for (let at = 0; at < 5; at++) {
      quiet.wake();
      pass(400);
    }
    assert.equal(done, 0);
    pass(99);
    assert.equal(done, 0);
    pass(1);
    assert.equal(done, 1);
    pass(60_000);
    assert.equal(done, 1, "nothing runs while nothing comes");
    quiet.wake();
    pass(500);
    assert.equal(done, 2);
  });

  it("does not wait for quiet for ever", () => {
    const quiet = make();
    const begun: number[] = [];
    for (let ms = 0; ms < 20_000; ms += 100) {
      quiet.wake();
      pass(100);
      if (done > begun.length) begun.push(clock.nowMs);
    }
    assert.ok(done >= 3, String(done));
    const between = begun.slice(1).map((at, n) => at - (begun[n] ?? 0));
    for (const ms of between) assert.ok(ms <= 5_100, String(between));
  });

  it("is not done any more once it was called off, until something comes again", () => {
    const quiet = make();
    quiet.wake();
    quiet.cancel();
    pass(10_000);
    assert.equal(done, 0);
    quiet.cancel();
    quiet.wake();
    pass(500);
    assert.equal(done, 1);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createSingleFlight } from "../../src/generation/single-flight.ts";

const never = new AbortController().signal;

describe("single flight", () => {
  it("does the work once for all who wait, and tells each of them", async () => {
    const flights = createSingleFlight<number, string>();
    const gate = Promise.withResolvers<void>();
    let starts = 0;
    const heard: string[] = [];
    const work = async (_: AbortSignal, emit: (event: string) => void) => {
      starts += 1;
      await gate.promise;
      emit("almost");
      return 7;
    };
    const waiting = [1, 2, 3].map((who) => flights.run("k", never, (event) => heard.push(`${who}:${event}`), work));
    gate.resolve();
    assert.deepEqual(await Promise.all(waiting), [7, 7, 7]);
    assert.equal(starts, 1);
    assert.deepEqual(heard, ["1:almost", "2:almost", "3:almost"]);
    assert.equal(
      await flights.run(
        "k",
        never,
        () => {},
        async () => 8,
      ),
      8,
    );
  });

  it("goes on while one still waits, and is cancelled when the last has left", async () => {
    const flights = createSingleFlight<string, never>();
    let cancelled = false;
    const gate = Promise.withResolvers<string>();
    const work = (signal: AbortSignal) => {
      signal.addEventListener("abort", () => {
        cancelled = true;
        gate.reject(new Error("cancelled"));
      });
      return gate.promise;
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const a = flights.run("k", first.signal, () => {}, work);
    const b = flights.run("k", second.signal, () => {}, work);
    first.abort();
    await assert.rejects(a);
    assert.equal(cancelled, false);
    second.abort();
    await assert.rejects(b);
    assert.equal(cancelled, true);
    assert.equal(
      await flights.run(
        "k",
        never,
        () => {},
        async () => "afresh",
      ),
      "afresh",
    );
  });

  it("passes a failure to everybody and starts afresh after it", async () => {
    const flights = createSingleFlight<number, never>();
    const fail = () => Promise.reject(new Error("no"));
    await Promise.all(
      [1, 2].map(() =>
        assert.rejects(
          flights.run("k", never, () => {}, fail),
          /no/,
        ),
      ),
    );
    assert.equal(
      await flights.run(
        "k",
        never,
        () => {},
        async () => 1,
      ),
      1,
    );
  });
});

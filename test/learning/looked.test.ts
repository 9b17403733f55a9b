/** What was looked at of the executions that wait: nothing is passed over, and little is kept in mind. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { encodeTime } from "ulid";
import { Looked } from "../../src/learning/looked.ts";

const begun = Date.parse("2026-01-01T00:00:00Z");
const id = (ms: number, n = 0): string => `exec_${encodeTime(begun + ms)}${String(n).padStart(16, "0")}`;

describe("how far executions were looked through", () => {
  it("is from the beginning at first, then from a little before the newest", () => {
    const looked = new Looked();
    assert.equal(looked.from, "");
    looked.add(id(60_000));
    looked.add(id(59_000));
    assert.ok(looked.from < id(50_000), "one made ten seconds earlier may be written only now");
    assert.ok(looked.from > id(49_000));
    assert.deepEqual([looked.has(id(60_000)), looked.has(id(59_000)), looked.has(id(59_500))], [true, true, false]);
  });

  it("keeps in mind what would be read again, however many there are", () => {
    const looked = new Looked();
    const all = Array.from({ length: 5_000 }, (_, n) => id(n * 10, n));
    for (const one of all) looked.add(one);
    assert.ok(all.filter((one) => one > looked.from).every((one) => looked.has(one)));
    assert.ok(!looked.has(all[0] ?? ""), "and not what would not");
  });
});

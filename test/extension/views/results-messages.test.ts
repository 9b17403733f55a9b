import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readResultsMessage } from "../../../src/extension/views/results-messages.ts";

describe("messages from the results grid", () => {
  it("are taken in their forms, without what does not belong", () => {
    const view = { type: "setView", filter: "failed", search: "x", sort: { column: 2, descending: true } };
    assert.deepEqual(readResultsMessage({ ...view, path: "/etc/passwd" }), view);
    assert.deepEqual(readResultsMessage({ ...view, sort: null }), { ...view, sort: null });
    const page = { type: "getPage", viewId: 3, from: 100, count: 100 };
    assert.deepEqual(readResultsMessage(page), page);
    assert.deepEqual(readResultsMessage({ type: "saveAs", to: "/tmp/x" }), { type: "saveAs" });
  });

  it("are dropped in any other form", () => {
    const page = { type: "getPage", viewId: 3, from: 100, count: 100 };
    const odd: unknown[] = [
      ...[null, undefined, 1, "ready", [], {}, { type: 1 }, { type: "constructor" }, { type: "delete" }],
      ...[-1, 0.5, "1", Number.NaN, Number.POSITIVE_INFINITY, undefined].map((from) => ({ ...page, from })),
      { ...page, count: 501 },
      { type: "setView", filter: "none", search: "", sort: null },
      { type: "setView", filter: "all", search: "x".repeat(1_001), sort: null },
      { type: "setView", filter: "all", search: "", sort: { column: "0", descending: false } },
      { type: "setView", filter: "all", search: "", sort: undefined },
    ];
    for (const value of odd) assert.equal(readResultsMessage(value), undefined, JSON.stringify(value));
  });
});

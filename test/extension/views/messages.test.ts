import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { readMessage } from "../../../src/extension/views/messages.ts";

const ask = {
  type: "generateCode",
  requestId: "1",
  question: "?",
  language: "python",
  examples: "",
  includeSelection: true,
};

describe("messages from the panel", () => {
  it("are taken where they have the form of one, without what does not belong", () => {
    assert.deepEqual(readMessage({ ...ask, extra: 1 }), ask);
    assert.deepEqual(readMessage({ type: "ready" }), { type: "ready" });
  });

  it("cannot run any other command than the panel's four", () => {
    assert.ok(readMessage({ type: "runCommand", command: "hapa.showLog" }));
    assert.equal(readMessage({ type: "runCommand", command: "workbench.action.terminal.new" }), undefined);
    assert.equal(readMessage({ type: "runCommand", command: "hapa.copyApiKey" }), undefined);
  });

  it("are dropped where a field is missing, of another kind or far too long", () => {
    assert.equal(readMessage({ ...ask, includeSelection: "yes" }), undefined);
    assert.equal(readMessage({ ...ask, language: "cobol" }), undefined);
    assert.equal(readMessage({ ...ask, question: undefined }), undefined);
    assert.equal(readMessage({ type: "copyCode", code: "x".repeat(2_000_000) }), undefined);
    assert.equal(readMessage({ type: "toString" }), undefined);
    assert.equal(readMessage({ type: "__proto__" }), undefined);
  });

  it("never throw, whatever comes", () => {
    fc.assert(fc.property(fc.anything(), (value) => void readMessage(value)));
  });
});

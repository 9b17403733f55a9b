import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readLogLine } from "../../src/extension/log-line.ts";

describe("the log", () => {
  it("shows the backend's lines with their level and details", () => {
    assert.deepEqual(readLogLine('{"level":40,"time":1,"pid":2,"hostname":"h","msg":"slow","ms":12}'), {
      level: "warn",
      text: 'slow {"ms":12}',
    });
    assert.deepEqual(readLogLine("plain words\n"), { level: "info", text: "plain words" });
  });
});

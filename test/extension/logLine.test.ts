import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readLogLine, redact } from "../../src/extension/logLine.ts";

describe("the log", () => {
  it("never shows keys, tokens or passwords in addresses", () => {
    const text = redact(
      "hapa_abcdefgh1234 sk-abcdefgh1234 Authorization: Bearer abc.def-ghi123 http://me:pass@host/v1",
    );
    assert.equal(text, "[secret] [secret] Authorization: [secret] http://[secret]@host/v1");
  });

  it("shows the backend's lines with their level and details", () => {
    assert.deepEqual(readLogLine('{"level":40,"time":1,"pid":2,"hostname":"h","msg":"slow","ms":12}'), {
      level: "warn",
      text: 'slow {"ms":12}',
    });
    assert.deepEqual(readLogLine("plain words\n"), { level: "info", text: "plain words" });
  });
});

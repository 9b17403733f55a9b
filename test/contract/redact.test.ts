import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { redact } from "../../src/contract/redact.ts";

describe("text that is logged or shown", () => {
  it("holds no key, token or password in an address", () => {
    const text = "hapa_abcdefgh1234 sk-abcdefgh1234 Authorization: Bearer abc.def-ghi123 http://me:pass@host/v1";
    assert.equal(redact(text), "[redacted] [redacted] Authorization: [redacted] http://[redacted]@host/v1");
  });

  it("is left alone otherwise", () => {
    const text = "task_01 at http://127.0.0.1:8000/docs took 3 ms; mail ada@example.org";
    assert.equal(redact(text), text);
  });
});

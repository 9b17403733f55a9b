import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createLog } from "../../src/observability/log.ts";

describe("the log", () => {
  it("never holds a key, a bearer token or a password in an address", () => {
    const lines: string[] = [];
    const log = createLog((line) => lines.push(line));
    log.info({ err: new Error("bad key sk-abcdefgh12345678"), header: "Bearer abcdefghijkl" }, "hapa_abcdefghijklmnop");
    log.info({ url: "http://me:hunter2secret@proxy.example/" }, "proxy");
    const text = lines.join("");
    for (const secret of ["sk-abcdefgh", "abcdefghijkl", "hunter2secret"]) assert.ok(!text.includes(secret), secret);
    for (const line of lines) JSON.parse(line);
  });
});

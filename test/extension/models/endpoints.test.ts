import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { addressProblem, presets } from "../../../src/extension/models/endpoints.ts";

describe("the address of an endpoint", () => {
  it("is checked while it is typed", () => {
    for (const { baseUrl } of presets) assert.equal(addressProblem(baseUrl), undefined);
    for (const wrong of ["", "localhost:11434", "ftp://x/v1", "http://me:pw@x/v1", "http://x/v1?key=1"])
      assert.ok(addressProblem(wrong), wrong);
  });
});

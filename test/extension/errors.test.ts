import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { HapaError } from "../../src/contract/errors.ts";
import { say } from "../../src/contract/say.ts";
import { explain, retryAfterMs } from "../../src/extension/errors.ts";

describe("what the person is told about an error", () => {
  it("has the button that sets Python up where that is what is missing, and only there", () => {
    const missing = new HapaError("sandbox_unavailable", say`Python programs need …`, { set_up: "python" });
    assert.deepEqual(explain(missing).action, { label: say`Set Up Python…`, command: "hapa.setUpPython" });
    const other = new HapaError("sandbox_unavailable", say`The sandbox did not start`);
    assert.equal(explain(other).action?.command, "hapa.showLog");
    assert.equal(explain(new HapaError("model_not_configured", say`…`)).action?.command, "hapa.chooseModel");
  });

  it("has the button that helps against what a model failed by", () => {
    const action = (reason: string) => explain(new HapaError("model_failed", say`…`, { reason })).action?.command;
    assert.equal(action("key_refused"), "hapa.setApiKey");
    assert.equal(action("certificate"), "hapa.testConnection");
    assert.equal(action("model_unknown"), "hapa.chooseModel");
    assert.equal(explain(new HapaError("spend_cap_reached", say`…`)).action?.command, "hapa.openSettings");
  });

  it("has the time to wait where something was asked too often, and only where somebody said it", () => {
    assert.equal(retryAfterMs(new HapaError("rate_limited", say`…`, { retry_after_s: 7 })), 7_000);
    for (const details of [undefined, null, "7", { retry_after_s: "7" }, { retry_after_s: -1 }])
      assert.equal(retryAfterMs(new HapaError("rate_limited", say`…`, details)), undefined);
    assert.equal(retryAfterMs(new Error("429")), undefined);
  });
});

/** The extension starts, and starts fast. */
import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { describe, it } from "mocha";
import { extensions } from "vscode";
import { done, hapa } from "../support/editors.ts";
import { report } from "./report.ts";

/** Waits (10 s at most) until the extension host is done with its own start, so that only HAPA's is measured. */
async function quietHost(): Promise<void> {
  let before = performance.eventLoopUtilization();
  for (let turn = 0; turn < 100; turn++) {
    await pause(100);
    const now = performance.eventLoopUtilization();
    if (performance.eventLoopUtilization(now, before).utilization < 0.1) return;
    before = now;
  }
}

describe("activation", () => {
  it("HAPA starts without delaying the window", async () => {
    const extension = extensions.getExtension("hapa.hapa");
    assert.ok(extension, "VS Code has not loaded the extension");
    await quietHost();
    const wasActive = extension.isActive;
    const started = performance.now();
    await extension.activate();
    const ms = performance.now() - started;
    assert.ok(extension.isActive);
    if (wasActive) report({ type: "note", text: "activation: not measured, it was active before the test" });
    else report({ type: "note", text: `activation: ${ms.toFixed(1)} ms` });
  });
});

describe("activation of the dashboard", () => {
  it("its page is among the extension's own files, served by its backend", async () => {
    const { url } = await hapa();
    await done("hapa.programs.refresh");
    const address = url() ?? assert.fail("the backend does not run");
    const [page, script, style] = await Promise.all(
      ["/", "/dashboard.js", "/dashboard.css"].map((path) => fetch(address + path)),
    );
    assert.deepEqual([page?.status, script?.status, style?.status], [200, 200, 200]);
    assert.match((await page?.text()) ?? "", /<script src="\/dashboard.js">/);
  });
});

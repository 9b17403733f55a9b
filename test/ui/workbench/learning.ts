/** Programs that learn, told quietly: a notification leads to the dashboard at the task, which the browser is let into. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "mocha";
import { openStore, type Store } from "../../../src/store/store.ts";
import type { Workbench } from "./workbench.ts";

export function learningStory(inWindow: () => Workbench): void {
  describe("programs that learn, in VS Code", () => {
    let window: Workbench;
    let store: Store;
    let taskId: string;
    before(async () => {
      window = inWindow();
      await window.openPanel(); // The backend starts.
      await window.button(/^HAPA, .*backend ready/).waitFor({ timeout: 30_000 });
      const files = await readdir(window.code.dataDir, { recursive: true });
      const path = files.find((file) => file.endsWith("hapa.db")) ?? assert.fail("the backend has no database");
      // As another process that shares the data folder: another window, or a server.
      store = await openStore(dirname(join(window.code.dataDir, path)));
      const fields = { description: "", language: "javascript" as const, examples: [] };
      const numbers = { accuracyTarget: 0.9, latencyTargetMs: 10, samplingRate: 0.05 };
      taskId = (await store.tasks.create({ name: "Names into order", ...fields, ...numbers })).id;
    });
    after(() => store.close());

    it("what happens to one is told once; its button opens the dashboard at the task", async () => {
      const data = { kind: "inputs.changed", severity: "warning" as const, message: "The inputs changed." };
      await store.events.append({ type: "alert", taskId, data });
      const told = window.toast("The inputs of “Names into order” look different than before.");
      await told.waitFor();
      const context = window.page.context();
      await store.events.append({
        type: "rollout.undecided",
        taskId,
        data: { incumbent_version: 1, candidate_version: 2 },
      });
      // While one is shown, the next is counted only.
      const counted = window.button(/^HAPA has news: Two versions of “Names into order” do equally well/);
      await counted.waitFor();
      assert.equal(await window.page.locator(".notification-toast").count(), 1);
      await window.screenshot("learning-told");
      await window.choose(told.getByRole("button", { name: "Open Dashboard" }));
      // VS Code in a browser has a proxy of its own, by which the dashboard is not to be had.
      const offer = window.toast("Copy its link and open it there");
      await window.choose(offer.getByRole("button", { name: "Copy Link" }));
      await window.page.waitForFunction(`navigator.clipboard.readText().then((text) => text.includes("#open."))`);
      const page = await context.newPage();
      await page.goto(await window.page.evaluate("navigator.clipboard.readText()"));
      await page.getByRole("heading", { level: 1, name: "Names into order" }).waitFor();
      await page.getByText("live", { exact: true }).waitFor();
      await page.close();
      await window.choose(counted);
      await window.toast("Copy its link and open it there").waitFor();
      await counted.waitFor({ state: "detached" });
      await window.dismissToasts();
    });
  });
}

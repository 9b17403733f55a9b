/** The first minutes: the walkthrough leads to a proven program, and the Doctor looks at every part. */
import { before, describe, it } from "mocha";
import type { Workbench } from "./workbench.ts";

export function firstStepsStory(inWindow: () => Workbench): void {
  describe("first steps", () => {
    let window: Workbench;
    before(() => {
      window = inWindow();
    });

    it("the walkthrough's first button makes a proven program of a sample", async () => {
      await window.command("Welcome: Open Walkthrough...");
      await window.type("Get started with HAPA");
      await window.pick(/Get started with HAPA/);
      const page = window.page.locator(".gettingStartedContainer");
      const start = page.getByRole("button", { name: "Try a Sample", exact: true });
      await start.waitFor();
      await window.screenshot("first-walkthrough");
      await window.choose(start);
      const panel = window.panel();
      const card = panel.getByRole("region", { name: /^Program/ });
      await card.getByText(/^Proven on 3 of 3/).waitFor({ timeout: 30_000 });
      await window.screenshot("first-sample");
    });

    it("the Doctor says that everything works, in a report that can be copied", async () => {
      await window.command("HAPA: Doctor: Check Every Part");
      const told = window.toast("Everything works");
      await told.waitFor({ timeout: 20_000 });
      await window.pageInEditor().getByRole("cell", { name: "Offline generator" }).waitFor();
      await window.screenshot("first-doctor");
      await window.choose(told.getByRole("button", { name: "Copy Report" }));
      await window.page.waitForFunction(
        `navigator.clipboard.readText().then((text) => text.includes("Offline generator"))`,
      );
    });
  });
}

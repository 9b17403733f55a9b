/** Completion by clicks and keys in a real VS Code: off at first, switched on in the status bar, accepted with Tab. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type FakeModel, startFakeModel } from "../../support/fake-model.ts";
import { useModel } from "./use-model.ts";
import type { Workbench } from "./workbench.ts";

const start = "export function add(a: number, b: number): number {";

export function completionStory(inWindow: () => Workbench): void {
  describe("completion in VS Code", () => {
    let window: Workbench;
    let model: FakeModel;
    before(async () => {
      window = inWindow();
      model = await startFakeModel({ fillIn: "\n  return a + b;\n}\n\nfunction more() {" });
      await writeFile(join(window.code.workspace, "add.ts"), `${start}\n`);
      await writeFile(join(window.code.workspace, ".env"), "KEY=\n");
    });
    after(() => model.stop());

    const ghost = () => window.page.locator(".ghost-text, .ghost-text-decoration");

    it("there is nothing to switch without a model; with one, a click in the status bar says what it will do", async () => {
      assert.equal(await window.button(/code completion is off/).count(), 0);
      await useModel(window, model);
      await window.choose(window.button(/code completion is off/));
      await window.button(/HAPA proposes code as you type/).waitFor();
      await window.toast(/sent to the model scripted as you type/).waitFor();
      await window.screenshot("completion-on");
      await window.dismissToasts();
    });

    it("what comes after an opening brace is shown in grey, to the end of the block; Escape dismisses it, Tab takes it", async () => {
      await window.open("add.ts");
      await window.page.keyboard.press("Control+Home");
      await window.page.keyboard.press("End");
      await window.page.keyboard.type(" ");
      await ghost().first().waitFor();
      await window.screenshot("completion-ghost");
      await window.page.keyboard.press("Escape");
      await ghost().first().waitFor({ state: "detached" });
      await window.shows([`${start} `, ""]);
      await window.command("Trigger Inline Suggestion");
      await ghost().first().waitFor();
      await window.page.keyboard.press("Tab");
      await window.shows([`${start} `, "  return a + b;", "}"]);
      await window.page.keyboard.press("Control+z");
      await window.shows([`${start} `, ""]);
    });

    it("Tab indents where nothing is proposed, and nothing is asked in a file of secrets", async () => {
      const asked = model.fillIns.length;
      await window.open(".env");
      await window.page.keyboard.press("Control+Home");
      await window.page.keyboard.press("Tab");
      await window.shows(["    KEY="]);
      await window.command("Trigger Inline Suggestion");
      await window.page.keyboard.press("Control+z");
      await window.shows(["KEY="]);
      assert.equal(model.fillIns.length, asked);
    });

    it("one click switches it off again", async () => {
      await window.choose(window.button(/HAPA proposes code as you type/));
      await window.button(/code completion is off/).waitFor();
      await window.open("add.ts");
      const asked = model.fillIns.length;
      await window.page.keyboard.press("Control+Home");
      await window.page.keyboard.press("End");
      await window.page.keyboard.type(" ");
      await window.command("Trigger Inline Suggestion");
      assert.equal(model.fillIns.length, asked);
    });
  });
}

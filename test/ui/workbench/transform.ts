/** The main job as the README tells it, by clicks and keys in a real VS Code, without a model. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import type { Workbench } from "./workbench.ts";

const before10 = ["Lovelace, Ada", "Hopper, Grace", "Turing, Alan"];
const after10 = ["Ada Lovelace", "Grace Hopper", "Alan Turing"];

export function transformStory(inWindow: () => Workbench): void {
  describe("main job", () => {
    let window: Workbench;
    before(async () => {
      window = inWindow();
    });

    it("select lines, right-click, three examples, Done: a diff shows what would become of every line", async () => {
      await window.open("names.txt");
      await window.selectLines(10);
      await window.chooseInMenu(/Transform Selection/);
      await window.asked(/give examples/);
      await window.proposed("Lovelace, Ada => ");
      await window.answer("Lovelace, Ada => Ada Lovelace");
      await window.asked(/1 example given/);
      await window.answer("Hopper, Grace => Grace Hopper");
      await window.asked(/2 examples given/);
      await window.answer("Turing, Alan => Alan Turing");
      await window.asked(/3 examples given/);
      await window.screenshot("examples");
      await window.pick("Done");
      await window.proposes("Karen Hamilton");
      await window.toast("10 of 10 lines change").waitFor();
      await window.screenshot("diff");
    });

    it("✓ accepts: the text changes, and one Ctrl+Z brings it back", async () => {
      await window.accept();
      await window.diff.waitFor({ state: "detached" });
      await window.shows(after10);
      await window.toast("Keep the program").waitFor();
      await window.page.keyboard.press("Control+z");
      await window.shows(before10);
      await window.page.keyboard.press("Control+Shift+z");
      await window.shows(after10);
      await window.page.keyboard.press("Control+z");
      assert.equal((await readFile(join(window.code.workspace, "names.txt"), "utf8")).slice(0, 13), "Lovelace, Ada");
    });

    it("the offer keeps the program as a task", async () => {
      await window.choose(window.toast("Keep the program").getByRole("button", { name: "Save as Task…" }));
      await window.asked(/Save as Task/);
      await window.answer("turn names");
      await window.toast("Saved “turn names”").waitFor();
      await window.screenshot("saved");
      await window.dismissToasts();
    });

    it("Run Program on Selection runs it again, and Discard leaves the text alone", async () => {
      await window.selectLines(15);
      await window.chooseInMenu(/Run Program on Selection/);
      await window.asked(/Run which program/);
      await window.screenshot("pick-program");
      await window.pick(/turn names/);
      await window.proposes("Margaret Wilson");
      await window.discard();
      await window.diff.waitFor({ state: "detached" });
      await window.shows(before10);
    });

    it("nothing selected ends in a sentence that says what to do", async () => {
      await window.goToLine(1);
      await window.command("HAPA: Transform Selection…");
      await window.toast("Select the lines to work on first").waitFor();
      await window.screenshot("nothing-selected");
    });
  });
}

/** Kept programs by clicks and keys in a real VS Code: the view, a task as a file, its examples as tests. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

const sample = /^First name first \(sample\)/;

export function programsStory(inWindow: () => Workbench): void {
  describe("kept programs in VS Code, by clicks and keys", function () {
    this.bail(true); // One story: each part begins where the one before ended.
    let window: Workbench;
    let view: Locator;
    before(async () => {
      window = inWindow();
      await window.openPanel();
      await window.widenSideBar(160);
      view = window.page
        .locator(".pane")
        .filter({ has: window.page.getByRole("button", { name: /^Programs Section/ }) });
    });
    const row = (name: string | RegExp) => view.getByRole("treeitem", { name });
    const lens = (name: string | RegExp) => window.page.locator(".codelens-decoration a").filter({ hasText: name });
    const menu = async (on: Locator, entry: RegExp) => {
      await on.click({ button: "right" });
      await window.page.getByRole("menuitem", { name: entry }).click({ delay: 200 });
    };

    it("where nothing is kept, the view says what to do; the sample makes a program and shows its code", async () => {
      await view.getByText("No program is kept yet").waitFor();
      await window.screenshot("programs-empty");
      await view.getByRole("button", { name: "Try a Sample" }).click();
      await row(sample).waitFor();
      await row(/version 1: active, accuracy 100%/).waitFor();
      await window.page.getByRole("tab", { name: /^First name first \(sample\) v1\.js/ }).waitFor();
      await window.toast("learned from three examples").waitFor();
      await window.screenshot("programs-sample");
      await window.dismissToasts();
    });

    it("F2 renames what the arrow keys stand on, Enter opens it, Delete deletes it, Undo brings it back", async () => {
      const { keyboard } = window.page;
      await row(/version 1: active/).click();
      await keyboard.press("ArrowUp");
      await keyboard.press("F2");
      await window.asked(/Rename Task/);
      await window.answer("first name first");
      await row(/^first name first: version 1 runs/).waitFor();
      await window.runCommand("View: Close All Editors");
      await row(/^first name first: /).click();
      await row(/^first name first: /)
        .and(view.locator("[aria-expanded=false]"))
        .waitFor();
      await keyboard.press("ArrowRight");
      await row(/version 1: active/).waitFor();
      await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
      await window.page.getByRole("tab", { name: /^first name first v1\.js/, selected: true }).waitFor();
      await window.runCommand("HAPA: Focus on Programs View");
      await keyboard.press("Delete");
      await window.toast("Versions stay as long as their task").waitFor();
      await window.dismissToasts();
      await window.runCommand("HAPA: Focus on Programs View");
      await keyboard.press("ArrowUp");
      await keyboard.press("Delete");
      await window.toast("Deleted “first name first” with its programs and runs.").waitFor();
      await row(/^first name first/)
        .first()
        .waitFor({ state: "detached" });
      await window.screenshot("programs-deleted");
      await window.toast("Deleted").getByRole("button", { name: "Undo" }).click();
      await row(/^first name first: version 1 runs/).waitFor();
    });

    it("a right-click makes the task a file, with what runs of it and what to do standing above", async () => {
      await menu(row(/^first name first: /), /Create Task File/);
      await window.page.getByRole("tab", { name: /^first-name-first\.task\.yaml/, selected: true }).waitFor();
      await lens(/version 1 runs: right on 3 of 3/).waitFor();
      await window.screenshot("programs-file");
      await lens(/Improve/).click();
      await window.toast("the same program as before").waitFor();
      await window.dismissToasts();
      await lens(/Run…/).click();
      await window.asked(/Run “first name first”/);
      await window.pick(/On a value/);
      await window.answer("Noether, Emmy");
      await window.toast("gives: Emmy Noether").waitFor();
      await window.dismissToasts();
    });

    it("its examples are tests: they pass, and one that is wrong shows what came instead, where it stands", async () => {
      const { page } = window;
      await window.runCommand("Testing: Focus on Test Explorer View");
      const test = (name: RegExp) => page.locator(".part.sidebar").getByRole("treeitem", { name });
      await test(/^first name first/).waitFor();
      await window.runCommand("Test: Run All Tests");
      await test(/^first name first.*Passed/).waitFor();
      const path = join(window.code.workspace, ".hapa", "first-name-first.task.yaml");
      await writeFile(path, (await readFile(path, "utf8")).replace("output: Grace Hopper", "output: Hopper Grace"));
      await page.locator(".view-line").filter({ hasText: "output: Hopper Grace" }).waitFor();
      await window.runCommand("Test: Run All Tests");
      await test(/^first name first.*Failed/).waitFor();
      await test(/^first name first/).click();
      await page.keyboard.press("ArrowRight");
      await test(/^Hopper, Grace.*Failed/).waitFor();
      await page.getByText("Grace Hopper != Hopper Grace").first().waitFor();
      await window.screenshot("programs-tests");
      await writeFile(path, (await readFile(path, "utf8")).replace("output: Hopper Grace", "output: Grace Hopper"));
      await page.locator(".view-line").filter({ hasText: "output: Grace Hopper" }).waitFor();
      await window.runCommand("Test: Run All Tests");
      await test(/^first name first.*Passed/).waitFor();
      await window.runCommand("View: Close All Editors");
    });

    it("two versions are compared, the other one is made to run and rolled back, by the menu", async () => {
      await window.openPanel();
      await row(/^first name first: /).click();
      await row(/version 2: verified/).waitFor();
      await row(/version 2: verified/).click();
      await window.page.keyboard.press("Shift+ArrowDown");
      await menu(row(/version 1: active/), /Compare Versions/);
      await window.page.getByRole("tab", { name: /version 1 ↔ version 2/ }).waitFor();
      // The diff takes the focus when it is there, and would close the menu.
      await window.proposes("function run(input) {");
      await window.page
        .locator(".monaco-diff-editor textarea:focus, .monaco-diff-editor .native-edit-context:focus")
        .waitFor({ state: "attached" });
      await row(/version 2: verified/).click();
      await menu(row(/version 2: verified/), /Activate Version/);
      await row(/version 2: active/).waitFor();
      await window.toast("Version 2 of “first name first” runs now.").waitFor();
      await menu(row(/^first name first: version 2 runs/), /Roll Back/);
      await row(/version 1: active/).waitFor();
      await window.dismissToasts();
      await row(/version 1: active/).hover();
      await window.screenshot("programs-compared");
    });

    it("looks right in a light and in a high-contrast theme", async () => {
      const path = join(window.code.workspace, ".hapa", "first-name-first.task.yaml");
      assert.match(await readFile(path, "utf8"), /^# A HAPA task/);
      await window.runCommand("View: Close All Editors");
      await window.page.keyboard.press("Control+p");
      await window.answer("first-name-first.task.yaml");
      await lens(/version 1 runs/).waitFor();
      for (const [theme, name] of [
        ["Light Modern", "light"],
        ["Dark High Contrast", "contrast"],
        ["Dark Modern", "dark"],
      ] as const) {
        await window.runCommand("Preferences: Color Theme");
        await window.ask.fill(theme);
        await window.pick(new RegExp(`^${theme}`));
        await window.ask.waitFor({ state: "hidden" });
        await row(/version 1: active/).click();
        await window.screenshot(`programs-${name}`);
      }
    });
  });
}

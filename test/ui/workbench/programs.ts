/** Kept programs by clicks and keys in a real VS Code: the view, a task as a file, its examples as tests. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

const sample = /^First name first \(sample\):/;

export function programsStory(inWindow: () => Workbench): void {
  describe("kept programs", () => {
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
    /** Where the links stand above a task file. */
    const lensLine = 3;

    it("where nothing is kept, the view says what to do; the sample makes a program and shows its code", async () => {
      await view.getByText("No program is kept yet").waitFor();
      await window.screenshot("programs-empty");
      await window.choose(view.getByRole("button", { name: "Try a Sample" }));
      await row(sample).waitFor();
      await row(/version 1: active, accuracy 100%/).waitFor();
      await window.page.getByRole("tab", { name: /^First name first \(sample\) v1\.js/ }).waitFor();
      await window.toast("learned from three examples").waitFor();
      await window.screenshot("programs-sample");
      await window.dismissToasts();
    });

    it("a task is renamed, its code opened, deleted, and brought back by Undo", async () => {
      const { page, hand } = window;
      if (hand === "mouse") await window.menu(row(sample), /Rename Task/);
      else {
        await window.goTo(row(sample));
        await page.keyboard.press("F2");
      }
      await window.asked(/Rename Task/);
      await window.answer("first name first");
      await row(/^first name first: version 1 runs/).waitFor();
      await window.command("View: Close All Editors");
      if (hand === "mouse") await window.menu(row(/version 1: active/), /Open Code/);
      else await window.choose(row(/version 1: active/));
      await page.getByRole("tab", { name: /^first name first v1\.js/, selected: true }).waitFor();
      if (hand === "keys") {
        await window.goTo(row(/version 1: active/));
        await page.keyboard.press("Delete");
        await window.toast("Versions stay as long as their task").waitFor();
        await window.dismissToasts();
        await window.goTo(row(/^first name first: /));
        await page.keyboard.press("Delete");
      } else await window.menu(row(/^first name first: /), /Delete Task/);
      const deleted = window.toast("Deleted “first name first” with its programs and runs.");
      await deleted.waitFor();
      await row(/^first name first/)
        .first()
        .waitFor({ state: "detached" });
      await window.screenshot("programs-deleted");
      await window.choose(deleted.getByRole("button", { name: "Undo" }));
      await row(/^first name first: version 1 runs/).waitFor();
      await window.dismissToasts();
    });

    it("it runs on the selection and on a file from its row", async () => {
      await window.open("names.txt");
      await window.selectLines(3);
      await window.openPanel();
      await window.menu(row(/^first name first: /), /Run Program on Selection/);
      await window.proposes("Alan Turing");
      await window.discard();
      await window.diff.waitFor({ state: "detached" });
      await window.menu(row(/^first name first: /), /Run Program on File/);
      await window.asked(/Run a Program on Which File/);
      await window.page.keyboard.press("Escape");
    });

    it("it is exported as a file of its own, with its examples as tests", async () => {
      await window.menu(row(/^first name first: /), /Export Program/);
      await window.asked(/Export version 1/);
      await window.pick(/TypeScript/);
      await window.asked(/Folder for the Program/);
      await window.takeProposedPath("Export Here");
      await window.page.getByRole("tab", { name: /^first-name-first\.ts/ }).waitFor();
      assert.match(await readFile(join(window.code.workspace, "first-name-first.ts"), "utf8"), /run\(/);
      await window.dismissToasts();
    });

    it("the menu of its row makes the task a file, with what runs of it and what to do standing above", async () => {
      await window.menu(row(/^first name first: /), /Create Task File/);
      await window.page.getByRole("tab", { name: /^first-name-first\.task\.yaml/, selected: true }).waitFor();
      await lens(/version 1 runs: right on 3 of 3/).waitFor();
      await window.screenshot("programs-file");
      await window.lens(lensLine, /Improve/);
      await window.toast("the same program as before").waitFor();
      await window.dismissToasts();
      await window.lens(lensLine, /Run…/);
      await window.asked(/Run “first name first”/);
      await window.pick(/On a value/);
      await window.answer("Noether, Emmy");
      await window.toast("gives: Emmy Noether").waitFor();
      await window.dismissToasts();
    });

    it("its examples are tests: they pass, and one that is wrong shows what came instead, where it stands", async () => {
      const { page } = window;
      await window.command("Testing: Focus on Test Explorer View");
      const test = (name: RegExp) => page.locator(".part.sidebar").getByRole("treeitem", { name });
      await test(/^first name first/).waitFor();
      await window.command("Test: Run All Tests");
      await test(/^first name first.*Passed/).waitFor();
      const path = join(window.code.workspace, ".hapa", "first-name-first.task.yaml");
      await writeFile(path, (await readFile(path, "utf8")).replace("output: Grace Hopper", "output: Hopper Grace"));
      await page.locator(".view-line").filter({ hasText: "output: Hopper Grace" }).waitFor();
      await window.command("Test: Run All Tests");
      await test(/^first name first.*Failed/).waitFor();
      await window.goTo(test(/^first name first/));
      await page.keyboard.press("ArrowRight");
      await test(/^Hopper, Grace.*Failed/).waitFor();
      await page.getByText("Grace Hopper != Hopper Grace").first().waitFor();
      await window.screenshot("programs-tests");
      await writeFile(path, (await readFile(path, "utf8")).replace("output: Hopper Grace", "output: Grace Hopper"));
      await page.locator(".view-line").filter({ hasText: "output: Grace Hopper" }).waitFor();
      await window.command("Test: Run All Tests");
      await test(/^first name first.*Passed/).waitFor();
      await window.command("View: Close All Editors");
    });

    it("two versions are compared, the other one is made to run and rolled back", async () => {
      await window.openPanel();
      const second = row(/version 2: verified/);
      if (!(await second.isVisible())) {
        await window.goTo(row(/^first name first: /));
        if (window.hand === "keys") await window.page.keyboard.press("ArrowRight");
        await second.waitFor();
      }
      if (window.hand === "mouse") {
        await window.goTo(second);
        await row(/version 1: active/).click({ modifiers: ["Shift"] });
        await window.menu(row(/version 1: active/), /Compare Versions/);
      } else await window.menu(second, /Compare Versions/);
      await window.page.getByRole("tab", { name: /version 1 ↔ version 2/ }).waitFor();
      // The diff takes the focus when it is there, and would close the menu.
      await window.proposes("function run(input) {");
      await window.page
        .locator(".monaco-diff-editor textarea:focus, .monaco-diff-editor .native-edit-context:focus")
        .waitFor({ state: "attached" });
      await window.goTo(second);
      await window.menu(second, /Activate Version/);
      await row(/version 2: active/).waitFor();
      await window.toast("Version 2 of “first name first” runs now.").waitFor();
      await window.menu(row(/^first name first: version 2 runs/), /Roll Back/);
      await row(/version 1: active/).waitFor();
      await window.dismissToasts();
      await window.screenshot("programs-compared");
      await window.command("View: Close All Editors");
    });
  });
}

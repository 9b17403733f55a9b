/** The results of a run on a file, by clicks and keys in a real VS Code; and a run that is cancelled and goes on. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

const rows = 100_000;

export function resultsStory(inWindow: () => Workbench): void {
  describe("the results grid", function () {
    this.timeout(180_000);
    let window: Workbench;
    const grid = (): FrameLocator => window.pageInEditor();
    before(async () => {
      window = inWindow();
      // A small result would be shown in an editor.
      const people = Array.from({ length: rows }, (_, n) => `${n},"Family${n}, Given${n}",${"-".repeat(40)}\n`);
      await writeFile(join(window.code.workspace, "people.csv"), `id,name,note\n${people.join("")}`);
    });

    /** Begins a run on the file by the explorer; the box asks which program, or whether to resume. */
    const run = async () => window.menu(await window.inExplorer("people.csv"), /Run Program on File/);

    it("opens on the last run, is filtered, searched, sorted, walked and copied", async () => {
      const { page } = window;
      await window.command("HAPA: Show Results of the Last Run on a File");
      await page.getByRole("tab", { name: /^Results: tickets\.csv/, selected: true }).waitFor();
      await window.choose(grid().getByRole("radio", { name: "Changed 9,800" }));
      await grid().getByText("9,800 rows", { exact: true }).waitFor();
      await window.write(grid().getByRole("searchbox"), "refund");
      const cell = grid()
        .getByRole("gridcell", { name: /refund/i })
        .first();
      await cell.waitFor();
      const header = grid().getByRole("columnheader", { name: "text" });
      await window.choose(header);
      await header.and(grid().locator("[aria-sort=ascending]")).waitFor();
      // Rows that come in another order are others: what was selected before is not selected any more.
      await grid()
        .locator("[aria-rowindex='2']")
        .getByText(/^Dea rsupport/)
        .waitFor();
      await window.goTo(grid().locator("[aria-rowindex='2'] [aria-colindex='4']"));
      await page.keyboard.press("Shift+ArrowDown");
      await grid().locator('[role="row"][aria-selected="true"]').nth(1).waitFor();
      await page.keyboard.press("Control+c");
      await grid().getByText("2 rows copied").waitFor();
      assert.equal(((await page.evaluate("navigator.clipboard.readText()")) as string).trim().split("\n").length, 2);
      await window.screenshot("results-grid");
    });

    it("Save As writes the result beside the file", async () => {
      await window.choose(grid().getByRole("button", { name: "Save as…" }));
      await window.asked(/Save the Result/);
      await window.takeProposedPath("OK");
      await window.toast("The result is saved as tickets.hapa.csv.").waitFor();
      const saved = await readFile(join(window.code.workspace, "tickets.hapa.csv"), "utf8");
      assert.match(saved, /^id,text,label\r?\n/);
      await window.dismissToasts();
      await window.inExplorer("tickets.hapa.csv"); // Its row moves others.
    });

    it("a run that is cancelled is offered again, goes on where it was, and ends in the grid", async () => {
      const { page } = window;
      await run();
      await window.pick(/^sort tickets/);
      await window.pick("name");
      const running = window.toast(/running on people\.csv/);
      await running.getByText(/rows\/s/).waitFor({ timeout: 60_000 });
      await window.choose(running.getByRole("button", { name: "Cancel" }));
      await window.toast(/stopped the run on people\.csv/).waitFor();
      await run();
      await window.asked(/A run on people\.csv was interrupted/);
      await window.screenshot("file-resume");
      await window.pick(/Resume at row/);
      await window.toast(/100,000 rows: 100,000 done/).waitFor({ timeout: 100_000 });
      await page.getByRole("tab", { name: /^Results: people\.csv/, selected: true }).waitFor();
      await window.goTo(grid().getByRole("grid"));
      await page.keyboard.press("Control+End");
      await grid().getByText("Family99999, Given99999").waitFor();
      await window.screenshot("results-end");
    });
  });
}

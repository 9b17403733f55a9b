/** The results of a run on a file, by clicks and keys in a real VS Code; and a run that is cancelled and goes on. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

const rows = 400_000;

export function resultsStory(inWindow: () => Workbench): void {
  describe("the results grid, by clicks and keys", function () {
    this.bail(true); // One story: each part begins where the one before ended.
    this.timeout(180_000);
    let window: Workbench;
    const grid = (): FrameLocator =>
      window.page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
    before(async () => {
      window = inWindow();
      const people = Array.from({ length: rows }, (_, n) => `${n},"Family${n}, Given${n}"\n`);
      await writeFile(join(window.code.workspace, "people.csv"), `id,name\n${people.join("")}`);
    });

    it("opens on the last run, filters and is walked by keys", async () => {
      const { page } = window;
      await window.runCommand("HAPA: Show Results of the Last Run on a File");
      await page.getByRole("tab", { name: /^Results: tickets\.csv/, selected: true }).waitFor();
      await grid().getByText("Changed 9,800", { exact: true }).click();
      await grid().getByText("9,800 rows", { exact: true }).waitFor();
      await grid().getByRole("searchbox").fill("refund");
      await grid()
        .getByRole("gridcell", { name: /refund/i })
        .first()
        .click();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Shift+ArrowDown");
      assert.equal(await grid().locator('[role="row"][aria-selected="true"]').count(), 2);
      await window.screenshot("results-grid");
    });

    it("a run that is cancelled is offered again, goes on where it was, and ends in the grid", async () => {
      const { page } = window;
      await page.getByRole("treeitem", { name: "people.csv" }).click({ button: "right" });
      await page.getByRole("menuitem", { name: /Run Program on File/ }).click({ delay: 200 });
      await window.pick(/^sort tickets/);
      await window.pick("name");
      const running = window.toast(/running on people\.csv/);
      await running.getByText(/rows\/s/).waitFor({ timeout: 60_000 });
      await window.screenshot("file-running");
      await running.getByRole("button", { name: "Cancel" }).click();
      const stopped = window.toast(/stopped the run on people\.csv/);
      await stopped.waitFor();
      await page.getByRole("treeitem", { name: "people.csv" }).click({ button: "right" });
      await page.getByRole("menuitem", { name: /Run Program on File/ }).click({ delay: 200 });
      await window.asked(/A run on people\.csv was interrupted/);
      await window.screenshot("file-resume");
      await window.pick(/Resume at row/);
      await window.toast(/400,000 rows: 400,000 done/).waitFor({ timeout: 150_000 });
      await page.getByRole("tab", { name: /^Results: people\.csv/, selected: true }).waitFor();
      await grid().getByRole("grid").focus();
      await page.keyboard.press("Control+End");
      await grid().getByText("Family399999, Given399999").waitFor();
      await window.screenshot("results-end");
    });
  });
}

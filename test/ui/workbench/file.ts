/** Run Program on File as the README tells it, by clicks in a real VS Code: ten thousand tickets from two hundred labels. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { Workbench } from "./workbench.ts";

export function fileStory(inWindow: () => Workbench): void {
  describe("Run Program on File", () => {
    let window: Workbench;
    before(async () => {
      window = inWindow();
    });

    it("a right-click in the explorer and three picks fill ten thousand rows, in an editor of their own", async () => {
      const { page } = window;
      await window.menu(await window.inExplorer("tickets.csv"), /Run Program on File/);
      await window.asked(/Run which program on the file/);
      await window.screenshot("file-program");
      await window.pick(/Learn from labelled rows/);
      await window.asked(/Which column has labels/);
      await window.screenshot("file-label");
      await window.pick("label");
      await window.asked(/From which column does “label” follow/);
      await window.pick("text");
      await window.toast(/learning “label”/).waitFor();
      await window.screenshot("file-progress");
      await window
        .toast(/10,000 rows: 9,800 done, 200 had a value already.*right on .* it had not seen/)
        .waitFor({ timeout: 40_000 });
      await page.getByRole("tab", { name: /^tickets\.hapa\.csv/, selected: true }).waitFor();
      await window.screenshot("file-result");
      await page.keyboard.press("Control+End");
      await window.shown("10000,").waitFor();
      assert.match((await window.shown("10000,").textContent()) ?? "", /,(account|billing|bug|feature request)$/);
    });

    it("its program is kept as a task, which is offered for the next file", async () => {
      await window.choose(window.toast(/10,000 rows/).getByRole("button", { name: "Save as Task…" }));
      await window.asked(/Save as Task/);
      await window.answer("sort tickets");
      await window.choose(window.toast("Saved “sort tickets”").getByRole("button", { name: "Run on File…" }));
      await window.asked(/Run a Program on Which File/);
      await window.screenshot("file-pick");
      await window.page.keyboard.press("Escape");
    });
  });
}

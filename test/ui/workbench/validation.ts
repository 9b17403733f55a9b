/** Validation as a person meets it: by the menu and by keys, with light bulbs, on save, and on to the panel. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type FakeModel, fencedAnswer, startFakeModel } from "../../support/fake-model.ts";
import { useModel } from "./use-model.ts";
import type { Workbench } from "./workbench.ts";

const file = "greet.py";
const code = 'import os\nimport sys\n\n\ndef greet(name):\n    text = "안녕 👋 " + nmae\n    return text\n';

export function validationStory(inWindow: () => Workbench): void {
  describe("validation in VS Code, by clicks and keys", function () {
    this.bail(true); // One story: each part begins where the one before ended.
    let window: Workbench;
    let model: FakeModel;
    before(async () => {
      model = await startFakeModel();
      window = inWindow();
      await writeFile(join(window.code.workspace, file), code);
      await window.page.keyboard.press("Control+p");
      await window.ask.fill(join(window.code.workspace, file));
      await window.page
        .getByRole("option", { name: new RegExp(file) })
        .first()
        .click();
      await window.shows(["import os", "import sys"]);
    });
    after(() => model.stop());

    const underlined = (kind: "error" | "warning") => window.page.locator(`.cdr.squiggly-${kind}`);
    const line = (start: string) => window.shown(start).first();
    /** The light bulb's menu at the cursor, by its key. */
    const bulb = async (entry: RegExp): Promise<void> => {
      await window.page.keyboard.press("Control+.");
      const menu = window.page.locator(".action-widget");
      await menu.getByText(entry).first().waitFor();
      await window.screenshot(`validation-bulb-${entry.source.split(" ")[0]?.toLowerCase()}`);
      await menu.getByText(entry).first().click();
    };

    it("right-click, HAPA, Validate File: what is wrong is underlined, and the sum is said", async () => {
      assert.equal(await underlined("warning").count(), 0, "nothing was asked for yet");
      await window.chooseInMenu(/Validate File/);
      await window.toast("HAPA: errors: 1, warnings: 2").waitFor();
      await underlined("error").first().waitFor();
      await window.toast("HAPA: errors").getByRole("button", { name: "Show Problems" }).click();
      await window.page.getByText("Undefined name `nmae`").first().waitFor();
      await window.screenshot("validation-problems");
    });

    it("by keys: the bulb on an unused import removes it, and one Ctrl+Z brings it back", async () => {
      await line("import").click();
      await window.page.keyboard.press("Home");
      for (let step = 0; step < 8; step++) await window.page.keyboard.press("ArrowRight");
      await bulb(/Remove unused import: os/);
      await window.shows(["import sys"]);
      await window.page.keyboard.press("Control+z");
      await window.shows(["import os", "import sys"]);
    });

    it("Validate File from the palette, then Fix Safely: what is safe goes at once, the rest stays", async () => {
      await window.runCommand("HAPA: Validate File");
      await window.toast("HAPA: errors: 1, warnings: 2").getByRole("button", { name: "Fix 2 Safely" }).click();
      await window.shows(["", "", "def greet(name):"]);
      await underlined("warning").first().waitFor({ state: "detached" });
      await underlined("error").first().waitFor();
      await window.screenshot("validation-fixed");
      await window.page.keyboard.press("Control+z");
      await window.shows(["import os", "import sys"]);
      assert.equal(await readFile(join(window.code.workspace, file), "utf8"), code, "nothing was saved by itself");
    });

    it("with a model, the bulb takes any problem to the panel", async () => {
      await useModel(window, model);
      model.script({ say: fencedAnswer('    text = "안녕 👋 " + name\n', "It is spelled `name`.", "python") });
      await window.runCommand("HAPA: Validate File");
      await underlined("error").first().waitFor();
      await window.dismissToasts();
      await line("def").click();
      await window.page.keyboard.press("ArrowDown");
      await window.page.keyboard.press("End");
      await window.page.keyboard.press("ArrowLeft");
      await bulb(/Fix with HAPA/);
      const panel = window.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
      await panel
        .getByText(/Fix this problem: line 6: Undefined name/)
        .first()
        .waitFor();
      await panel
        .getByText(/It is spelled/)
        .first()
        .waitFor();
      await window.screenshot("validation-panel");
      await window.runCommand("HAPA: Choose Model…");
      await window.pick(/Offline only/);
      await window.dismissToasts();
    });
  });
}

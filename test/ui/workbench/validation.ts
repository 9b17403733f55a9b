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
  describe("validation in VS Code", () => {
    let window: Workbench;
    let model: FakeModel;
    before(async () => {
      model = await startFakeModel();
      window = inWindow();
      await writeFile(join(window.code.workspace, file), code);
      await window.open(file);
      await window.shows(["import os", "import sys"]);
    });
    after(() => model.stop());

    const underlined = (kind: "error" | "warning") => window.page.locator(`.cdr.squiggly-${kind}`);
    const bulb = (entry: RegExp) =>
      window.bulb(entry, () => window.screenshot(`validation-bulb-${entry.source.split(" ")[0]?.toLowerCase()}`));
    /** The panel has taken the problem along, and the model has answered. */
    const inPanel = async (asked: RegExp, answer: string) => {
      const panel = window.panel();
      await panel.getByText(asked).first().waitFor();
      await panel.getByText(answer).first().waitFor();
    };

    it("right-click, HAPA, Validate File: what is wrong is underlined, and the sum is said", async () => {
      assert.equal(await underlined("warning").count(), 0, "nothing was asked for yet");
      await window.chooseInMenu(/Validate File/);
      await window.toast("HAPA: errors: 1, warnings: 2").waitFor();
      await underlined("error").first().waitFor();
      await window.choose(window.toast("HAPA: errors").getByRole("button", { name: "Show Problems" }));
      await window.page.getByText("Undefined name `nmae`").first().waitFor();
      await window.screenshot("validation-problems");
    });

    it("the bulb on an unused import removes it, and one Ctrl+Z brings it back", async () => {
      await window.goToLine(1);
      for (let step = 0; step < 8; step++) await window.page.keyboard.press("ArrowRight");
      await bulb(/Remove unused import: os/);
      await window.shows(["import sys"]);
      await window.page.keyboard.press("Control+z");
      await window.shows(["import os", "import sys"]);
    });

    it("Validate File from the palette, then Fix Safely: what is safe goes at once, the rest stays", async () => {
      await window.command("HAPA: Validate File");
      await window.choose(window.toast("HAPA: errors: 1, warnings: 2").getByRole("button", { name: "Fix 2 Safely" }));
      await window.shows(["", "", "def greet(name):"]);
      await underlined("warning").first().waitFor({ state: "detached" });
      await underlined("error").first().waitFor();
      await window.screenshot("validation-fixed");
      await window.page.keyboard.press("Control+z");
      await window.shows(["import os", "import sys"]);
      assert.equal(await readFile(join(window.code.workspace, file), "utf8"), code, "nothing was saved by itself");
    });

    it("with a model, the bulb takes any problem to the panel, to be fixed or explained", async () => {
      await useModel(window, model);
      await window.command("HAPA: Validate File");
      await underlined("error").first().waitFor();
      await window.dismissToasts();
      const toProblem = async () => {
        await window.goToLine(6);
        await window.page.keyboard.press("End");
        await window.page.keyboard.press("ArrowLeft");
      };
      await toProblem();
      model.script({ say: fencedAnswer('    text = "안녕 👋 " + name\n', "It is spelled `name`.", "python") });
      await bulb(/Fix with HAPA/);
      await inPanel(/Fix this problem: line 6: Undefined name/, "It is spelled");
      await window.screenshot("validation-panel");
      await toProblem();
      model.script({ say: "Nobody has given nmae a value." });
      await bulb(/Explain with HAPA/);
      await inPanel(/Explain this problem: line 6: Undefined name/, "Nobody has given nmae a value.");
      await window.command("HAPA: Choose Model…");
      await window.pick(/Offline only/);
      await window.dismissToasts();
    });
  });
}

/** Every face of the panel in four themes and narrow: axe-core finds nothing, nothing sticks out, and a picture of each is kept. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import { loadAxe, overflowing, violations } from "../axe.ts";
import { faces } from "./faces.ts";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";
import { type ThemeName, themes } from "./themes.ts";

describe("panel faces", function () {
  this.timeout(60_000);
  let stage: PanelStage;
  let panel: PanelPage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  afterEach(async () => {
    assert.deepEqual(panel.problems, []);
    assert.deepEqual(panel.foreignRequests, []);
    await panel.close();
  });

  for (const { name, show } of faces) {
    it(`${name}: no violation in any theme, and it fits a narrow side bar and a zoom of 200%`, async () => {
      panel = await openReady(stage);
      await show(panel);
      await loadAxe(panel.page);
      const found: string[] = [];
      for (const theme of Object.keys(themes) as ThemeName[]) {
        await panel.theme(theme);
        // What a theme changes is its colours: the other rules are asked once.
        const lines = await violations(panel.page, theme === "dark" ? "all" : "colours");
        found.push(...lines.map((line) => `[${theme}] ${line}`));
        await panel.screenshot(`face-${name}-${theme}`);
      }
      assert.deepEqual(found, []);
      await panel.theme("dark");
      // At 200% a panel of 360 by 720 has half as many CSS pixels each way.
      for (const [width, height] of [
        [240, 720],
        [180, 360],
      ] as const) {
        await panel.page.setViewportSize({ width, height });
        assert.deepEqual(await overflowing(panel.page), [], `${width} pixels`);
        await panel.screenshot(`face-${name}-${width}`);
      }
    });
  }

  it("shows what is chosen and what has the focus with the person's own colours, too", async () => {
    panel = await openReady(stage);
    await panel.page.emulateMedia({ forcedColors: "active" });
    for (const { name, show } of faces.filter((face) => ["commands", "rated", "card"].includes(face.name))) {
      await panel.close();
      panel = await openReady(stage);
      await show(panel);
      await panel.screenshot(`face-${name}-forced`);
      if (name !== "commands") continue;
      const outline = await panel.page.evaluate(
        `getComputedStyle(document.querySelector('[aria-selected="true"]')).outlineStyle`,
      );
      assert.equal(outline, "solid");
    }
    await panel.page.emulateMedia({ forcedColors: "none" });
  });
});

/** Every face of the panel in four themes: axe-core finds nothing, nothing sticks out, and a picture of each is kept. */
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
    it(`${name}: no violation in any theme`, async () => {
      panel = await openReady(stage);
      await show(panel);
      await loadAxe(panel.page);
      const found: string[] = [];
      for (const theme of Object.keys(themes) as ThemeName[]) {
        await panel.theme(theme);
        found.push(...(await violations(panel.page)).map((line) => `[${theme}] ${line}`));
        await panel.screenshot(`face-${name}-${theme}`);
      }
      assert.deepEqual(found, []);
    });
  }

  for (const [title, width, height] of [
    ["a side bar of 240 pixels", 240, 720],
    // At 200% a panel of 360 by 720 has half as many CSS pixels each way.
    ["a zoom of 200%", 180, 360],
  ] as const) {
    it(`fits ${title}: nothing is cut off or hidden behind a scroll bar`, async () => {
      for (const { name, show } of faces) {
        panel = await openReady(stage, { width, height });
        await show(panel);
        assert.deepEqual(await overflowing(panel.page), [], name);
        await panel.screenshot(`face-${name}-${width}`);
        await panel.close();
      }
      panel = await openReady(stage);
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

/** Every face of the panel in Korean: axe-core finds nothing, nothing sticks out, no English is left. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import { loadAxe, overflowing, violations } from "../axe.ts";
import { faces } from "./faces.ts";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";

/** In the page: what is shown or read out, without what a person, a model or the host wrote. */
const ownWords = `(() => {
  const own = [...document.querySelectorAll("button, h1, h2, label, legend, summary, th, [role=menuitem], .dim")];
  const named = [...document.querySelectorAll("[aria-label]")].map((element) => element.getAttribute("aria-label"));
  return [...own.map((element) => element.textContent), ...named].map((text) => text.trim()).filter((text) => text !== "");
})()`;

describe("panel in Korean", function () {
  this.timeout(60_000);
  let stage: PanelStage;
  let panel: PanelPage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  afterEach(() => panel.close());

  for (const { name, show } of faces) {
    it(`${name}: no violation, and it fits a side bar of 240 pixels`, async () => {
      panel = await openReady(stage, { lang: "ko", width: 240, height: 720 });
      await show(panel);
      assert.deepEqual(await overflowing(panel.page), []);
      await loadAxe(panel.page);
      for (const theme of ["dark", "contrast"] as const) {
        await panel.theme(theme);
        assert.deepEqual(await violations(panel.page, theme === "dark" ? "all" : "colours"), [], theme);
        await panel.screenshot(`korean-${name}-${theme}`);
      }
      assert.deepEqual(panel.problems, []);
    });
  }

  it("the words the page shows of its own are Korean", async () => {
    panel = await openReady(stage, { lang: "ko" });
    const shown = (await panel.page.evaluate(ownWords)) as string[];
    assert.ok(shown.length > 15, String(shown));
    assert.deepEqual(
      shown.filter((words) => !/\p{Script=Hangul}/u.test(words)),
      ["names.txt"],
    );
  });

  it("a language there are no words for is answered in English, and the page says so to screen readers", async () => {
    panel = await openReady(stage, { lang: "fr" });
    await panel.button("Send").waitFor();
    assert.equal(await panel.page.locator("html").getAttribute("lang"), "en");
  });
});

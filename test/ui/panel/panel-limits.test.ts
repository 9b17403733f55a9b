/** The panel at its limits, in a real Chromium: keyboard alone, narrow, high contrast, hidden and shown. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";
import { program, resultFor, wrongProof } from "./samples.ts";

describe("panel at its limits", function () {
  this.timeout(20_000);
  let stage: PanelStage;
  let panel: PanelPage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async () => {
    panel = await openReady(stage);
  });
  afterEach(async () => {
    assert.deepEqual(panel.problems, []);
    assert.deepEqual(panel.foreignRequests, []);
    await panel.close();
  });

  it("works by keyboard alone", async () => {
    const { page } = panel;
    await panel.question().focus();
    await page.keyboard.type("first line");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("second line");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.type("a => A");
    await page.keyboard.press("Enter");
    await page.keyboard.type("b => B");
    await page.keyboard.press("Control+Enter");
    const asked = await panel.waitFor("ask");
    assert.deepEqual([asked.question, asked.examples], ["first line\nsecond line", "a => A\nb => B"]);
    await panel.send(resultFor(asked.requestId, { program }));
    const apply = panel.button("Apply to 12 selected lines");
    await apply.waitFor();
    for (let i = 0; i < 30 && !(await apply.evaluate((element) => element.matches(":focus"))); i++)
      await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Space");
    assert.deepEqual(await panel.waitFor("applyProgram"), { type: "applyProgram", requestId: asked.requestId });
  });

  it("does not send a word that is still being composed", async () => {
    await panel.question().fill("한");
    const composing = "new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })";
    await panel.page.evaluate(`document.querySelector('.composer-question').dispatchEvent(${composing})`);
    assert.equal(
      (await panel.posted()).some(({ type }) => type === "ask"),
      false,
    );
    assert.equal(await panel.question().inputValue(), "한");
  });

  it("finds the conversation again after the view was hidden", async () => {
    const requestId = await panel.ask("Make e-mail addresses");
    await panel.send(resultFor(requestId, { program }));
    await panel.text(/^Proven on 5/).waitFor();
    await panel.question().fill("half a question");
    await panel.page.reload();
    await panel.text(/^Proven on 5/).waitFor();
    assert.equal(await panel.question().inputValue(), "half a question");
  });

  it("says progress and results aloud", async () => {
    const status = panel.page.getByRole("status");
    const requestId = await panel.ask("Make e-mail addresses");
    await panel.send({
      type: "progress",
      requestId,
      progress: { stage: "verifying", message: "3 of 5", fraction: 0.6 },
    });
    await status.getByText("Verifying").waitFor();
    await panel.send(resultFor(requestId, { program }));
    await status.getByText("Proven on 5 of 5 examples; 1 held out").waitFor();
  });

  it("fits a sidebar of 250 pixels", async () => {
    await panel.close();
    panel = await openReady(stage, { width: 250, height: 700 });
    await panel.screenshot("empty-narrow");
    const requestId = await panel.ask("Make an e-mail address out of each of the names in the selected lines");
    await panel.send(resultFor(requestId, { program: { ...program, verification: { ...wrongProof, passed: true } } }));
    await panel.button("Apply to 12 selected lines").waitFor();
    await panel.text("Code of the program").click();
    const overflow = await panel.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    const inside = await panel.page.locator("main").evaluate((main) => main.scrollWidth - main.clientWidth);
    assert.deepEqual([overflow, inside], [0, 0]);
    await panel.screenshot("card-narrow");
  });

  it("has borders in high contrast", async () => {
    await panel.close();
    panel = await openReady(stage, { theme: "contrast" });
    const requestId = await panel.ask("Make e-mail addresses");
    await panel.send(resultFor(requestId, { program }));
    await panel.button("Apply to 12 selected lines").waitFor();
    await panel.screenshot("card-contrast");
    const border = await panel.page.evaluate("getComputedStyle(document.querySelector('.card')).borderColor");
    assert.equal(border, "rgb(111, 195, 223)");
  });
});

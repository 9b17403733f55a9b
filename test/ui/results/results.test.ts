/** The results grid as a person meets it, in a real Chromium: by mouse, by keyboard, and as a screen reader sees it. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import type { FromResults } from "../../../src/contract/results.ts";
import { loadAxe, violations } from "../axe.ts";
import { type ThemeName, themes } from "../panel/themes.ts";
import { openResultsStage, type ResultsPage, type ResultsStage } from "./results-page.ts";

describe("results grid in a browser", function () {
  this.timeout(30_000);
  let stage: ResultsStage;
  let results: ResultsPage;

  before(async () => {
    stage = await openResultsStage();
  });
  after(() => stage.close());
  afterEach(async () => {
    assert.deepEqual(results.problems, []);
    await results.close();
  });

  const open = async (rows = 1_000, theme: ThemeName = "dark"): Promise<ResultsPage> => {
    results = await stage.open(theme, rows);
    return results;
  };
  const cell = (name: string) => results.page.getByRole("gridcell", { name, exact: true });
  const active = (): Promise<unknown> =>
    results.page.evaluate(
      `document.getElementById(document.querySelector("[role=grid]").getAttribute("aria-activedescendant"))?.textContent`,
    );
  const last = <T extends FromResults["type"]>(type: T) =>
    results.posted.findLast((message): message is Extract<FromResults, { type: T }> => message.type === type);

  it("shows the end of a million rows without asking for those between", async () => {
    await open(1_000_000);
    await results.page.getByRole("grid").focus();
    await results.page.keyboard.press("Control+End");
    await cell("Family999998, Given999998").waitFor();
    assert.equal(await active(), "TypeError: no comma");
    assert.ok(results.posted.filter(({ type }) => type === "getPage").length < 12);
    assert.ok((await results.page.getByRole("row").count()) < 80);
    assert.equal(await results.page.getByRole("grid").getAttribute("aria-rowcount"), "1000001");
    await results.screenshot("million-dark");
  });

  it("gives columns the room that their texts need, and keeps it", async () => {
    const { page } = await open();
    await cell("Family1, Given1").waitFor();
    const widths = () =>
      page.evaluate(
        `Object.fromEntries([...document.querySelectorAll("[role=columnheader]")].map((one) => [one.title, one.getBoundingClientRect().width]))`,
      ) as Promise<Record<string, number>>;
    const before = await widths();
    assert.ok((before["id"] ?? 0) < (before["name"] ?? 0), JSON.stringify(before));
    await page.getByText("Failed 100", { exact: true }).click();
    await cell("Family9, Given9").waitFor();
    assert.deepEqual(await widths(), before);
  });

  it("filters by mouse and says how many rows there are", async () => {
    const { page } = await open();
    await page.getByText("Failed 100", { exact: true }).click();
    await cell("Family9, Given9").waitFor();
    await page.getByText("100 rows", { exact: true }).waitFor();
    assert.deepEqual(last("setView"), { type: "setView", filter: "failed", search: "", sort: null });
    await results.screenshot("failed-dark");
    await page.getByText("Unsure 40", { exact: true }).click();
    await cell("Family3, Given3").waitFor();
  });

  it("searches, sorts by a column three ways, and goes back to the file's order", async () => {
    const { page } = await open();
    await page.getByRole("searchbox", { name: "Search in the rows" }).fill("Given77");
    await cell("Family770, Given770").waitFor();
    const header = page.getByRole("columnheader", { name: "name" });
    for (const order of ["ascending", "descending", "none"]) {
      await header.click();
      await page.waitForFunction(
        `[...document.querySelectorAll("[role=columnheader]")].find((one) => one.title === "name").ariaSort === "${order}"`,
      );
    }
    assert.deepEqual(last("setView"), { type: "setView", filter: "all", search: "Given77", sort: null });
  });

  it("is used by keyboard alone: cells, pages, ranges, copying, sorting", async () => {
    const { page } = await open();
    await page.getByRole("radio", { name: "All 1,000" }).focus();
    for (let tab = 0; tab < 5; tab++) await page.keyboard.press("Tab");
    assert.equal(await page.getByRole("grid").evaluate((grid) => grid.matches(":focus")), true);
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
    assert.equal(await active(), "Family2, Given2");
    await page.keyboard.press("Control+c");
    await page.waitForFunction("true");
    assert.deepEqual(last("copyCell"), { type: "copyCell", viewId: 1, row: 2, column: 1 });
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    assert.equal(await page.locator('[role="row"][aria-selected="true"]').count(), 3);
    await page.keyboard.press("Control+c");
    await page.getByText("3 rows copied").waitFor();
    assert.deepEqual(last("copyRows"), { type: "copyRows", viewId: 1, from: 2, to: 4 });
    await results.screenshot("range-dark");
    await page.keyboard.press("PageDown");
    assert.match(String(await active()), /^Family(1\d|2\d), /);
    for (const key of ["Control+Home", "ArrowUp", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    await page.waitForFunction(`document.querySelector("[aria-sort=ascending]")?.title === "id"`);
  });

  it("offers what can be done with the result", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Run 100 failed rows again" }).click();
    await page.getByRole("button", { name: "Open in editor" }).click();
    await page.getByRole("button", { name: "Save as…" }).click();
    assert.deepEqual(
      results.posted.slice(-3).map(({ type }) => type),
      ["runAgain", "openInEditor", "saveAs"],
    );
  });

  it("shows a failed search and goes on", async () => {
    await open();
    await results.send({ type: "failed", message: "The result was moved." });
    await results.page.getByRole("alert").getByText("The result was moved.").waitFor();
    assert.equal(await cell("Family0, Given0").isVisible(), true);
  });

  for (const theme of Object.keys(themes) as ThemeName[])
    it(`has nothing that axe-core finds fault with [${theme}]`, async () => {
      const { page } = await open(1_000, theme);
      await page.getByText("Failed 100", { exact: true }).click();
      await cell("Family9, Given9").waitFor();
      await page.getByRole("grid").focus();
      await page.keyboard.press("ArrowDown");
      await loadAxe(page);
      await results.screenshot(`grid-${theme}`);
      assert.deepEqual(await violations(page), []);
    });

  it("speaks Korean where VS Code does", async () => {
    results = await stage.open("contrast", 1_000, "ko");
    const { page } = results;
    await page.getByText("실패 100", { exact: true }).click();
    await cell("Family9, Given9").waitFor();
    await page.getByText("행 100개", { exact: true }).waitFor();
    await page.getByRole("columnheader", { name: "실패 이유" }).waitFor();
    await page.getByRole("button", { name: "실패한 행 100개 다시 실행" }).waitFor();
    await loadAxe(page);
    await results.screenshot("grid-korean");
    assert.deepEqual(await violations(page), []);
  });
});

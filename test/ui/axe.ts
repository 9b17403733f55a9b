/** What axe-core finds wrong with a page, and what sticks out of it. */
import axe from "axe-core";
import type { Page } from "playwright-core";

/** Once after each load of the page, before `violations`. */
export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(axe.source);
}

/** A line each. `colours`: only what a theme can be wrong about. */
export async function violations(page: Page, rules: "all" | "colours" = "all"): Promise<string[]> {
  const some = rules === "all" ? "" : ", runOnly: ['color-contrast', 'link-in-text-block']";
  const { violations: found } = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations']${some} })`,
  )) as axe.AxeResults;
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary?.split("\n").join(" ")}`),
  );
}

/** The parts of the panel that would need a horizontal scroll bar. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll("html, main, .history-scroll, form, header")]
    .filter((element) => element.scrollWidth > element.clientWidth + 1).map((element) => element.className || element.tagName)`);
}

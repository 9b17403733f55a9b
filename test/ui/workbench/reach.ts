/**
 * Brings the focus to an element as somebody without a mouse does: Tab and Shift+Tab from stop to stop, the arrows within
 * lists, menus, toolbars, grids and groups. Never by script, so what no key reaches fails here.
 */
import type { Locator, Page } from "playwright-core";

/** As many presses as a patient person would try. */
const patience = 80;

/** Parts of the window that have a key or a command of VS Code to go to them; others are gone to when they open. */
const places: readonly { readonly within: string; readonly go: string }[] = [
  { within: ".notifications-toasts", go: "Notifications: Focus Notification Toast" },
  { within: ".part.statusbar", go: "View: Focus Status Bar" },
  { within: ".interactive-session", go: "Chat: Open Chat" },
  { within: ".part.sidebar .explorer-folders-view", go: "File: Focus on Files Explorer" },
  { within: ".part.sidebar .test-explorer", go: "Testing: Focus on Test Explorer View" },
  { within: ".part.sidebar .pane", go: "HAPA: Focus on Programs View" },
  { within: ".part.panel", go: "View: Focus into Panel" },
  { within: ".part.editor", go: "View: Focus Active Editor Group" },
];

/**
 * In the page: the key that brings the focus nearer to `target`; `there` where it is; `away` where it is in another part
 * of the window. `places` are the selectors of those parts.
 */
const nextKey = `
  const doc = target.ownerDocument;
  let active = doc.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const holds = (outer, node) => {
    for (let one = node; one; one = one.parentNode ?? one.host) if (one === outer) return true;
    return false;
  };
  const stops = "button, a, input, textarea, select, summary, vscode-button, [tabindex], .monaco-list-row, " +
    "[role=option], [role=gridcell], [role=columnheader]";
  const item = target.closest(".monaco-menu .action-item, .action-widget .monaco-list-row") ?? target.closest(stops) ?? target;
  const place = places.map((within) => target.closest(within)).find(Boolean);
  if (!doc.hasFocus() || (place && !holds(place, active))) return "away";
  const after = (a, b) => Boolean(a.compareDocumentPosition(b) & 4);
  const towards = (a, b, [forth, back]) => (after(a, b) ? forth : back);
  const [down, across] = [["ArrowDown", "ArrowUp"], ["ArrowRight", "ArrowLeft"]];

  const editor = item.closest(".monaco-editor");
  if (editor && !item.matches(".monaco-list-row") && holds(editor, active)) return "there"; // In a text, the cursor has its own keys.
  const list = item.closest(".monaco-list");
  if (list && item.matches(".monaco-list-row") && holds(list, active)) {
    const focused = list.querySelector(".monaco-list-row.focused");
    if (focused === item) return "there";
    const at = (row) => Number(row.dataset.index);
    return !focused || at(focused) < at(item) ? "ArrowDown" : "ArrowUp";
  }
  const grid = item.closest("[role=grid]");
  if (grid && grid !== item && active === grid) {
    const cell = doc.getElementById(grid.getAttribute("aria-activedescendant"));
    if (cell === item) return "there";
    const row = (one) => Number(one?.closest("[role=row]")?.ariaRowIndex);
    if (!cell || row(cell) !== row(item)) return row(cell) > row(item) ? "ArrowUp" : "ArrowDown";
    return Number(cell.ariaColIndex) < Number(item.ariaColIndex) ? "ArrowRight" : "ArrowLeft";
  }
  if (grid && item !== grid && item.matches("[role=gridcell], [role=columnheader]")) return towards(active, grid, ["Tab", "Shift+Tab"]);
  if (item.matches("[role=option]") && !list) return item.ariaSelected === "true" ? "there" : "ArrowDown";
  if (holds(item, active)) return "there";
  if (item.type === "radio" && active?.type === "radio" && active.name === item.name) return towards(active, item, across);
  if (item.closest(".part.statusbar")) return "ArrowRight"; // Goes round.
  const group = item.closest("[role=menu], [role=toolbar], [role=tablist], .chips");
  if (group && (item.tabIndex < 0 || group.matches("[role=menu]")) && holds(group, active)) {
    if (active === group) return "ArrowDown";
    return towards(active, item, group.matches("[role=menu]") ? down : across);
  }
  return towards(active, item, ["Tab", "Shift+Tab"]);
`;
const step = new Function("target", "places", nextKey) as (target: unknown, places: readonly string[]) => string;

/** VS Code runs the commands behind its keys a moment later: two frames of the page. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}

/** In the page: what has the focus, in words for whoever reads why a test failed. */
const focused = `(() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active ? active.outerHTML.slice(0, 200) : "nothing";
})()`;

/** The command that goes to the part of the window that the element is in. @throws where there is none */
async function wayTo(target: Locator): Promise<string> {
  const selectors = places.map(({ within }) => within);
  const found = (await target.evaluate(
    new Function(
      "target",
      "places",
      `const { defaultView: view } = target.ownerDocument;
      if (view !== view.top) return target.ownerDocument.querySelector(".composer, .history") ? "panel" : "editor";
      return places.findIndex((within) => target.closest(within));`,
    ) as (target: unknown, places: readonly string[]) => string | number,
    selectors,
  )) as string | number;
  if (found === "panel") return "HAPA: Focus on HAPA View";
  if (found === "editor") return "View: Focus Active Editor Group";
  const go = places[Number(found)]?.go;
  if (!go) throw new Error(`No key leads to the part of the window that ${target} is in.`);
  return go;
}

/**
 * @param command Runs a command of the palette by keys.
 * @throws where the keys do not reach it, with what had the focus
 */
export async function reach(page: Page, target: Locator, command: (title: string) => Promise<void>): Promise<void> {
  await target.waitFor();
  const selectors = places.map(({ within }) => within);
  let went = false;
  const pressed: string[] = [];
  while (pressed.length < patience) {
    const key = await target.evaluate(step, selectors);
    if (key === "there") return;
    if (key !== "away") {
      await page.keyboard.press(key);
      if (!key.endsWith("Tab")) await settle(page);
      pressed.push(key);
    } else if (!went) {
      went = true;
      await command(await wayTo(target));
      await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    } else {
      pressed.push("(waited)"); // The part takes the focus when it is ready.
      await settle(page);
    }
  }
  const frames = await Promise.all(page.frames().map((frame) => frame.evaluate(focused).catch(() => "")));
  throw new Error(`The keys do not reach ${target} (${pressed.slice(-6).join(" ")}). Focus: ${frames.join(" | ")}`);
}

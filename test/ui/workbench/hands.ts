/**
 * The two ways to use VS Code and HAPA in it: with a mouse, as people do (menus, buttons, right-clicks), and with the
 * keyboard alone (VS Code's own keys, the palette, Tab and arrows). A story is told once and walked by either.
 */
import type { Locator, Page } from "playwright-core";
import { reach, settle } from "./reach.ts";

export type HandName = keyof typeof hands;

export interface Hand {
  /** Presses what is seen: a button, an entry of a menu or a list, a radio button, a link. */
  choose(target: Locator): Promise<void>;
  /** Goes to a place to type at. */
  goTo(box: Locator): Promise<void>;
  /** Writes into a box, in place of what stands there. */
  write(box: Locator, text: string): Promise<void>;
  /** A command: by its button where one is shown, else by the palette; by keys always by the palette. */
  command(title: string, button?: Locator): Promise<void>;
  /** An entry of the box's list. */
  pick(entry: string | RegExp): Promise<void>;
  /** The context menu of a row, a tab, a line; each entry but the last one has a menu of its own. */
  menu(on: Locator, ...entries: readonly RegExp[]): Promise<void>;
  showExplorer(): Promise<void>;
  /** Opens a file in an editor of its own. */
  open(file: string): Promise<void>;
  /** Selects whole lines of the editor from the first one on. */
  selectLines(count: number): Promise<void>;
  /** Goes to a line of the editor; the cursor is at its beginning. */
  goToLine(line: number): Promise<void>;
  /** What stands above a line as a link, and acts when it is chosen. */
  lens(line: number, name: RegExp): Promise<void>;
  /** The light bulb of the line the cursor is in, and an entry of its list. `open` is told when the list is there. */
  bulb(entry: RegExp, open?: () => Promise<void>): Promise<void>;
}

const boxOf = (page: Page) => page.locator(".quick-input-widget:visible");
const inputOf = (page: Page) => boxOf(page).locator(".quick-input-box input");

/** Opens the palette with these words in it and gives its entry. */
async function palette(page: Page, title: string): Promise<Locator> {
  const box = boxOf(page);
  // F1 in a box that is just closing would be lost with it.
  await box.waitFor({ state: "hidden" });
  await page.keyboard.press("F1");
  await inputOf(page).and(page.locator(":focus")).waitFor();
  await page.keyboard.insertText(title);
  const entry = box.getByRole("option", { name: title }).first();
  await entry.waitFor();
  return entry;
}

/** In the page: the button is one of those that a row hides until it is pointed at. */
const inHiddenRow = (target: { closest(selector: string): { readonly offsetWidth?: number } | null }) =>
  target.closest("li .history-actions")?.offsetWidth === 0;

const lightBulb = (page: Page) =>
  page.locator(".lightBulbWidget:visible, .glyph-margin-widgets [class*=lightbulb]").first();

const linesOf = (page: Page) => page.locator(".editor-instance").last();

export function mouseHand(page: Page): Hand {
  const lineNumber = (line: number) =>
    linesOf(page).locator(".margin-view-overlays .line-numbers").getByText(String(line), { exact: true });
  const toTop = async () => {
    const editor = await linesOf(page).boundingBox();
    if (!editor) throw new Error("No editor is in sight.");
    await page.mouse.move(editor.x + editor.width / 2, editor.y + editor.height / 2);
    await page.mouse.wheel(0, -100_000);
  };
  const hand: Hand = {
    async choose(target) {
      await target.waitFor({ state: "attached" });
      // Some buttons of a row show where the mouse is on it.
      if (await target.evaluate(inHiddenRow)) await target.locator("xpath=ancestor::li[1]").hover();
      await target.click();
    },
    async goTo(box) {
      // A box that closes gives the focus back to where it was, and would take it from where was clicked.
      await boxOf(page).waitFor({ state: "hidden" });
      await box.click();
    },
    async write(box, text) {
      await hand.goTo(box);
      // Not Ctrl+A, which VS Code would give to the editor as long as it has not heard where the focus is.
      if ((await box.inputValue()) !== "") await box.click({ clickCount: 3 });
      await page.keyboard.insertText(text);
    },
    async command(title, button) {
      if (button) await button.click();
      else await (await palette(page, title)).click();
    },
    pick: (entry) => boxOf(page).getByRole("option", { name: entry }).click(),
    async menu(on, ...entries) {
      await on.click({ button: "right", position: { x: 20, y: 8 } });
      for (const [at, name] of entries.entries()) {
        const entry = page.getByRole("menuitem", { name });
        if (at < entries.length - 1) await entry.hover();
        // VS Code takes no click from a menu's first 100 ms, so that the right-click itself chooses nothing.
        else await entry.click({ delay: 200 });
      }
    },
    async showExplorer() {
      const tab = page.getByRole("tab", { name: /^Explorer/ });
      if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click(); // Else it would close it.
    },
    async open(file) {
      await hand.showExplorer();
      await page.getByRole("treeitem", { name: file }).dblclick();
    },
    async selectLines(count) {
      await toTop();
      await lineNumber(1).click();
      await lineNumber(count).click({ modifiers: ["Shift"] });
    },
    async goToLine(line) {
      await toTop();
      const number = await lineNumber(line).boundingBox();
      const text = await linesOf(page).locator(".view-lines").first().boundingBox();
      if (!number || !text) throw new Error(`Line ${line} is not in sight.`);
      await page.mouse.click(text.x + 1, number.y + number.height / 2);
    },
    lens: (_, name) => page.locator(".codelens-decoration a").filter({ hasText: name }).click(),
    async bulb(entry, open) {
      await lightBulb(page).click();
      const list = page.locator(".action-widget");
      await list.getByText(entry).first().waitFor();
      await open?.();
      await list.getByText(entry).first().click();
    },
  };
  return hand;
}

export function keysHand(page: Page): Hand {
  const { keyboard } = page;
  const command = async (title: string): Promise<void> => {
    await pickFocused(page, await palette(page, title));
  };
  const goTo = (target: Locator) => reach(page, target, command);
  const focusEditor = async (): Promise<void> => {
    await keyboard.press("Control+1");
    await linesOf(page).locator(":focus").first().waitFor({ state: "attached" });
  };
  const hand: Hand = {
    goTo,
    async choose(target) {
      await goTo(target);
      // The arrows that led to a radio button have chosen it.
      const type = await target.evaluate(({ type }: { type?: string }) => type);
      if (type !== "radio") await keyboard.press("Enter");
    },
    async write(box, text) {
      await goTo(box);
      if ((await box.inputValue()) !== "") await keyboard.press("Control+a");
      await keyboard.insertText(text);
    },
    command,
    pick: (entry) => pickFocused(page, boxOf(page).getByRole("option", { name: entry })),
    async menu(on, ...entries) {
      await goTo(on);
      await keyboard.press("Shift+F10");
      for (const [at, name] of entries.entries()) {
        await goTo(page.getByRole("menuitem", { name }));
        await keyboard.press(at < entries.length - 1 ? "ArrowRight" : "Enter");
      }
    },
    showExplorer: () => keyboard.press("Control+Shift+E"),
    async open(file) {
      await boxOf(page).waitFor({ state: "hidden" });
      await keyboard.press("Control+p");
      await inputOf(page).and(page.locator(":focus")).waitFor();
      // Not a preview of it, which has its name, too.
      const entry = boxOf(page)
        .getByRole("option", { name: new RegExp(`^${file}`) })
        .first();
      const nothing = boxOf(page).getByText("No matching results");
      for (;;) {
        await keyboard.insertText(file);
        await entry.or(nothing).first().waitFor();
        if (await entry.isVisible()) return pickFocused(page, entry);
        // While VS Code lists the files it searches the list of the last time. People type again.
        await keyboard.press("Control+a");
        await keyboard.press("Delete");
        await nothing.waitFor({ state: "hidden" });
      }
    },
    async selectLines(count) {
      await focusEditor();
      await keyboard.press("Control+Home");
      for (let line = 0; line < count; line++) await keyboard.press("Shift+ArrowDown");
    },
    async goToLine(line) {
      await focusEditor();
      await keyboard.press("Control+Home");
      for (let at = 1; at < line; at++) await keyboard.press("ArrowDown");
    },
    async lens(line, name) {
      await hand.goToLine(line);
      await command("Show CodeLens Commands for Current Line");
      await hand.pick(name);
    },
    async bulb(entry, open) {
      await lightBulb(page).waitFor();
      await keyboard.press("Control+.");
      const found = page.locator(".action-widget").getByText(entry).first();
      await found.waitFor();
      await open?.();
      await goTo(found);
      await keyboard.press("Enter");
    },
  };
  return hand;
}

/** Arrows down to an entry of the box's list, and Enter. @throws where the list goes round without coming to it */
async function pickFocused(page: Page, entry: Locator): Promise<void> {
  await entry.waitFor();
  for (let presses = 0; presses < 60; presses++) {
    if (await entry.evaluate((row: { matches(selector: string): boolean }) => row.matches(".focused, .focused *"))) {
      await page.keyboard.press("Enter");
      return;
    }
    await page.keyboard.press("ArrowDown");
    await settle(page);
  }
  throw new Error(`The arrows do not reach ${entry}.`);
}

export const hands = { mouse: mouseHand, keys: keysHand } as const;

/** A person in front of VS Code: the whole window with HAPA in it, used by a mouse or by keys alone. */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
import { projectRoot } from "../../../scripts/lib/run.ts";
import { type Strings, stringsFor } from "../../../webview-ui/shared/strings.ts";
import { launchChromium } from "../../support/chromium.ts";
import { startVsCode, type VsCode, type VsCodeOptions } from "../../support/vscode.ts";
import { type Hand, type HandName, hands } from "./hands.ts";
import { boxValue, hintsShown, topLines } from "./looks.ts";

export type Theme = keyof typeof themes;

/** In the page, before VS Code: its language, which it would set by the language pack it has. */
const speaking = (language: string) =>
  `Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => "${language}", set: () => {} });`;

export interface Workbench extends Hand {
  readonly page: Page;
  readonly code: VsCode;
  readonly hand: HandName;
  /** The context menu of the selection, the submenu HAPA, the entry. */
  chooseInMenu(entry: RegExp): Promise<void>;
  /** Takes what the preview proposes: ✓ in the editor's title bar, or the command. */
  accept(): Promise<void>;
  /** Leaves everything as it was: ✕ in the editor's title bar, or the command. */
  discard(): Promise<void>;
  /** The box at the top that asks for something. */
  readonly ask: Locator;
  /** Waits until the box has this title. */
  asked(title: RegExp): Promise<void>;
  /** Types into the box and confirms. */
  answer(text: string): Promise<void>;
  /** Waits until the box holds this text, which is proposed. */
  proposed(text: string): Promise<void>;
  /** Takes the file or the folder that the box proposes, by its button. */
  takeProposedPath(button: string): Promise<void>;
  /** Types into the box. */
  type(text: string): Promise<void>;
  /** A notification with these words. */
  toast(words: string | RegExp): Locator;
  /** Closes every notification that is open. */
  dismissToasts(): Promise<void>;
  /** Waits until the editor shows these lines at its top. */
  shows(lines: readonly string[]): Promise<void>;
  /** The line of the editor that begins so. */
  shown(start: string): Locator;
  readonly diff: Locator;
  /** The right side of the diff shows this line. */
  proposes(line: string): Promise<void>;
  /** The right side of the diff says this beside a line. */
  hints(words: string): Promise<void>;
  /** A button of the editor's title bar or anywhere in the window. */
  button(name: string | RegExp): Locator;
  /** Opens the panel by its icon where it is not open. */
  openPanel(): Promise<FrameLocator>;
  /** The panel's page, where it is open. */
  panel(): FrameLocator;
  /** The page in the editor that was opened last: results of a run, a report. */
  pageInEditor(): FrameLocator;
  /** A row of the explorer, which is shown. */
  inExplorer(file: string): Promise<Locator>;
  /** Drags the border between side bar and editor to the right, by pixels. */
  widenSideBar(by: number): Promise<void>;
  /** Saves `out/screenshots/workbench-<name>-<theme>-<hand>.png`, without the pointer's hovers. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Offers models through VS Code, as Copilot does. */
const modelProvider = join(projectRoot, "test/vscode/fixtures/model-provider");

const themes = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  contrast: "Default High Contrast",
  contrastLight: "Default High Contrast Light",
} as const;

export interface WindowOptions extends Pick<VsCodeOptions, "settings" | "linkedExtensions"> {
  /** What the person uses it with; a mouse unless told. */
  readonly hand?: HandName;
  /** What VS Code tells its extensions to speak; its own words stay English, as it has no other here. */
  readonly language?: string;
}

/** Starts VS Code on a copy of `examples/`, the extension in it as if it were installed, and opens a window. */
export async function openWorkbench(
  theme: Theme = "dark",
  { hand = "mouse", language = "en", ...more }: WindowOptions = {},
  size = { width: 1400, height: 900 },
): Promise<Workbench> {
  const code = await startVsCode({
    workspace: join(projectRoot, "examples"),
    extensionPath: projectRoot,
    linkedExtensions: [modelProvider, ...(more.linkedExtensions ?? [])],
    settings: {
      "workbench.colorTheme": themes[theme],
      "editor.minimap.enabled": false,
      // As VS Code has it on a desktop. (Saved while it is being undone, a file ends as it was before the undo.)
      "files.autoSave": "off",
      "hapa.backend.port": 0,
      ...more.settings,
    },
  });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: size, permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    if (language !== "en") await page.addInitScript(speaking(language));
    await page.goto(code.url());
    await page.getByRole("treeitem", { name: "names.txt" }).waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: /^HAPA, / }).waitFor({ timeout: 30_000 });
    return workbenchOn(page, browser, code, hand, `${theme}-${hand}`, stringsFor(language));
  } catch (error) {
    await browser.close();
    await code.stop();
    throw error;
  }
}

function workbenchOn(
  page: Page,
  browser: Browser,
  code: VsCode,
  handName: HandName,
  walk: string,
  words: Strings,
): Workbench {
  const hand = hands[handName](page);
  const box = page.locator(".quick-input-widget:visible");
  const ask = box.locator(".quick-input-box input");
  const editor = page.locator(".editor-instance").last();
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const webview = (kind: "webviewView" | "webviewPanel") =>
    page
      .frameLocator(
        kind === "webviewView"
          ? `iframe.webview.ready[src*="purpose=webviewView"]`
          : `iframe.webview.ready:not([src*="purpose=webviewView"])`,
      )
      .last()
      .frameLocator("iframe#active-frame");

  const workbench: Workbench = {
    page,
    code,
    ...hand,
    hand: handName,
    async open(file) {
      await hand.open(file);
      await page.getByRole("tab", { name: new RegExp(`^${file}`), selected: true }).waitFor();
      await editor.locator(".view-line").first().waitFor();
    },
    async selectLines(count) {
      await hand.selectLines(count);
      await page.getByText(/\(\d+ selected\)/).waitFor();
    },
    chooseInMenu: (entry) => hand.menu(editor.locator(".view-line").first(), /^HAPA$/, entry),
    accept: () => hand.command("HAPA: Accept the Preview", button(/Accept the Preview/)),
    discard: () => hand.command("HAPA: Discard the Preview", button(/Discard the Preview/)),
    ask,
    asked: (title) => box.locator(".quick-input-title").getByText(title).waitFor(),
    async answer(text) {
      await workbench.type(text);
      await page.keyboard.press("Enter");
    },
    async proposed(text) {
      await page.waitForFunction(`${boxValue} === ${JSON.stringify(text)}`);
    },
    async takeProposedPath(name) {
      await page.waitForFunction(`${boxValue}?.startsWith("/")`);
      await hand.choose(box.getByRole("button", { name, exact: true }));
    },
    async type(text) {
      await ask.and(page.locator(":focus")).waitFor();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
    },
    toast: (words) => page.locator(".notification-toast").filter({ hasText: words }),
    async dismissToasts() {
      await hand.command("Notifications: Clear All Notifications");
      await page.locator(".notification-toast").waitFor({ state: "detached" });
    },
    async shows(lines) {
      const top = `(${topLines})(${lines.length})`;
      // Where they do not come, the comparison below says what stands there instead.
      await page.waitForFunction(`JSON.stringify(${top}) === ${JSON.stringify(JSON.stringify(lines))}`).catch(() => {});
      assert.deepEqual(await page.evaluate(top), lines);
    },
    shown: (start) => editor.locator(".view-line").filter({ hasText: new RegExp(`^${start}`) }),
    diff: page.locator(".monaco-diff-editor"),
    proposes: (line) =>
      page
        .locator(".monaco-diff-editor .editor.modified .view-line")
        .getByText(line, { exact: true })
        .first()
        .waitFor(),
    async hints(words) {
      await page.waitForFunction(`${hintsShown}.some((hint) => hint.includes(${JSON.stringify(words)}))`);
    },
    button,
    panel: () => webview("webviewView"),
    pageInEditor: () => webview("webviewPanel"),
    async inExplorer(file) {
      const row = page.getByRole("treeitem", { name: file });
      await hand.showExplorer();
      await row.waitFor();
      return row;
    },
    async openPanel() {
      const icon = page.getByRole("tab", { name: "HAPA" }).first();
      if (handName === "keys") await hand.command("HAPA: Focus on HAPA View");
      else if ((await icon.getAttribute("aria-selected")) !== "true") await icon.click(); // Else it would close it.
      const panel = webview("webviewView");
      await panel.getByLabel(words.questionLabel, { exact: true }).waitFor({ timeout: 20_000 });
      return panel;
    },
    async widenSideBar(by) {
      const bar = await page.locator(".part.sidebar").boundingBox();
      assert.ok(bar, "the side bar is not open");
      const [x, y] = [bar.x + bar.width + 1, bar.y + bar.height / 3];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + by, y, { steps: 5 });
      await page.mouse.up();
    },
    async screenshot(name) {
      const folder = join(projectRoot, "out", "screenshots");
      await mkdir(folder, { recursive: true });
      await page.mouse.move(900, 470);
      // Notifications slide in, buttons fade: the picture is of the window at rest.
      await page.evaluate("Promise.allSettled(document.getAnimations().map(({ finished }) => finished))");
      await page.screenshot({ path: join(folder, `workbench-${name}-${walk}.png`) });
    },
    async close() {
      await browser.close();
      await code.stop();
    },
  };
  return workbench;
}

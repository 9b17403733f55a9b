/** The panel in a real Chromium: its bundle behind the same content policy as in VS Code, with the host played by the test. */
import { EventEmitter, once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium, type Locator, type Page } from "playwright-core";
import type { EditorContext, FromWebview, ToWebview } from "../../../src/contract/webview.ts";
import { type Strings, stringsFor } from "../../../webview-ui/shared/strings.ts";
import { bodyClass, servePanel } from "./panel-server.ts";
import type { ThemeName } from "./themes.ts";

/** The panel under test, seen as its person and its host see it. */
export interface PanelPage {
  readonly page: Page;
  /** What the panel says, in the language it was opened in. */
  readonly words: Strings;
  /** Addresses the page asked for, besides its own files. */
  readonly foreignRequests: readonly string[];
  /** Errors and policy violations the page reported. */
  readonly problems: readonly string[];
  /** What the panel said to the host, in order. */
  posted(): Promise<FromWebview[]>;
  /** Waits until the panel says something of this type and answers the newest of it. */
  waitFor<T extends FromWebview["type"]>(type: T, count?: number): Promise<Extract<FromWebview, { type: T }>>;
  question(): Locator;
  button(name: string | RegExp): Locator;
  /** The first element with these words. */
  text(words: string | RegExp): Locator;
  /** Types a question, sends it with Enter and answers its id. */
  ask(words: string): Promise<string>;
  send(...messages: readonly ToWebview[]): Promise<void>;
  /** Changes the colours of what is shown. */
  theme(name: ThemeName): Promise<void>;
  /** Saves `out/screenshots/panel-<name>.png`. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

interface PanelOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** The language of VS Code, a BCP 47 tag. */
  readonly lang?: string;
}

export interface PanelStage {
  open(options?: PanelOptions): Promise<PanelPage>;
  close(): Promise<void>;
}

const root = process.cwd();
const chromiumArgs =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** VS Code's API as the panel sees it; state outlives a reload, as it outlives hiding the view. */
const hostScript = `
window.acquireVsCodeApi = () => ({
  postMessage: (message) => void window.postToHost(message),
  getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null") ?? undefined,
  setState: (state) => sessionStorage.setItem("state", JSON.stringify(state)),
});`;

/** Builds the panel into a folder of its own, serves it on 127.0.0.1 and starts a browser. */
export async function openStage(): Promise<PanelStage> {
  const folder = await mkdtemp(join(tmpdir(), "hapa-panel-"));
  await build({
    entryPoints: { chat: join(root, "webview-ui/chat/main.tsx") },
    outdir: folder,
    bundle: true,
    format: "iife",
    target: "es2024",
    jsx: "automatic",
    minify: true,
    loader: { ".ttf": "file" },
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const { origin, close: closeServer } = await servePanel(folder);
  const browser = await chromium.launch({
    executablePath: process.env["HAPA_CHROMIUM"] ?? "/usr/bin/chromium",
    args: chromiumArgs.split(" "),
  });
  const recording = await record(await browser.newPage({ reducedMotion: "reduce" }), origin);
  return {
    open: (options = {}) => openPanel(recording, origin, options),
    close: async () => {
      await browser.close();
      await closeServer();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const path = "data/names.txt";

/** The selection that `openReady` plays. */
export const context: EditorContext = {
  fileName: "names.txt",
  language: "javascript",
  selectedLines: Array.from({ length: 12 }, (_, i) => `Last${i}, First${i}`),
  chips: [
    { id: "selection", kind: "selection", label: "names.txt", path, count: 12, lines: [3, 14] },
    { id: "file", kind: "file", label: "names.txt", path, count: 40 },
    { id: "problems", kind: "problems", label: "names.txt", path, count: 3 },
  ],
};

/** A panel with an offline backend that is ready and twelve lines selected in the editor. */
export async function openReady(stage: PanelStage, options?: PanelOptions): Promise<PanelPage> {
  const panel = await stage.open(options);
  await panel.waitFor("ready");
  await panel.send({ type: "backend", backend: { state: "ready", model: null } }, { type: "context", context });
  await panel.text(panel.words.contextLines("names.txt", 12)).waitFor();
  return panel;
}

/** What one page told the test: kept for as long as a panel is open on it. */
interface Recording {
  readonly page: Page;
  readonly posted: FromWebview[];
  readonly arrivals: EventEmitter;
  readonly foreignRequests: string[];
  readonly problems: string[];
}

/** One page serves every test of a file: starting one takes longer than most tests. */
async function record(page: Page, origin: string): Promise<Recording> {
  const recording = { page, posted: [], arrivals: new EventEmitter(), foreignRequests: [], problems: [] } as Recording;
  const { posted, arrivals, foreignRequests, problems } = recording;
  page.setDefaultTimeout(10_000);
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`)) foreignRequests.push(request.url());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction("postToHost", (message: FromWebview) => {
    posted.push(message);
    arrivals.emit("message");
  });
  await page.addInitScript(hostScript);
  return recording;
}

/** Opens the panel on the page; closing it leaves the page blank and forgets all. */
async function openPanel(
  { page, posted, arrivals, foreignRequests, problems }: Recording,
  origin: string,
  { theme = "dark", width = 360, height = 760, lang = "en" }: PanelOptions,
): Promise<PanelPage> {
  await page.setViewportSize({ width, height });
  await page.goto(`${origin}/?theme=${theme}&lang=${lang}`);
  const words = stringsFor(lang);

  const question = (): Locator => page.getByRole("textbox", { name: words.questionLabel });
  const waitFor: PanelPage["waitFor"] = async (type, count = 1) => {
    for (;;) {
      const found = posted.filter((message) => message.type === type);
      const last = found.at(-1);
      if (last !== undefined && found.length >= count) return last as Extract<FromWebview, { type: typeof type }>;
      await once(arrivals, "message", { signal: AbortSignal.timeout(10_000) });
    }
  };

  return {
    page,
    words,
    foreignRequests,
    problems,
    posted: async () => {
      // Messages come in the order of the page's answers: after this one, all earlier ones are here.
      await page.evaluate("0");
      return [...posted];
    },
    waitFor,
    question,
    button: (name) => page.getByRole("button", { name, exact: typeof name === "string" }),
    text: (words) => page.getByText(words).first(),
    ask: async (words) => {
      const asked = posted.filter(({ type }) => type === "ask").length;
      await question().fill(words);
      await question().press("Enter");
      return (await waitFor("ask", asked + 1)).requestId;
    },
    send: async (...messages) => {
      for (const message of messages) await page.evaluate(`window.postMessage(${JSON.stringify(message)}, "*")`);
    },
    theme: async (name) => {
      await page.evaluate(`(async () => {
      document.body.className = "${bodyClass(name)}";
      const link = document.querySelector("link");
      const address = "/theme.css?name=${name}";
      if (link.getAttribute("href") === address) return;
      link.href = address;
      await new Promise((resolve) => link.addEventListener("load", resolve, { once: true }));
    })()`);
    },
    screenshot: async (name) => {
      const folder = join(root, "out/screenshots");
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `panel-${name}.png`) });
    },
    close: async () => {
      await page.goto(`${origin}/blank`);
      await page.evaluate("sessionStorage.clear()");
      for (const list of [posted, foreignRequests, problems]) list.length = 0;
    },
  };
}

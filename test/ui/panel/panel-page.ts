/** The panel in a real Chromium: its bundle behind the same content policy as in VS Code, with the host played by the test. */
import { randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium, type Locator, type Page } from "playwright-core";
import type { EditorContext, FromWebview, ToWebview } from "../../../src/contract/webview.ts";
import { type ThemeName, themeCss } from "./themes.ts";

/** The panel under test, seen as its person and its host see it. */
export interface PanelPage {
  readonly page: Page;
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

export interface PanelStage {
  open(options?: { readonly theme?: ThemeName; readonly width?: number; readonly height?: number }): Promise<PanelPage>;
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
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const own = `http://${request.headers.host}`;
    if (pathname === "/") {
      const nonce = randomBytes(16).toString("base64");
      response.setHeader("content-type", "text/html");
      response.setHeader("content-security-policy", policy(own, nonce));
      response.end(html(nonce, searchParams.get("theme") ?? "dark"));
    } else if (pathname === "/blank") {
      response.end();
    } else if (pathname === "/favicon.ico") {
      // The browser's own wish, on a page without a policy.
      response.writeHead(204).end();
    } else if (pathname === "/theme.css") {
      response.setHeader("content-type", "text/css");
      response.end(themeCss((searchParams.get("name") ?? "dark") as ThemeName));
    } else {
      readFile(join(folder, pathname.slice(1))).then(
        (bytes) => {
          response.setHeader("content-type", contentType(pathname));
          response.end(bytes);
        },
        () => response.writeHead(404).end(),
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath: process.env["HAPA_CHROMIUM"] ?? "/usr/bin/chromium",
    args: chromiumArgs.split(" "),
  });
  const recording = await record(await browser.newPage({ reducedMotion: "reduce" }), origin);
  return {
    open: ({ theme = "dark", width = 360, height = 760 } = {}) =>
      openPanel(recording, origin, theme, { width, height }),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
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
export async function openReady(stage: PanelStage, options?: Parameters<PanelStage["open"]>[0]): Promise<PanelPage> {
  const panel = await stage.open(options);
  await panel.waitFor("ready");
  await panel.send({ type: "backend", backend: { state: "ready", model: null } }, { type: "context", context });
  await panel.text("names.txt · 12 lines").waitFor();
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
  theme: ThemeName,
  viewport: { width: number; height: number },
): Promise<PanelPage> {
  await page.setViewportSize(viewport);
  await page.goto(`${origin}/?theme=${theme}`);

  const question = (): Locator => page.getByRole("textbox", { name: "Question" });
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

/** What the extension gives the view: nothing from anywhere but the extension itself. */
function policy(own: string, nonce: string): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${own}; font-src ${own}; img-src 'none'`;
}

function html(nonce: string, theme: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>HAPA</title>
<link rel="stylesheet" href="/theme.css?name=${encodeURIComponent(theme)}"><link rel="stylesheet" href="/chat.css">
</head><body class="${bodyClass(theme)}"><div id="root"></div><script nonce="${nonce}" src="/chat.js"></script></body></html>`;
}

/** As VS Code marks the page. */
function bodyClass(theme: string): string {
  if (theme === "contrast") return "vscode-high-contrast";
  if (theme === "contrastLight") return "vscode-high-contrast vscode-high-contrast-light";
  return `vscode-${theme}`;
}

function contentType(pathname: string): string {
  if (pathname.endsWith(".js")) return "text/javascript";
  return pathname.endsWith(".css") ? "text/css" : "font/ttf";
}

/** The results grid in a real Chromium, its bundle behind VS Code's content policy; the host is played with made-up rows. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import type { FromResults, ResultFilter, ResultInfo, ResultRow, ToResults } from "../../../src/contract/results.ts";
import { launchChromium } from "../../support/chromium.ts";
import { type ThemeName, themeCss } from "../panel/themes.ts";

export interface ResultsPage {
  readonly page: Page;
  /** Errors and policy violations the page reported, and addresses it asked for besides its own. */
  readonly problems: readonly string[];
  /** What the grid said, in order. */
  readonly posted: readonly FromResults[];
  send(message: ToResults): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface ResultsStage {
  /** Opens the grid on so many made-up rows. @param lang The language of VS Code, a BCP 47 tag. */
  open(theme: ThemeName, rows: number, lang?: string): Promise<ResultsPage>;
  close(): Promise<void>;
}

const root = process.cwd();

/** Every tenth row failed, every twenty-fifth is unsure, every other is changed. */
function rowOf(n: number): ResultRow {
  const failed = n % 10 === 9;
  const unsure = n % 25 === 3;
  const cells = [`${n}`, `Family${n}, Given${n}`, failed ? "" : `Given${n} Family${n}`];
  const about = { line: n + 2, state: failed ? ("failed" as const) : ("done" as const), unsure, changed: n % 2 === 0 };
  return { ...about, ...(failed ? { reason: "TypeError: no comma" } : {}), cells };
}

const passes: Readonly<Record<ResultFilter, (row: ResultRow) => boolean>> = {
  all: () => true,
  failed: ({ state }) => state === "failed",
  unsure: ({ unsure }) => unsure,
  changed: ({ changed }) => changed,
};

/** Answers as the extension host does, from rows that are made when asked for. */
function playHost(rows: number, send: (message: ToResults) => void): (message: FromResults) => void {
  let viewId = 0;
  let view: readonly number[] | undefined;
  const counts = {
    all: rows,
    failed: Math.floor(rows / 10),
    unsure: Math.ceil((rows - 3) / 25),
    changed: Math.ceil(rows / 2),
  };
  const result: ResultInfo = {
    name: "people.csv",
    columns: ["id", "name", "turned"],
    width: 3,
    outputColumn: 2,
    counts,
    summary: `${rows.toLocaleString("en")} rows: ${(rows - counts.failed).toLocaleString("en")} done.`,
    again: counts.failed,
  };
  return (message) => {
    if (message.type === "ready") {
      send({ type: "result", result });
      send({ type: "view", viewId: ++viewId, view: { filter: "all", search: "", sort: null }, total: rows });
    } else if (message.type === "setView") {
      const { filter, search, sort } = message;
      const isWhole = filter === "all" && search === "" && sort === null;
      const found = isWhole
        ? undefined
        : Array.from({ length: rows }, (_, n) => n).filter((n) => passes[filter](rowOf(n)));
      view = found?.filter((n) => rowOf(n).cells.some((cell) => cell.includes(search)));
      if (sort?.descending) view = view?.toReversed();
      send({ type: "view", viewId: ++viewId, view: { filter, search, sort }, total: view?.length ?? rows });
    } else if (message.type === "getPage") {
      const length = Math.min(message.count, (view?.length ?? rows) - message.from);
      const page = Array.from({ length }, (_, at) => rowOf(view?.[message.from + at] ?? message.from + at));
      send({ type: "page", viewId: message.viewId, from: message.from, rows: page });
    } else if (message.type === "copyRows") send({ type: "copied", rows: message.to - message.from + 1 });
  };
}

export async function openResultsStage(): Promise<ResultsStage> {
  const folder = await mkdtemp(join(tmpdir(), "hapa-results-"));
  await build({
    entryPoints: { results: join(root, "webview-ui/results/main.tsx") },
    ...{ outdir: folder, bundle: true, format: "iife", target: "es2024", jsx: "automatic", minify: true },
    loader: { ".ttf": "file" },
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const own = `http://${request.headers.host}`;
    const nonce = randomBytes(16).toString("base64");
    if (pathname === "/") {
      const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${own}; font-src ${own}; img-src 'none'`;
      response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy });
      const theme = encodeURIComponent(searchParams.get("theme") ?? "dark");
      const lang = searchParams.get("lang") ?? "en";
      response.end(`<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>HAPA</title>
<link rel="stylesheet" href="/theme.css?name=${theme}"><link rel="stylesheet" href="/results.css">
</head><body><div id="root"></div><script nonce="${nonce}" src="/results.js"></script></body></html>`);
    } else if (pathname === "/theme.css") {
      response.writeHead(200, { "content-type": "text/css" });
      response.end(themeCss((searchParams.get("name") ?? "dark") as ThemeName));
    } else {
      const bytes = await readFile(join(folder, pathname.slice(1))).catch(() => undefined);
      const type = pathname.endsWith(".js") ? "text/javascript" : pathname.endsWith(".css") ? "text/css" : "font/ttf";
      response.writeHead(bytes ? 200 : 204, { "content-type": type }).end(bytes);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launchChromium();
  return {
    async open(theme, rows, lang = "en") {
      const page = await browser.newPage({ viewport: { width: 1_100, height: 620 }, reducedMotion: "reduce" });
      page.setDefaultTimeout(10_000);
      const problems: string[] = [];
      const posted: FromResults[] = [];
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
      });
      page.on("request", (request) => {
        if (!request.url().startsWith(`${origin}/`)) problems.push(request.url());
      });
      const send = async (message: ToResults): Promise<void> => {
        await page.evaluate(`window.postMessage(${JSON.stringify(message)}, "*")`);
      };
      const host = playHost(rows, (message) => void send(message).catch(() => {})); // A page that is closed needs none.
      await page.exposeFunction("postToHost", (message: FromResults) => {
        posted.push(message);
        host(message);
      });
      await page.addInitScript(
        "window.acquireVsCodeApi = () => ({ postMessage: (m) => void window.postToHost(m), getState: () => undefined, setState: () => {} });",
      );
      await page.goto(`${origin}/?theme=${theme}&lang=${lang}`);
      await page.getByRole("grid").waitFor();
      await page.getByRole("gridcell", { name: "Family0, Given0" }).waitFor();
      return {
        page,
        problems,
        posted,
        send,
        async screenshot(name) {
          await mkdir(join(root, "out/screenshots"), { recursive: true });
          await page.screenshot({ path: join(root, "out/screenshots", `results-${name}.png`) });
        },
        close: () => page.close(),
      };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

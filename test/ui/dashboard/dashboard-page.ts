/** The dashboard in a real Chromium, served by a real backend, behind its own content policy. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { build } from "../../../esbuild.mjs";
import type { BackendOptions } from "../../../src/backend/server.ts";
import type { Role } from "../../../src/contract/roles.ts";
import { files, startTestBackend, type TestBackend } from "../../support/backend.ts";
import { launchChromium } from "../../support/chromium.ts";

export interface DashboardPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and policy violations, and addresses of other servers that were asked for. */
  readonly problems: string[];
  /** What the page sent besides reading, as `METHOD path body`. */
  readonly sent: string[];
  /** Plays an answer for what this server does not know yet; asked each time. */
  play(path: string, answer: () => { readonly status?: number; readonly body?: unknown }): Promise<void>;
  screenshot(name: string, options?: { readonly fullPage?: boolean }): Promise<void>;
  close(): Promise<void>;
}

interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
  /** The browser's language. */
  readonly locale?: string;
  /** The key that opens it; the admin's unless told. */
  readonly role?: Role;
  /** A task to be shown. */
  readonly taskId?: string;
  /** What the link says of the language. */
  readonly language?: string;
  /** Without a link, as somebody who types the address. */
  readonly closed?: boolean;
  /** Before the page asks for anything. */
  readonly before?: (page: DashboardPage) => Promise<void>;
}

export interface DashboardStage {
  readonly backend: TestBackend;
  open(options?: PageOptions): Promise<DashboardPage>;
  link(options?: Pick<PageOptions, "role" | "taskId" | "language">): Promise<string>;
  close(): Promise<void>;
}

/** Builds the page as it is shipped, starts a backend that serves it, and a browser. */
export async function openDashboardStage(options: Partial<BackendOptions> = {}): Promise<DashboardStage> {
  const folder = await mkdtemp(join(tmpdir(), "hapa-dashboard-"));
  await build({ production: true, dist: folder, only: "dashboard" });
  const backend = await startTestBackend({ ...options, files: { ...files, dashboard: join(folder, "dashboard") } });
  const browser = await launchChromium();
  const link: DashboardStage["link"] = async ({ role, taskId, language } = {}) => {
    const key = role
      ? (await backend.client.call("createKey", { params: {}, body: { name: role, role } })).apiKey
      : backend.apiKey;
    const body = JSON.stringify({ task_id: taskId, language });
    const headers = { "x-api-key": key, "content-type": "application/json" };
    const response = await backend.fetch("/api/v1/dashboard/links", { method: "POST", headers, body });
    return backend.url + ((await response.json()) as { path: string }).path;
  };
  return {
    backend,
    link,
    open: async (opening = {}) => {
      const opened = await openPage(browser, backend.url, opening);
      await opening.before?.(opened);
      await opened.page.goto(opening.closed ? backend.url : await link(opening));
      return opened;
    },
    async close() {
      await browser.close();
      await backend.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openPage(
  browser: Browser,
  origin: string,
  { width = 1280, height = 860, scheme = "light", locale = "en-US" }: PageOptions,
): Promise<DashboardPage> {
  const context = await browser.newContext({
    ...{ viewport: { width, height }, colorScheme: scheme, locale, reducedMotion: "reduce" },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const problems: string[] = [];
  const sent: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    // Browsers tell of each answer that is not 2xx; what is refused is looked at by the tests themselves.
    if (message.text().startsWith("Failed to load resource")) return;
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith("data:")) problems.push(request.url());
    if (request.method() !== "GET")
      sent.push(`${request.method()} ${new URL(request.url()).pathname} ${request.postData() ?? ""}`.trim());
  });
  return {
    page,
    context,
    problems,
    sent,
    async play(path, answer) {
      await page.route(
        (url) => url.pathname === path,
        (route) => {
          const { status = 200, body } = answer();
          return route.fulfill({ status, contentType: "application/json", body: JSON.stringify(body ?? {}) });
        },
      );
    },
    async screenshot(name, options = {}) {
      const folder = join(process.cwd(), "out/screenshots");
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `dashboard-${name}.png`), ...options });
    },
    close: () => context.close(),
  };
}

/** A task whose program was made from examples, and ran; all runs are sampled, `judged` of them were judged. */
export async function busyTask(
  { client }: TestBackend,
  name: string,
  { runs = 20, judged = 0, wrong = 0 }: { runs?: number; judged?: number; wrong?: number } = {},
): Promise<string> {
  const pairs = [
    ["Lovelace, Ada", "Ada Lovelace"],
    ["Hopper, Grace", "Grace Hopper"],
    ["Turing, Alan", "Alan Turing"],
    ["Curie, Marie", "Marie Curie"],
  ] as const;
  const examples = pairs.map(([input, output]) => ({ input, output }));
  const task = await client.call("createTask", {
    params: {},
    body: {
      ...{ name, description: "Turns “Last, First” into “First Last”.", language: "javascript" as const, examples },
      ...{ accuracyTarget: 0.9, latencyTargetMs: 10, samplingRate: 1 },
    },
  });
  await client.call("generateProgram", { params: { id: task.id }, body: { strategy: "offline" } });
  const items = Array.from({ length: runs }, (_, n) => ({ input: `Family${n}, Given${n}` }));
  if (runs === 0) return task.id;
  const { results } = await client.call("executeBatch", {
    params: {},
    body: { taskId: task.id, items, stopOnFirstError: false, log: true },
  });
  for (const [at, { executionId }] of results.slice(0, judged).entries()) {
    const body = { executionId: executionId ?? "", correct: at >= wrong };
    await client.call("judgeExecution", { params: { id: task.id }, body });
  }
  return task.id;
}

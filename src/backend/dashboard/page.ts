/** The dashboard's page: one script and one style sheet of our own, and nothing else may load, run or be reached. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import type { Handlers, RequestContext } from "../serve.ts";

/** `require-trusted-types-for`: the browser itself refuses text that would become markup. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const icon = encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#2f7d6b" d="M9 1 3 9h4l-1 6 7-9H8z"/></svg>`,
);

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>HAPA</title>
<link rel="icon" href="data:image/svg+xml,${icon}"><link rel="stylesheet" href="/dashboard.css">
</head><body><div id="root"></div><noscript>The HAPA dashboard needs JavaScript.</noscript>
<script src="/dashboard.js"></script></body></html>`;

const notBuilt = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>HAPA</title></head>
<body><p>The dashboard is not built here. Build it with: <code>node esbuild.mjs</code></p></body></html>`;

/** @param folder Where `dashboard.js` and `dashboard.css` are. */
export function pageRoutes(
  folder: string | undefined,
): Pick<Handlers, "dashboardPage" | "dashboardScript" | "dashboardStyle"> {
  const isBuilt = () => folder !== undefined && existsSync(join(folder, "dashboard.js"));
  const file = async (name: string, context: RequestContext): Promise<string> => {
    context.header("Content-Security-Policy", policy);
    if (folder !== undefined && isBuilt()) return readFile(join(folder, name), "utf8");
    throw new HapaError("not_found", say`The dashboard is not built here. Build it with: node esbuild.mjs`);
  };
  return {
    dashboardPage(_, context) {
      context.header("Content-Security-Policy", policy);
      return isBuilt() ? html : notBuilt;
    },
    dashboardScript: (_, context) => file("dashboard.js", context),
    dashboardStyle: (_, context) => file("dashboard.css", context),
  };
}

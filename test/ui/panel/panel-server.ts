/** Serves the panel's page as VS Code does: its bundle and a theme, behind the same content policy. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type ThemeName, themeCss } from "./themes.ts";

/** Serves the files of `folder` on 127.0.0.1; `/?theme=&lang=` is the panel, `/blank` an empty page. */
export async function servePanel(folder: string): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const own = `http://${request.headers.host}`;
    if (pathname === "/") {
      const nonce = randomBytes(16).toString("base64");
      response.setHeader("content-type", "text/html");
      response.setHeader("content-security-policy", policy(own, nonce));
      response.end(html(nonce, searchParams.get("theme") ?? "dark", searchParams.get("lang") ?? "en"));
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
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin, close };
}

/** What the extension gives the view: nothing from anywhere but the extension itself. */
function policy(own: string, nonce: string): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${own}; font-src ${own}; img-src 'none'`;
}

function html(nonce: string, theme: string, lang: string): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>HAPA</title>
<link rel="stylesheet" href="/theme.css?name=${encodeURIComponent(theme)}"><link rel="stylesheet" href="/chat.css">
</head><body class="${bodyClass(theme)}"><div id="root"></div><script nonce="${nonce}" src="/chat.js"></script></body></html>`;
}

/** As VS Code marks the page. */
export function bodyClass(theme: string): string {
  if (theme === "contrast") return "vscode-high-contrast";
  if (theme === "contrastLight") return "vscode-high-contrast vscode-high-contrast-light";
  return `vscode-${theme}`;
}

function contentType(pathname: string): string {
  if (pathname.endsWith(".js")) return "text/javascript";
  return pathname.endsWith(".css") ? "text/css" : "font/ttf";
}

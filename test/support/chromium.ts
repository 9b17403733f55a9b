/** A real browser for the tests: the system's Chromium or Chrome, driven by Playwright. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const candidates = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Where the browser is: `HAPA_CHROMIUM`, else the usual places; undefined where there is none. */
export function findChromium(): string | undefined {
  const told = process.env["HAPA_CHROMIUM"];
  return told ? told : candidates.find((path) => existsSync(path));
}

/** Starts the browser, headless. The caller closes it. @throws where there is none, with what to do. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath || !existsSync(executablePath)) {
    throw new Error(
      `${executablePath ? `${executablePath} (HAPA_CHROMIUM) does not exist` : "No Chromium or Chrome was found"}. ` +
        "Install one (Debian: apt-get install chromium), or name it in HAPA_CHROMIUM.",
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

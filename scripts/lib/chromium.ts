/** Installs Chromium from Debian where no browser is found and this may be done. */
import { findChromium } from "../../test/support/chromium.ts";
import { mustRun, step } from "./run.ts";

/** @throws where there is no browser and it cannot be installed, with what to do */
export async function ensureChromium(): Promise<void> {
  if (findChromium()) return;
  if (process.getuid?.() !== 0 || process.platform !== "linux") {
    throw new Error("The tests need a browser: install Chromium or Chrome (Debian: sudo apt-get install chromium).");
  }
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await step("installing Chromium (apt-get)", async () => {
    await mustRun("apt-get", ["update", "-qq"], { env });
    await mustRun("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"], {
      env,
    });
  });
}

/**
 * `npm run test:walks`: every story of HAPA in VS Code three times, in a light, a dark and a high-contrast theme and both
 * by mouse and by keys alone (`npm test` walks each once). About fifteen minutes.
 */
import { join } from "node:path";
import { ensureChromium } from "../../scripts/lib/chromium.ts";
import { ensureCodeServer } from "../../scripts/lib/code-server.ts";
import { mustRun, projectRoot, run } from "../../scripts/lib/run.ts";

await ensureChromium();
await ensureCodeServer();
await mustRun(process.execPath, ["esbuild.mjs"]);
const mocha = join(projectRoot, "node_modules", ".bin", "mocha");
process.exitCode = await run(process.execPath, [mocha, "test/ui/workbench/**/*.test.ts", ...process.argv.slice(2)], {
  env: { HAPA_WALKS: "all" },
});

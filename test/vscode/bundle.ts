/** Bundles the suite for the extension host, which cannot load TypeScript: one file per test, so that mocha finds them. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { projectRoot } from "../../scripts/lib/run.ts";

/** Gives the path of the module whose `run()` VS Code is to call (`extensionTestsPath`). */
export async function bundleSuite(): Promise<string> {
  const folder = join(projectRoot, "test/vscode/suite");
  const outdir = join(projectRoot, "out/vscode-suite");
  const names = (await readdir(folder)).filter((name) => name === "index.ts" || name.endsWith(".test.ts"));
  await rm(outdir, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: projectRoot,
    entryPoints: names.map((name) => join(folder, name)),
    outdir,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    sourcemap: "inline",
    // Packages are found in the project's node_modules; mocha must be the same one for the runner and the tests.
    packages: "external",
    define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
    logLevel: "warning",
  });
  return join(outdir, "index.cjs");
}

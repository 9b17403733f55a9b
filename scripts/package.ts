/**
 * `npm run package`: a VSIX for one platform that holds only what runs.
 *
 *     npm run package -- [--target linux-x64] [--out FILE]
 *
 * The package is put together in `out/package/`, so that the development build in `dist/` stays as it is.
 */
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { createVSIX, listFiles, PackageManager } from "@vscode/vsce";
import { build, layOutNativeModules } from "../esbuild.mjs";
import { projectRoot, step } from "./lib/run.ts";

/** This machine, as VS Code names platforms. */
function thisPlatform(): string {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const musl = process.platform === "linux" && !report.header?.glibcVersionRuntime;
  return `${musl ? "alpine" : process.platform}-${process.arch}`;
}

const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
const { values } = parseArgs({
  options: { target: { type: "string", default: thisPlatform() }, out: { type: "string" } },
});
const { target } = values;
const staging = join(projectRoot, "out", "package");
const vsix = values.out ?? join(projectRoot, `hapa-${target}-${manifest.version}.vsix`);

/** The text of every bundled package's licence, which those licences ask for. */
async function thirdPartyNotices(packages: Iterable<string>): Promise<string> {
  const parts: string[] = [];
  for (const name of [...new Set(packages)].sort()) {
    const folder = join(projectRoot, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
    parts.push(`${name} ${version}\n\n${text}\n`);
  }
  return `HAPA contains these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** The outermost package a bundled file belongs to: `node_modules/a/node_modules/b/c.js` → `a/node_modules/b`. */
function packageOf(input: string): string | undefined {
  return /^node_modules\/(.*node_modules\/)?((?:@[^/]+\/)?[^/]+)\//.exec(input)?.slice(1).join("");
}

async function stage(): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  const dist = join(staging, "dist");
  const { inputs } = await build({ production: true, dist });
  const native = await layOutNativeModules(target, dist);
  const bundled = inputs.flatMap((input) => packageOf(input) ?? []);
  await writeFile(join(dist, "third-party-notices.txt"), await thirdPartyNotices([...bundled, ...native]));
  const words = ["package.nls.json", "package.nls.ko.json", "l10n"];
  for (const name of [".vscodeignore", "README.md", "CHANGELOG.md", "LICENSE", "media", "schemas", ...words]) {
    const from = join(projectRoot, name);
    if (!existsSync(from)) throw new Error(`${name} is missing: a package needs it.`);
    await mkdir(dirname(join(staging, name)), { recursive: true });
    await cp(from, join(staging, name), { recursive: true });
  }
  const { scripts: _scripts, dependencies: _deps, devDependencies: _devDeps, private: _private, ...rest } = manifest;
  await writeFile(join(staging, "package.json"), JSON.stringify(rest, null, 2));
}

/** What must not be in a package. @throws with the list of such files */
function checkContent(files: readonly string[]): void {
  const wrong = files.filter((file) => {
    if (/\.(ts|tsx|map|cc|cpp|h|tgz)$|(^|\/)(test|tests|src)\//.test(file)) return true;
    if (!file.endsWith(".node")) return false;
    const platform = target.replace("alpine-", "linux-");
    const fits = file.includes(`/${platform}`) || file.includes(`/${platform.replace("linux-", "linuxmusl-")}`);
    return !fits || /musl/.test(file) !== target.startsWith("alpine-");
  });
  if (wrong.length > 0) throw new Error(`The package would hold what does not run:\n  ${wrong.join("\n  ")}`);
  const code = [
    "extension.cjs",
    "backend.cjs",
    "sandbox-child.cjs",
    "validation-worker.cjs",
    "file-worker.cjs",
    "webview/chat.js",
    "webview/results.js",
    "dashboard/dashboard.js",
    "dashboard/dashboard.css",
  ];
  const data = ["quickjs.wasm", "ruff_wasm_bg.wasm", "typescript-library.json"];
  const beside = ["package.nls.json", "package.nls.ko.json", "l10n/bundle.l10n.ko.json", "schemas/task.schema.json"];
  for (const needed of [...[...code, ...data].map((name) => `dist/${name}`), ...beside])
    if (!files.includes(needed)) throw new Error(`The package would lack ${needed}: look at .vscodeignore.`);
}

async function listContent(files: readonly string[]): Promise<void> {
  const sizes = await Promise.all(files.map(async (file) => ({ file, size: (await stat(join(staging, file))).size })));
  const groups = new Map<string, number>();
  for (const { file, size } of sizes) {
    const [top = "", second = "", third = ""] = file.split("/");
    const group = second === "node_modules" ? `${top}/${second}/${third}/` : top === "media" ? "media/" : file;
    groups.set(group, (groups.get(group) ?? 0) + size);
  }
  for (const [group, size] of [...groups].sort(([, a], [, b]) => b - a))
    console.log(`  ${(size / 1024).toFixed(0).padStart(7)} kB  ${group}`);
}

try {
  await step(`building HAPA ${manifest.version} for ${target}`, stage);
  const files = await listFiles({ cwd: staging, packageManager: PackageManager.None });
  checkContent(files);
  await listContent(files);
  await step("packing", () =>
    createVSIX({
      cwd: staging,
      target,
      packagePath: vsix,
      dependencies: false,
      // Without a public repository, links stay relative.
      rewriteRelativeLinks: false,
      allowMissingRepository: true,
    }),
  );
  const { size } = await stat(vsix);
  console.log(`\n${relative(projectRoot, vsix)}: ${(size / 1e6).toFixed(1)} MB, ${files.length} files`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

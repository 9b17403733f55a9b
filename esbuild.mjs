// @ts-check
/**
 * Bundles what runs: `node esbuild.mjs [--production] [--watch]`, or `build()` from a script.
 *
 * The extension's own bundle stays small, because VS Code loads it at activation: the backend is a bundle of its own,
 * loaded by the first `await import("../backend/server.ts")`. Native modules cannot be bundled: in development they
 * are found in the project's node_modules; for a package, `layOutNativeModules` copies
 * the binaries of one platform.
 */
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const usualDist = join(root, "dist");
const nativeModules = ["better-sqlite3", "isolated-vm"];

/**
 * Leaves the backend out of a bundle that uses it: `src/backend/server.ts` is then `./backend.cjs` beside it.
 * @type {esbuild.Plugin}
 */
const backendApart = {
  name: "backend-apart",
  setup(build) {
    build.onResolve({ filter: /backend\/server\.ts$|^\.\/server\.ts$/ }, (found) => {
      const path = join(found.resolveDir, found.path);
      return path === join(root, "src/backend/server.ts") ? { path: "./backend.cjs", external: true } : undefined;
    });
  },
};

/**
 * Leaves what reads task files, and the YAML parser with it, out of the extension's bundle, which VS Code loads at its start.
 * @type {esbuild.Plugin}
 */
const taskFilesApart = {
  name: "task-files-apart",
  setup(build) {
    build.onResolve({ filter: /\/yaml\.ts$/ }, (found) => {
      const path = join(found.resolveDir, found.path);
      const isIt = path === join(root, "src/extension/task-files/yaml.ts");
      return isIt ? { path: "./task-files.cjs", external: true } : undefined;
    });
  },
};

/** Needed only once there is a model, and together a third of the backend. */
const packagesApart = ["openai", "undici"];

/**
 * Leaves these packages out of a bundle: each is then a file of its own beside it, read when it is first imported.
 * @type {esbuild.Plugin}
 */
const modelsApart = {
  name: "models-apart",
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(${packagesApart.join("|")})$`) }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path: `./${path}.cjs`, external: true } : undefined,
    );
  },
};

/**
 * Leaves out zod's messages in fifty other languages, a third of its size, which an extension would load at activation.
 * @type {esbuild.Plugin}
 */
const zodInEnglish = {
  name: "zod-in-english",
  setup(build) {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/**
 * Writes what esbuild leaves as it is, in tagged templates and regular expressions, as escapes: one character beyond
 * ASCII, and V8 keeps the whole bundle with two bytes a character, for as long as the extension runs.
 * @type {esbuild.Plugin}
 */
const inAscii = {
  name: "in-ascii",
  setup({ initialOptions: { outfile = "" }, onEnd }) {
    onEnd(async ({ errors }) => {
      if (errors.length > 0) return;
      const text = await readFile(outfile, "utf8");
      const escaped = (/** @type {string} */ unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what is meant is "not ASCII".
      await writeFile(outfile, text.replace(/[^\x00-\x7f]/g, escaped));
    });
  },
};

/**
 * Puts a file of a package beside the bundle.
 * @param {string} file below node_modules
 * @param {string} name
 * @returns {esbuild.Plugin}
 */
const besideBundle = (file, name) => ({
  name: "beside-bundle",
  setup(build) {
    const folder = dirname(build.initialOptions.outfile ?? "");
    build.onEnd(() => cp(join(root, "node_modules", file), join(folder, name)));
  },
});

/**
 * Puts the types of the standard library beside the bundle, as one file: what a browser and JavaScript itself have.
 * @type {esbuild.Plugin}
 */
const libraryBeside = {
  name: "library-beside",
  setup(build) {
    const from = join(root, "node_modules/@typescript/old/lib");
    const folder = dirname(build.initialOptions.outfile ?? "");
    build.onEnd(async () => {
      const names = (await readdir(from)).filter((name) => /^lib\.(es|dom|decorators)[\w.]*\.d\.ts$/.test(name));
      const texts = await Promise.all(names.map(async (name) => [name, await readFile(join(from, name), "utf8")]));
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "typescript-library.json"), JSON.stringify(Object.fromEntries(texts)));
    });
  },
};

/**
 * Says when a rebuild begins and ends, in the words that the problem matcher of `.vscode/tasks.json` waits for.
 * @param {string} name
 * @returns {esbuild.Plugin}
 */
const reporter = (name) => ({
  name: "reporter",
  setup(build) {
    build.onStart(() => console.log(`[watch] build started: ${name}`));
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors)
        console.error(`✘ [ERROR] ${text}\n    ${location?.file}:${location?.line}:${location?.column}:`);
      console.log(`[watch] build finished: ${name}`);
    });
  },
});

/**
 * @param {boolean} production
 * @param {string} dist
 * @returns {Record<string, esbuild.BuildOptions & { entryPoints: string[] }>} name → what to build
 */
function bundles(production, dist) {
  /** @type {esbuild.BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify: production,
    sourcemap: !production,
    legalComments: "none",
    logLevel: "silent",
    metafile: true,
  };
  /** @type {esbuild.BuildOptions} */
  const onNode = {
    ...common,
    platform: "node",
    target: "node24",
    format: "cjs",
    external: ["vscode", ...nativeModules],
    banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: {
      "import.meta.url": "importMetaUrl",
      "import.meta.filename": "__filename",
      "import.meta.dirname": "__dirname",
    },
    // `import()` of an own bundle becomes `require`: VS Code looks after that one.
    supported: { "dynamic-import": false },
  };
  /** Not while developing: lines and columns would no longer be those of the source map. */
  const shipped = production ? [inAscii] : [];
  /** @type {esbuild.BuildOptions} */
  const inBrowser = {
    ...common,
    platform: "browser",
    target: "es2023",
    format: "iife",
    jsx: "automatic",
    loader: { ".ttf": "file" },
    assetNames: "[name]",
    define: { "process.env.NODE_ENV": production ? '"production"' : '"development"' },
  };
  return {
    extension: {
      ...onNode,
      entryPoints: ["src/extension/main.ts"],
      outfile: join(dist, "extension.cjs"),
      plugins: [backendApart, taskFilesApart, zodInEnglish, ...shipped],
    },
    "task files": {
      ...onNode,
      entryPoints: ["src/extension/task-files/yaml.ts"],
      outfile: join(dist, "task-files.cjs"),
      plugins: shipped,
    },
    backend: {
      ...onNode,
      entryPoints: ["src/backend/server.ts"],
      outfile: join(dist, "backend.cjs"),
      plugins: [modelsApart, zodInEnglish, ...shipped],
    },
    ...Object.fromEntries(
      packagesApart.map((name) => [
        name,
        {
          ...onNode,
          entryPoints: [fileURLToPath(import.meta.resolve(name)).slice(root.length + 1)],
          outfile: join(dist, `${name}.cjs`),
          plugins: shipped,
        },
      ]),
    ),
    cli: {
      ...onNode,
      entryPoints: ["src/backend/cli.ts"],
      outfile: join(dist, "cli.cjs"),
      plugins: [backendApart, zodInEnglish],
    },
    "sandbox child": {
      ...onNode,
      entryPoints: ["src/sandbox/child/main.ts"],
      outfile: join(dist, "sandbox-child.cjs"),
      // The Python runtime is an ES module that is not known here.
      supported: {},
      plugins: [besideBundle("@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm", "quickjs.wasm")],
    },
    "synthesis worker": {
      ...onNode,
      entryPoints: ["src/synthesis/worker.ts"],
      outfile: join(dist, "synthesis-worker.cjs"),
    },
    "validation worker": {
      ...onNode,
      entryPoints: ["src/validation/worker.ts"],
      outfile: join(dist, "validation-worker.cjs"),
      plugins: [besideBundle("@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm", "ruff_wasm_bg.wasm"), libraryBeside],
    },
    "file worker": {
      ...onNode,
      entryPoints: ["src/extension/files/worker.ts"],
      outfile: join(dist, "file-worker.cjs"),
      plugins: [zodInEnglish],
    },
    chat: { ...inBrowser, entryPoints: ["webview-ui/chat/main.tsx"], outfile: join(dist, "webview/chat.js") },
    results: { ...inBrowser, entryPoints: ["webview-ui/results/main.tsx"], outfile: join(dist, "webview/results.js") },
    dashboard: {
      ...inBrowser,
      entryPoints: ["webview-ui/dashboard/main.tsx"],
      outfile: join(dist, "dashboard/dashboard.js"),
    },
  };
}

/**
 * Builds everything into `dist/` or the folder given (emptied first, unless watching).
 * @param {{ production?: boolean, watch?: boolean, dist?: string, only?: string }} [options] `only`: the name of one bundle
 * @returns {Promise<{ inputs: string[], outputs: Record<string, number>, stop: () => Promise<void> }>} the source files
 *   that went in, the files made with their size in bytes; `stop` ends watching
 * @throws where a bundle fails, or its entry file does not exist (the others are built all the same)
 */
export async function build({ production = false, watch = false, dist = usualDist, only } = {}) {
  if (!watch) await rm(dist, { recursive: true, force: true });
  const all = Object.entries(bundles(production, dist)).filter(([name]) => only === undefined || name === only);
  const present = all.filter(([, { entryPoints }]) => entryPoints.every((path) => existsSync(join(root, path))));
  /** @type {esbuild.BuildContext[]} */
  const contexts = [];
  /** @type {Set<string>} */
  const inputs = new Set();
  /** @type {Record<string, number>} */
  const outputs = {};
  /** @type {string[]} */
  const problems = all.filter((one) => !present.includes(one)).map(([name, o]) => `${name}: no ${o.entryPoints[0]}`);
  await Promise.all(
    present.map(async ([name, options]) => {
      if (watch) {
        const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), reporter(name)] });
        contexts.push(context);
        return context.watch();
      }
      try {
        const { metafile } = await esbuild.build(options);
        for (const input of Object.keys(metafile?.inputs ?? {})) inputs.add(input);
        for (const [path, { bytes }] of Object.entries(metafile?.outputs ?? {})) outputs[path] = bytes;
      } catch (error) {
        const { errors } = /** @type {esbuild.BuildFailure} */ (error);
        if (!errors) throw error;
        problems.push(
          ...(await esbuild.formatMessages(errors, { kind: "error", color: process.stdout.isTTY === true })),
        );
      }
    }),
  );
  if (problems.length > 0 && !watch) throw new Error(`The build failed:\n${problems.join("\n")}`);
  for (const problem of problems) console.error(problem);
  return {
    inputs: [...inputs],
    outputs,
    stop: async () => void (await Promise.all(contexts.map((context) => context.dispose()))),
  };
}

/**
 * Copies the native modules, with the binaries of one platform only, to the `node_modules` of `dist`.
 * @param {string} target as VS Code names it: `linux-x64`, `alpine-x64`, `darwin-arm64`, `win32-x64` …
 * @param {string} dist
 * @returns {Promise<string[]>} the names of the modules copied
 * @throws where a module has no binary for that platform
 */
export async function layOutNativeModules(target, dist) {
  const musl = target.startsWith("alpine-");
  const platform = musl ? target.replace("alpine-", "linux-") : target;
  const copied = [...nativeModules, "node-gyp-build"];
  const files = {
    "better-sqlite3": {
      plain: ["package.json", "LICENSE", "lib"],
      binaries: [`prebuilds/${musl ? platform.replace("linux-", "linuxmusl-") : platform}.node`],
    },
    "isolated-vm": {
      plain: ["package.json", "LICENSE", "isolated-vm.js"],
      binaries: (await readdir(join(root, "node_modules/isolated-vm/prebuilds", platform)).catch(() => []))
        .filter((name) => !platform.startsWith("linux-") || name.includes(musl ? ".musl." : ".glibc."))
        .map((name) => `prebuilds/${platform}/${name}`),
    },
    "node-gyp-build": { plain: ["package.json", "LICENSE", "index.js", "node-gyp-build.js"], binaries: undefined },
  };
  for (const [name, { plain, binaries }] of Object.entries(files)) {
    const from = join(root, "node_modules", name);
    const missing = binaries?.length === 0 || binaries?.some((path) => !existsSync(join(from, path)));
    if (missing) throw new Error(`${name} has no binary for ${target}.`);
    for (const path of [...plain, ...(binaries ?? [])]) {
      const to = join(dist, "node_modules", name, path);
      await mkdir(dirname(to), { recursive: true });
      await cp(join(from, path), to, { recursive: true });
    }
  }
  return copied;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const watch = process.argv.includes("--watch");
  const started = performance.now();
  try {
    const { outputs } = await build({ production: process.argv.includes("--production"), watch });
    for (const [path, bytes] of Object.entries(outputs))
      if (!path.endsWith(".map")) console.log(`  ${path.padEnd(32)} ${(bytes / 1024).toFixed(0).padStart(6)} kB`);
    if (!watch) console.log(`Built ${relative(root, usualDist)}/ in ${Math.round(performance.now() - started)} ms`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

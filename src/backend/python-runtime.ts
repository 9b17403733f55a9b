/**
 * Where the Python runtime (Pyodide) is, and how it gets there. It would triple the size of HAPA's package, so it is
 * fetched once, into the data folder, when the person asks for it; a development checkout has it in node_modules.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { HapaError } from "../contract/errors.ts";
import { type Said, say } from "../contract/say.ts";
import { createSingleFlight } from "../generation/single-flight.ts";
import { describeSource, holdsPackage, installPackage, type PublishedPackage, sourceOf } from "./python-download.ts";

/** Every byte that is run is fixed here, whichever mirror it comes from. */
export const pyodide: PublishedPackage = {
  name: "pyodide",
  version: "314.0.7",
  integrity: "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==",
  files: [
    "package.json",
    "pyodide-lock.json",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide.mjs",
    "python_stdlib.zip",
  ],
};
const downloadMb = 6.5;
const defaultSource = "https://registry.npmjs.org";

export interface PythonOptions {
  /** An npm registry or mirror, or the absolute path of the downloaded archive; npm's own registry where empty. Asked at each use. */
  readonly source?: () => string;
  /** Looked for in the node_modules nearest above this folder first, that of this code unless told; null: nowhere. */
  readonly beside?: string | null;
  /** What is fetched: `pyodide` unless told. */
  readonly published?: PublishedPackage;
}

/** What to tell the person before anything is fetched. */
export interface PythonSetup {
  readonly isThere: boolean;
  readonly version: string;
  readonly downloadMb: number;
  /** Host name, or path of a file or folder. */
  readonly from: string;
  readonly folder: string;
}

export interface PythonRuntime {
  /** The folder that holds it. @throws HapaError("sandbox_unavailable") that says how to get it. */
  folder(): Promise<string>;
  /** @throws HapaError("invalid_request") where the source is none. */
  about(): Promise<PythonSetup>;
  /** Fetches it unless it is there; who asks meanwhile waits for the same download. @throws as `installPackage` */
  setUp(signal: AbortSignal, tell: (message: Said, fraction: number | undefined) => void): Promise<void>;
  /** Resolves when a download that was cancelled has cleaned up behind itself. */
  settled(): Promise<void>;
}

export function createPythonRuntime(dataDir: string, options: PythonOptions = {}): PythonRuntime {
  const published = options.published ?? pyodide;
  const { name, version } = published;
  const own = join(dataDir, "engines", `${name}-${version}`);
  const beside = options.beside === null ? undefined : besideCode(options.beside ?? import.meta.dirname);
  const flights = createSingleFlight<void, readonly [Said, number | undefined]>();
  let installing: Promise<void> | undefined;

  const find = async (): Promise<string | undefined> => {
    for (const folder of beside === undefined ? [own] : [beside, own]) {
      if (await holdsPackage(folder, published)) return folder;
    }
    return undefined;
  };
  const source = () => sourceOf(options.source?.().trim() || defaultSource, published);

  return {
    async folder() {
      const folder = await find();
      if (folder !== undefined) return folder;
      throw new HapaError(
        "sandbox_unavailable",
        say`Python programs need a runtime that HAPA does not bring along (${downloadMb} MB, fetched once): run "HAPA: Set Up Python…" in VS Code, start a server with --set-up-python, or ask a running one by POST /api/v1/sandbox/python.`,
        { set_up: "python" },
      );
    },
    async about() {
      const there = await find();
      return {
        isThere: there !== undefined,
        version,
        downloadMb,
        from: there ?? describeSource(source()),
        folder: there ?? own,
      };
    },
    setUp: (signal, tell) =>
      flights.run(
        own,
        signal,
        (event) => tell(...event),
        async (either, emit) => {
          if ((await find()) !== undefined) return;
          const from = source();
          emit([say`Fetching Python from ${describeSource(from)}`, undefined]);
          installing = installPackage(published, from, own, {
            signal: either,
            onBytes: (bytes, total) => {
              if (total === undefined) emit([say`Fetching Python: ${megabytes(bytes)} MB`, undefined]);
              else emit([say`Fetching Python: ${megabytes(bytes)} of ${megabytes(total)} MB`, bytes / total]);
            },
          });
          await installing;
        },
      ),
    settled: async () => {
      await installing?.catch(() => {}); // Whoever asked for it was told.
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/** Where Node would look for it, but no further up than the project this code belongs to. */
function besideCode(folder: string): string | undefined {
  if (existsSync(join(folder, "node_modules"))) return join(folder, "node_modules", pyodide.name);
  const parent = dirname(folder);
  return parent === folder ? undefined : besideCode(parent);
}

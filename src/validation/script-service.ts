/** TypeScript's language service over one file in memory and the standard library. */
import ts from "typescript";
import type { StandardLibrary } from "./standard-library.ts";

const lenient: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  // A file by itself: its names are its own, and `await` may stand at its top.
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
  types: [],
  allowJs: true,
  checkJs: true,
  allowImportingTsExtensions: true,
  jsx: ts.JsxEmit.Preserve,
  noEmit: true,
  noResolve: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  strict: false,
};
const strict: ts.CompilerOptions = {
  ...lenient,
  strict: true,
  // What is imported has no type here, so that much of what is done with it would be "implicitly any".
  noImplicitAny: false,
  noImplicitThis: false,
  strictPropertyInitialization: false,
  useUnknownInCatchVariables: false,
};

/** The library's comments are half of it, and nobody sees them here. */
export const jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors;

const libraryFolder = "/library/";

export interface ScriptService {
  readonly service: ts.LanguageService;
  /** Makes this the one file there is. What the service knows of the library stays. */
  open(name: string, code: string): void;
}

/**
 * @param registry shared by services, so that the library is read once
 * @param cancelled asked now and then; where true, the work under way throws `ts.OperationCanceledException`
 */
export function createScriptService(
  javascript: boolean,
  library: StandardLibrary,
  registry: ts.DocumentRegistry,
  cancelled: () => boolean,
): ScriptService {
  const options = javascript ? lenient : strict;
  const snapshots = new Map<string, ts.IScriptSnapshot>();
  let current = { name: "/code.ts", version: 0, snapshot: ts.ScriptSnapshot.fromString("") };
  const snapshotOf = (name: string): ts.IScriptSnapshot | undefined => {
    if (name === current.name) return current.snapshot;
    const known = snapshots.get(name);
    if (known || !name.startsWith(libraryFolder)) return known;
    const text = library.read(name.slice(libraryFolder.length));
    if (text === undefined) return undefined;
    const snapshot = ts.ScriptSnapshot.fromString(text);
    snapshots.set(name, snapshot);
    return snapshot;
  };
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [current.name],
    getScriptVersion: (name) => (name === current.name ? String(current.version) : "1"),
    getScriptSnapshot: snapshotOf,
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => `${libraryFolder}lib.esnext.full.d.ts`,
    fileExists: (name) => snapshotOf(name) !== undefined,
    readFile: () => undefined,
    directoryExists: () => false,
    jsDocParsingMode,
    getCancellationToken: () => ({ isCancellationRequested: cancelled }),
  };
  return {
    service: ts.createLanguageService(host, registry),
    open(name, code) {
      current = { name, version: current.version + 1, snapshot: ts.ScriptSnapshot.fromString(code) };
    },
  };
}

/** The standard library's types (`lib.*.d.ts`): one file beside the bundle, or TypeScript's own folder. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

export interface StandardLibrary {
  /** @param name such as `lib.es2023.array.d.ts` @returns undefined where there is none of that name */
  read(name: string): string | undefined;
}

/** Written by the build: `{ "lib.dom.d.ts": "…" }`. */
const bundled = "typescript-library.json";

export function openStandardLibrary(): StandardLibrary {
  const folder = dirname(ts.sys.getExecutingFilePath());
  const file = join(folder, bundled);
  if (existsSync(file)) {
    const texts = new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>));
    return { read: (name) => texts.get(name) };
  }
  return { read: (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : undefined) };
}

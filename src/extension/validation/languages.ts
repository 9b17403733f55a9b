/** What of VS Code's languages HAPA can check, and under what name a document is checked. Pure. */
import type { Language } from "../../contract/tasks.ts";

const languages: ReadonlyMap<string, { readonly language: Language; readonly ending: RegExp; readonly usual: string }> =
  new Map([
    ["python", { language: "python", ending: /\.pyi?$/i, usual: ".py" }],
    ["javascript", { language: "javascript", ending: /\.(js|mjs|cjs)$/i, usual: ".js" }],
    ["javascriptreact", { language: "javascript", ending: /\.jsx$/i, usual: ".jsx" }],
    ["typescript", { language: "typescript", ending: /\.(ts|mts|cts)$/i, usual: ".ts" }],
    ["typescriptreact", { language: "typescript", ending: /\.tsx$/i, usual: ".tsx" }],
  ]);

export const checkedLanguages: readonly string[] = [...languages.keys()];

export interface CheckedAs {
  readonly language: Language;
  /** A file name that ends as the language wants it. */
  readonly filePath: string;
}

/**
 * @param languageId as VS Code names it
 * @param path of the document; an untitled one has no ending
 * @returns undefined for a language that is not checked
 */
export function checkedAs(languageId: string, path: string): CheckedAs | undefined {
  const known = languages.get(languageId);
  if (!known) return undefined;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return { language: known.language, filePath: known.ending.test(name) ? name : `untitled${known.usual}` };
}

/** Files for `@` in the composer: those that are open first, then those of the workspace whose names match. */
import * as vscode from "vscode";
import { holdsSecrets } from "../../contract/secret-files.ts";
import type { Chip } from "../../contract/webview.ts";
import { fileNameOf, pathOf } from "./place.ts";

export interface FoundFile {
  readonly chip: Chip;
  readonly uri: vscode.Uri;
}

const most = 50;
const excluded =
  "**/{node_modules,bower_components,.git,.hg,.svn,dist,out,build,coverage,target,.venv,venv,__pycache__,.next,.cache}/**";
const noText =
  /\.(png|jpe?g|gif|webp|ico|bmp|tiff?|pdf|zip|gz|tgz|7z|rar|jar|exe|dll|so|dylib|wasm|woff2?|ttf|otf|mp[34]|mov|avi|db|sqlite|bin|vsix)$/i;

/** Files that are likely to hold secrets are found only by their whole name; their text goes along only after a question. */
export async function findFiles(query: string, token: vscode.CancellationToken): Promise<FoundFile[]> {
  const wanted = query.trim();
  const found = new Map<string, vscode.Uri>();
  const add = (uri: vscode.Uri): void => {
    const path = pathOf(uri);
    const matches = path.toLowerCase().includes(wanted.toLowerCase());
    const secret = holdsSecrets(path) && fileNameOf(uri).toLowerCase() !== wanted.toLowerCase();
    if (found.size < most && matches && !secret && !noText.test(path)) found.set(uri.toString(), uri);
  };
  for (const { tabs } of vscode.window.tabGroups.all)
    for (const { input } of tabs)
      if (input instanceof vscode.TabInputText && input.uri.scheme !== "untitled") add(input.uri);
  if ((vscode.workspace.workspaceFolders ?? []).length > 0 && found.size < most) {
    for (const uri of await vscode.workspace.findFiles(globOf(wanted), excluded, 4 * most, token)) add(uri);
  }
  return [...found.values()].map((uri) => {
    const path = pathOf(uri);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const count = open?.lineCount ?? 0;
    return { uri, chip: { id: `file:${path}`, kind: "file", label: fileNameOf(uri), path, count } };
  });
}

/** Any path with these words in it, in small or capital letters; what means something in a pattern stands for any character. */
function globOf(query: string): string {
  const letters = [...query].map((letter) => {
    if (/[*?[\]{}!,\\]/.test(letter)) return "?";
    const [small, large] = [letter.toLowerCase(), letter.toUpperCase()];
    return small === large || small.length > 1 || large.length > 1 ? letter : `[${small}${large}]`;
  });
  if (letters.length === 0) return "**/*";
  return `**/*${letters.join("")}*${query.includes("/") ? "{,/**}" : ""}`;
}

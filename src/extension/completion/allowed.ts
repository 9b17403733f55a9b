/** Where completion may work: in documents a person writes, that hold no secrets, in languages it is on for. */
import * as vscode from "vscode";
import { holdsSecrets } from "../../contract/secret-files.ts";

/** Not in the output, in what git shows of the past, in settings, in diffs of HAPA's own. */
const schemes = new Set(["file", "untitled", "vscode-remote", "vscode-vfs", "vscode-notebook-cell"]);

export type Refusal = "restricted" | "off" | "language" | "place" | "secrets";

/** Undefined: it may. */
export function refusalFor(document: vscode.TextDocument): Refusal | undefined {
  const settings = vscode.workspace.getConfiguration("hapa.completion", document);
  if (!settings.get<boolean>("enabled", false)) return "off";
  if (!vscode.workspace.isTrusted) return "restricted";
  if (!schemes.has(document.uri.scheme)) return "place";
  if (holdsSecrets(document.uri.path) || isExcluded(document, settings)) return "secrets";
  const languages = settings.get<Record<string, boolean>>("languages", {});
  return (languages[document.languageId] ?? languages["*"] ?? true) ? undefined : "language";
}

/** By the patterns of every level: a folder's settings may exclude more, never less. */
function isExcluded(document: vscode.TextDocument, settings: vscode.WorkspaceConfiguration): boolean {
  const levels = settings.inspect<string[]>("exclude");
  const patterns = [levels?.globalValue, levels?.workspaceValue, levels?.workspaceFolderValue].flatMap((level) =>
    Array.isArray(level) ? level.filter((pattern) => typeof pattern === "string" && pattern !== "") : [],
  );
  return patterns.some((pattern) => vscode.languages.match({ pattern }, document) > 0);
}

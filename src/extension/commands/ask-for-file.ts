/** Which file to run on: those of the workspace that HAPA reads, the active one first, or any other. */
import * as vscode from "vscode";

const readable = "**/*.{csv,tsv,tab,json,jsonl,ndjson,txt,log}";
const maxListed = 500;

/** Undefined where the person gave up. */
export async function askForFile(): Promise<string | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const found = (await vscode.workspace.findFiles(readable, undefined, maxListed)).filter(isOnDisk);
  const rest = found.filter((uri) => uri.toString() !== active?.toString());
  const listed = [...(active && isOnDisk(active) ? [active] : []), ...rest.sort((a, b) => (a.path < b.path ? -1 : 1))];
  const browse = { label: vscode.l10n.t("$(folder-opened) Another file…"), uri: undefined };
  const items = [
    ...listed.map((uri) => ({
      label: `$(file) ${vscode.workspace.asRelativePath(uri)}`,
      ...(uri === active ? { description: vscode.l10n.t("open in the editor") } : {}),
      uri,
    })),
    browse,
  ];
  const title = vscode.l10n.t("Run a Program on Which File?");
  const chosen =
    listed.length > 0 ? await vscode.window.showQuickPick<(typeof items)[number]>(items, { title }) : browse;
  if (chosen !== browse) return chosen?.uri?.fsPath;
  const [other] = (await vscode.window.showOpenDialog({ title, openLabel: vscode.l10n.t("Choose") })) ?? [];
  return other?.fsPath;
}

function isOnDisk({ scheme }: vscode.Uri): boolean {
  return scheme === "file";
}

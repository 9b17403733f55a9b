/** Try a Sample: from nothing to a proven program in a minute, without account, key or network. */
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { keepProgram } from "../programs-view/sample.ts";
import { readArguments } from "./arguments.ts";

type Sample = "names" | "tickets" | "program";

/** Argument: `sample`, "names", "tickets" or "program" (gives the version made). */
export async function run(app: App, args: unknown): Promise<unknown> {
  const { t } = vscode.l10n;
  const offered: readonly (vscode.QuickPickItem & { readonly sample: Sample })[] = [
    {
      sample: "names",
      label: t("$(person) Names into e-mail addresses"),
      detail: t("Three examples, a program, and a preview on your lines"),
    },
    {
      sample: "tickets",
      label: t("$(tag) 2,000 support tickets, 200 of them labelled"),
      detail: t("Learn the labels and fill in the rest"),
    },
    {
      sample: "program",
      label: t("$(symbol-method) First name first"),
      detail: t("A program that is kept, with its code, to run whenever you like"),
    },
  ];
  const given = readArguments(args).text("sample");
  const sample =
    offered.find((item) => item.sample === given)?.sample ??
    (await vscode.window.showQuickPick(offered, { title: t("Which sample?") }))?.sample;
  if (!sample) return undefined;
  if (sample === "names") return tryNames(app);
  if (sample === "program") return keepProgram(app);
  const file = await copyOf(app, "tickets.csv");
  await vscode.window.showTextDocument(file, { preview: false });
  const columns = { inputColumn: "text", labelColumn: "label" };
  return vscode.commands.executeCommand("hapa.runOnFile", { file: file.fsPath, ...columns });
}

/** In a document of its own, so that nothing of the person's is touched. */
async function tryNames(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const file = vscode.Uri.joinPath(app.extensionUri, "media", "samples", "names.txt");
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ content, language: "plaintext" });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(new vscode.Position(0, 0), end);
  await app.panel.compose({
    question: t("Make an e-mail address from each name"),
    examples: [
      "Lovelace, Ada => ada.lovelace@example.com",
      "Hopper, Grace => grace.hopper@example.com",
      "Turing, Alan => alan.turing@example.com",
    ].join("\n"),
    send: true,
  });
}

/** A copy the person may change; the one that came with HAPA stays as it is. */
async function copyOf(app: App, name: string): Promise<vscode.Uri> {
  const folder = join(app.storagePath, "samples");
  await mkdir(folder, { recursive: true });
  const copy = join(folder, name);
  await copyFile(vscode.Uri.joinPath(app.extensionUri, "media", "samples", name).fsPath, copy);
  return vscode.Uri.file(copy);
}

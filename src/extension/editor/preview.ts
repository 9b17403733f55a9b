/**
 * Shows what a program would make of the selected lines as a diff, and replaces them only when the person accepts:
 * one edit, one undo step, and nothing at all where the lines changed meanwhile.
 */
import * as vscode from "vscode";
import { Notice } from "../errors.ts";
import type { Log } from "../log.ts";
import { lineEdits, replacedText } from "./replace.ts";
import { isUnchanged, type Snapshot } from "./selection.ts";

export interface Change {
  readonly snapshot: Snapshot;
  /** One for each line of the snapshot; null keeps the line (the program failed on it). */
  readonly outputs: readonly (string | null)[];
  /** What to say beside Accept and Discard. */
  readonly message: string;
  /** After the lines were replaced. */
  readonly onAccepted?: () => Promise<void>;
}

export interface Previews {
  /** Opens the diff and returns; an earlier preview is discarded. */
  show(change: Change): Promise<void>;
  /** @throws Notice where there is no preview, or the lines changed meanwhile. */
  accept(): Promise<void>;
  discard(): Promise<void>;
  /** The lines that the preview in front is about: asked anew, HAPA works on them again. */
  inFront(): Snapshot | undefined;
  dispose(): void;
}

const scheme = "hapa-preview";

export function createPreviews(log: Log): Previews {
  let current: { readonly change: Change; readonly uri: vscode.Uri; readonly text: string } | undefined;
  let count = 0;

  const setCurrent = async (next: typeof current): Promise<void> => {
    current = next;
    await vscode.commands.executeCommand("setContext", "hapa.previewing", next !== undefined);
  };
  const close = async (): Promise<void> => {
    const uri = current?.uri;
    await setCurrent(undefined);
    if (!uri) return;
    // Its message, with buttons that have nothing to do any more, would stand below the next one.
    await vscode.commands.executeCommand("notifications.hideToasts");
    await vscode.window.tabGroups.close(tabsOf(uri));
  };

  const subscriptions = [
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => (current?.uri.toString() === uri.toString() ? current.text : ""),
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      const gone = current && closed.some((tab) => modifiedOf(tab)?.toString() === current?.uri.toString());
      if (gone) void setCurrent(undefined);
    }),
  ];

  const previews: Previews = {
    async show(change) {
      await close();
      const { snapshot } = change;
      const document = await vscode.workspace.openTextDocument(snapshot.uri);
      requireUnchanged(document, snapshot);
      const all = Array.from({ length: document.lineCount }, (_, number) => document.lineAt(number).text);
      count += 1;
      const uri = vscode.Uri.from({ scheme, path: `/${snapshot.fileName}`, query: String(count) });
      const text = replacedText(all, snapshot.lines, change.outputs, endingOf(document));
      await setCurrent({ change, uri, text });
      const title = `HAPA: preview of ${snapshot.fileName} — Accept with the ✓ button`;
      // In a tab of its own: a preview tab would take the place of the file where that is one.
      const opened = vscode.commands.executeCommand("vscode.diff", snapshot.uri, uri, title, { preview: false });
      // Not after the diff: of a hundred thousand lines it takes seconds.
      void vscode.window.showInformationMessage(change.message, "Accept", "Discard").then((chosen) => {
        if (!chosen || current?.uri !== uri) return;
        void vscode.commands.executeCommand(chosen === "Accept" ? "hapa.preview.accept" : "hapa.preview.discard");
      });
      await opened;
      // Another preview, or Accept, was faster than the diff: its tab was not there to be closed.
      if (current?.uri !== uri) await vscode.window.tabGroups.close(tabsOf(uri));
    },

    async accept() {
      if (!current) throw new Notice("There is no preview to accept.");
      const { change } = current;
      const { snapshot, outputs } = change;
      const document = await vscode.workspace.openTextDocument(snapshot.uri);
      try {
        requireUnchanged(document, snapshot);
      } finally {
        await close();
      }
      const edit = new vscode.WorkspaceEdit();
      for (const { startLine, endLine, endCharacter, text } of lineEdits(snapshot.lines, outputs, endingOf(document)))
        edit.replace(snapshot.uri, new vscode.Range(startLine, 0, endLine, endCharacter), text);
      if (!(await vscode.workspace.applyEdit(edit)))
        throw new Notice(`${snapshot.fileName} cannot be changed (is it read-only?). Nothing was replaced.`);
      await vscode.window.showTextDocument(document, { preview: false, selection: rangeOf(document, snapshot) });
      log.info(`Replaced ${outputs.filter((output) => output !== null).length} lines of ${snapshot.fileName}`);
      await change.onAccepted?.();
    },

    async discard() {
      await close();
    },

    inFront() {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      const isFront = current && tab && modifiedOf(tab)?.toString() === current.uri.toString();
      return isFront ? current?.change.snapshot : undefined;
    },

    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
  return previews;
}

function requireUnchanged(document: vscode.TextDocument, snapshot: Snapshot): void {
  if (!isUnchanged(document, snapshot))
    throw new Notice(
      `The selected lines of ${snapshot.fileName} changed meanwhile, so nothing was replaced. Select them and try again.`,
    );
}

/** From the first to the last line that was replaced, so that another program can follow. */
function rangeOf(document: vscode.TextDocument, { lines }: Snapshot): vscode.Range {
  const [first, last] = [lines[0]?.number ?? 0, lines.at(-1)?.number ?? 0];
  return document.validateRange(new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER));
}

function endingOf(document: vscode.TextDocument): string {
  return document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
}

function modifiedOf(tab: vscode.Tab): vscode.Uri | undefined {
  return tab.input instanceof vscode.TabInputTextDiff ? tab.input.modified : undefined;
}

function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => modifiedOf(tab)?.toString() === uri.toString());
}

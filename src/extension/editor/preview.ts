/**
 * Shows what a program would make of the selected lines as a diff, and replaces them only when the person accepts:
 * one edit, one undo step, and nothing at all where the lines changed meanwhile.
 */
import * as vscode from "vscode";
import type { Arguments } from "../commands/arguments.ts";
import { Notice } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Questions } from "./ask-doubts.ts";
import { createDoubtMarks } from "./doubt-marks.ts";
import { lineEdits, placesAfter, replacedText } from "./replace.ts";
import { isUnchanged, type Snapshot } from "./selection.ts";

export interface Change {
  readonly snapshot: Snapshot;
  /** One for each line of the snapshot; null keeps the line (the program failed on it). */
  readonly outputs: readonly (string | null)[];
  /** What to say beside Accept and Discard. */
  readonly message: string;
  readonly isWarning?: boolean;
  /** Lines of the snapshot, by their place in it, that could be meant otherwise, and what to say beside them. */
  readonly doubtful?: readonly { readonly at: number; readonly hint: string }[];
  /** Asks about them; offered by a button where it is there. */
  readonly onAsk?: Questions<unknown>;
  /** After the lines were replaced. */
  readonly onAccepted?: () => Promise<void>;
}

export interface Previews {
  /** Opens the diff and returns; an earlier preview is discarded. The signal is aborted when this one is closed. */
  show(change: Change): Promise<AbortSignal>;
  /** @throws Notice where there is no preview, or the lines changed meanwhile. */
  accept(): Promise<void>;
  discard(): Promise<void>;
  /** @throws Notice where there is no preview, or none of its lines is doubtful. */
  ask(given: Arguments): Promise<unknown>;
  /** Whether lines of the document were replaced by an accepted preview and have not been saved since. */
  hasReplaced(uri: vscode.Uri): boolean;
  /** They were, by a preview in the document itself. */
  noteReplaced(uri: vscode.Uri): void;
  /** The lines that the preview in front is about: asked anew, HAPA works on them again. */
  inFront(): Snapshot | undefined;
  dispose(): void;
}

const scheme = "hapa-preview";

export function createPreviews(log: Log): Previews {
  let current:
    | {
        readonly change: Change;
        readonly uri: vscode.Uri;
        readonly text: string;
        readonly closing: AbortController;
      }
    | undefined;
  const marks = createDoubtMarks();
  const replaced = new Set<string>();
  let count = 0;

  const setCurrent = async (next: typeof current): Promise<void> => {
    current?.closing.abort();
    current = next;
    await vscode.commands.executeCommand("setContext", "hapa.previewing", next !== undefined);
    await vscode.commands.executeCommand("setContext", "hapa.doubtful", next?.change.onAsk !== undefined);
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
    vscode.workspace.onDidSaveTextDocument(({ uri }) => replaced.delete(uri.toString())),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => replaced.delete(uri.toString())),
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
      const closing = new AbortController();
      await setCurrent({ change, uri, text, closing });
      const places = placesAfter(snapshot.lines, change.outputs);
      marks.show(
        uri,
        (change.doubtful ?? []).map(({ at, hint }) => ({ line: places[at] ?? 0, hint })),
      );
      const title = vscode.l10n.t("HAPA: preview of {0} — Accept with the ✓ button", snapshot.fileName);
      // In a tab of its own: a preview tab would take the place of the file where that is one.
      const opened = vscode.commands.executeCommand("vscode.diff", snapshot.uri, uri, title, { preview: false });
      // Not after the diff: of a hundred thousand lines it takes seconds.
      const buttons = new Map([
        [vscode.l10n.t("Accept"), "accept"],
        ...(change.onAsk ? [[vscode.l10n.t("Which Is Right?"), "ask"] as const] : []),
        [vscode.l10n.t("Discard"), "discard"],
      ]);
      const tell = change.isWarning ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
      void tell(change.message, ...buttons.keys()).then((chosen) => {
        if (!chosen || current?.uri !== uri) return;
        void vscode.commands.executeCommand(`hapa.preview.${buttons.get(chosen)}`);
      });
      await opened;
      // Another preview, or Accept, was faster than the diff: its tab was not there to be closed.
      if (current?.uri !== uri) await vscode.window.tabGroups.close(tabsOf(uri));
      return closing.signal;
    },

    async accept() {
      if (!current) throw new Notice(vscode.l10n.t("There is no preview to accept."));
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
        throw new Notice(
          vscode.l10n.t("{0} cannot be changed (is it read-only?), so nothing was replaced.", snapshot.fileName),
        );
      previews.noteReplaced(snapshot.uri);
      await vscode.window.showTextDocument(document, { preview: false, selection: rangeOf(document, snapshot) });
      log.info(`Replaced ${outputs.filter((output) => output !== null).length} lines of ${snapshot.fileName}`);
      await change.onAccepted?.();
    },

    async discard() {
      await close();
    },

    async ask(given) {
      if (!current) throw new Notice(vscode.l10n.t("There is no preview to ask about."));
      if (!current.change.onAsk) throw new Notice(vscode.l10n.t("No line of the preview is in doubt."));
      return current.change.onAsk(given, current.closing.signal);
    },

    hasReplaced: (uri) => replaced.has(uri.toString()),

    noteReplaced: (uri) => void replaced.add(uri.toString()),

    inFront() {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      const isFront = current && tab && modifiedOf(tab)?.toString() === current.uri.toString();
      return isFront ? current?.change.snapshot : undefined;
    },

    dispose() {
      current?.closing.abort();
      marks.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
  return previews;
}

function requireUnchanged(document: vscode.TextDocument, snapshot: Snapshot): void {
  if (!isUnchanged(document, snapshot))
    throw new Notice(
      vscode.l10n.t(
        "The selected lines of {0} changed meanwhile, so nothing was replaced. Select them and try again.",
        snapshot.fileName,
      ),
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

/** Where sessions show themselves: marks in every editor of their documents, the status bar, the action row, contexts. */
import * as vscode from "vscode";
import { actionRow } from "./lens.ts";
import { createMarks } from "./marks.ts";
import type { Session } from "./session.ts";
import { wordsFor } from "./words.ts";

export interface Surface {
  /** Draws a document's preview in every editor that shows it. */
  draw(document: vscode.TextDocument): void;
  /** Tells how the session of the editor in front stands. */
  show(): void;
  dispose(): void;
}

const contexts = ["hapa.byExample", "hapa.byExample.ready", "hapa.byExample.doubtful"] as const;

export function createSurface(
  extensionUri: vscode.Uri,
  of: (document: vscode.TextDocument | undefined) => Session | undefined,
): Surface {
  const marks = createMarks(extensionUri);
  const drawn = new Set<vscode.TextEditor>();
  const lensesChanged = new vscode.EventEmitter<void>();
  const item = vscode.window.createStatusBarItem("hapa.byExample", vscode.StatusBarAlignment.Left, 1_000);
  item.name = vscode.l10n.t("HAPA: Transform by Example");
  item.command = "hapa.byExample.menu";
  const last = new Map<string, boolean>();
  let lastRow = "";

  const setContext = (name: (typeof contexts)[number], value: boolean): void => {
    if (last.get(name) === value) return;
    last.set(name, value);
    void vscode.commands.executeCommand("setContext", name, value);
  };
  const drawIn = (editor: vscode.TextEditor): void => {
    const session = of(editor.document);
    if (session) {
      drawn.add(editor);
      marks.draw(editor, session);
    } else if (drawn.delete(editor)) marks.clear(editor);
  };
  const show = (): void => {
    const session = of(vscode.window.activeTextEditor?.document);
    const words = session && wordsFor(session);
    const doubtful = session !== undefined && session.doubts().length > 0;
    setContext("hapa.byExample", session !== undefined);
    setContext("hapa.byExample.ready", session !== undefined && session.counts().changes > 0);
    setContext("hapa.byExample.doubtful", doubtful);
    if (words) {
      item.text = words.status;
      item.tooltip = words.sentence;
      // A status is read aloud when it changes.
      item.accessibilityInformation = { label: words.sentence, role: "status" };
      item.show();
    } else item.hide();
    const row = `${words?.status} ${doubtful}`;
    if (row !== lastRow) lensesChanged.fire();
    lastRow = row;
    for (const editor of drawn) if (!of(editor.document)) drawIn(editor);
  };
  const drawAll = (): void => {
    for (const editor of vscode.window.visibleTextEditors) drawIn(editor);
    show();
  };

  const subscriptions = vscode.Disposable.from(
    item,
    marks,
    lensesChanged,
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => drawIn(textEditor)),
    vscode.window.onDidChangeVisibleTextEditors((editors) => {
      for (const editor of drawn) if (!editors.includes(editor)) drawn.delete(editor);
      drawAll();
    }),
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.languages.registerCodeLensProvider("*", {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: (document) => {
        const session = of(document);
        return session ? actionRow(session) : [];
      },
    }),
  );
  return {
    draw(document) {
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) drawIn(editor);
    },
    show,
    dispose() {
      for (const name of contexts) setContext(name, false);
      for (const editor of drawn) marks.clear(editor);
      subscriptions.dispose();
    },
  };
}

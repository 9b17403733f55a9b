/** Marks beside doubtful lines of a preview: what else they could become. */
import * as vscode from "vscode";

export interface DoubtMark {
  /** Of the preview's text, counted from 0. */
  readonly line: number;
  readonly hint: string;
}

export interface DoubtMarks {
  /** Marks the lines of one document in every editor that shows it, now and later; those of an earlier one are forgotten. */
  show(uri: vscode.Uri, marks: readonly DoubtMark[]): void;
  dispose(): void;
}

export function createDoubtMarks(): DoubtMarks {
  const type = vscode.window.createTextEditorDecorationType({
    after: { margin: "0 0 0 2em", color: new vscode.ThemeColor("editorCodeLens.foreground"), fontStyle: "italic" },
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.warningForeground"),
  });
  let current: { readonly uri: string; readonly marks: readonly DoubtMark[] } | undefined;

  const mark = (): void => {
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      if (!current || document.uri.toString() !== current.uri) continue;
      const options = current.marks.map(({ line, hint }): vscode.DecorationOptions => {
        const { end } = document.lineAt(Math.min(line, document.lineCount - 1)).range;
        return {
          range: new vscode.Range(end, end),
          hoverMessage: hint,
          renderOptions: { after: { contentText: hint } },
        };
      });
      editor.setDecorations(type, options);
    }
  };
  const subscription = vscode.window.onDidChangeVisibleTextEditors(mark);

  return {
    show(uri, marks) {
      current = { uri: uri.toString(), marks };
      mark();
    },
    dispose() {
      subscription.dispose();
      type.dispose();
    },
  };
}

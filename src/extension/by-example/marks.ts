/** How a preview looks in the editor: ghosts on the visible lines, marks beside examples and doubtful lines. */
import * as vscode from "vscode";
import { alternatives } from "../doubts.ts";
import { inWords } from "../in-words.ts";
import type { Span } from "./points.ts";
import type { Session } from "./session.ts";
import { ghostText, visiblePieces } from "./show.ts";

export interface Marks {
  /** Draws the session's state in an editor of its document. */
  draw(editor: vscode.TextEditor, session: Session): void;
  clear(editor: vscode.TextEditor): void;
  dispose(): void;
}

/** Lines above and below the visible ones, so that scrolling a little shows no bare line. */
const margin = 40;

export function createMarks(extensionUri: vscode.Uri): Marks {
  const icon = (name: string) => vscode.Uri.joinPath(extensionUri, "media", "icons", `by-example-${name}.svg`);
  const gutter = (name: string): vscode.DecorationRenderOptions => ({
    gutterIconPath: icon(`${name}-dark`),
    gutterIconSize: "contain",
    light: { gutterIconPath: icon(`${name}-light`) },
  });
  // What is worked on: a bar beside the lines, and a line below parts of lines.
  const scopes = {
    lines: vscode.window.createTextEditorDecorationType(gutter("scope")),
    parts: vscode.window.createTextEditorDecorationType({
      ...gutter("scope"),
      borderStyle: "solid",
      borderWidth: "0 0 1px 0",
      borderColor: new vscode.ThemeColor("hapa.ghostForeground"),
    }),
  };
  const replaced = vscode.window.createTextEditorDecorationType({
    textDecoration: "line-through",
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const ghost = vscode.window.createTextEditorDecorationType({
    after: { margin: "0 0 0 1ch", color: new vscode.ThemeColor("hapa.ghostForeground") },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const example = vscode.window.createTextEditorDecorationType(gutter("example"));
  const doubtful = vscode.window.createTextEditorDecorationType({
    ...gutter("doubt"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.warningForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  const types = [scopes.lines, scopes.parts, replaced, ghost, example];

  /** What was set last: at a keystroke most of it is the same, and an editor need not hear of it again. */
  const last = new Map<vscode.TextEditorDecorationType, WeakMap<vscode.TextEditor, string>>();
  const set = (
    editor: vscode.TextEditor,
    type: vscode.TextEditorDecorationType,
    options: readonly vscode.DecorationOptions[],
  ): void => {
    const known = last.get(type) ?? new WeakMap<vscode.TextEditor, string>();
    last.set(type, known);
    const key = JSON.stringify(options);
    if (known.get(editor) === key) return;
    known.set(editor, key);
    editor.setDecorations(type, [...options]);
  };

  return {
    draw(editor, session) {
      const { tracker, rows } = session;
      const ranges = editor.visibleRanges.map(({ start, end }) => ({ first: start.line, last: end.line }));
      const doubts = new Map(session.doubts().map(({ doubt }) => [doubt.input, doubt]));
      const slips = new Set(session.slips());
      const [struck, ghosts]: [vscode.DecorationOptions[], vscode.DecorationOptions[]] = [[], []];
      const examples: vscode.DecorationOptions[] = [];
      const inScope: vscode.DecorationOptions[] = [];
      for (const piece of visiblePieces(tracker, rows.count(), ranges, margin)) {
        const span = tracker.span(piece);
        if (!span) continue;
        const range = rangeOf(span);
        if (!rows.isExample(piece) && !doubts.has(rows.open(piece) ?? "")) inScope.push({ range });
        if (rows.isExample(piece) && !slips.has(piece)) {
          examples.push({ range, hoverMessage: vscode.l10n.t("HAPA: an example") });
          continue;
        }
        const text = rows.open(piece);
        const output = session.output(piece);
        if (text === undefined || output === undefined) continue;
        const doubt = doubts.get(text);
        const isChange = output !== null && output !== text;
        if (isChange) struck.push({ range });
        const hint = doubt ? `  ${inWords(alternatives(doubt))}` : "";
        const contentText = `${isChange ? `→ ${ghostText(output)}` : ""}${hint}`;
        const hover =
          output === null ? vscode.l10n.t("HAPA: the program fails on this one, so it stays as it is.") : undefined;
        if (contentText || hover)
          ghosts.push({
            range: new vscode.Range(range.end, range.end),
            ...(contentText ? { renderOptions: { after: { contentText } } } : {}),
            ...(hover ? { hoverMessage: hover } : {}),
          });
      }
      set(editor, rows.kind === "lines" ? scopes.lines : scopes.parts, inScope);
      set(editor, replaced, struck);
      set(editor, ghost, ghosts);
      set(editor, example, examples);
      editor.setDecorations(doubtful, [...doubtfulLines(session), ...slippedLines(session)]);
    },
    clear(editor) {
      for (const type of types) set(editor, type, []);
      editor.setDecorations(doubtful, []);
    },
    dispose() {
      for (const type of [...types, doubtful]) type.dispose();
    },
  };
}

/** All of them, not only the visible ones: the ruler shows where they are. */
function doubtfulLines(session: Session): vscode.DecorationOptions[] {
  return session.doubts().flatMap(({ piece, doubt }) => {
    const span = session.tracker.span(piece);
    if (!span) return [];
    const hoverMessage = new vscode.MarkdownString();
    hoverMessage.isTrusted = { enabledCommands: ["hapa.byExample.ask"] };
    hoverMessage.appendText(vscode.l10n.t("HAPA: your examples leave this one open. It could become:"));
    for (const choice of [...(doubt.current === null ? [] : [doubt.current]), ...doubt.others])
      hoverMessage.appendMarkdown("\n\n- ").appendText(ghostText(choice));
    const argument = encodeURIComponent(JSON.stringify({ line: span.start.line }));
    hoverMessage.appendMarkdown(`\n\n[${vscode.l10n.t("Which is right?")}](command:hapa.byExample.ask?${argument})`);
    return [{ range: rangeOf(span), hoverMessage }];
  });
}

function slippedLines(session: Session): vscode.DecorationOptions[] {
  return session.slips().flatMap((piece) => {
    const span = session.tracker.span(piece);
    const hoverMessage = vscode.l10n.t("HAPA: this example looks like a slip: the others say something else.");
    return span ? [{ range: rangeOf(span), hoverMessage }] : [];
  });
}

export function rangeOf({ start, end }: Span): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** The row of actions above the first line of a session. */
import * as vscode from "vscode";
import type { Session } from "./session.ts";
import { wordsFor } from "./words.ts";

const plain = (status: string): string => status.replace(/^\$\([^)]*\) /, "");

export function actionRow(session: Session): vscode.CodeLens[] {
  const span = session.tracker.span(0) ?? session.tracker.span(1);
  const range = new vscode.Range(span?.start.line ?? 0, 0, span?.start.line ?? 0, 0);
  const lens = (title: string, command: string): vscode.CodeLens => new vscode.CodeLens(range, { title, command });
  const { changes } = session.counts();
  return [
    lens(`HAPA: ${plain(wordsFor(session).status)}`, "hapa.byExample.menu"),
    ...(changes > 0 ? [lens(`$(check) ${vscode.l10n.t("Accept")}`, "hapa.byExample.accept")] : []),
    ...(session.doubts().length > 0
      ? [lens(`$(question) ${vscode.l10n.t("Which is right?")}`, "hapa.byExample.ask")]
      : []),
    lens(`$(close) ${vscode.l10n.t("Leave")}`, "hapa.byExample.leave"),
  ];
}

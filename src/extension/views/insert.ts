/** Puts code of an answer where the question was asked, or says why it does not and offers it in a new editor. */
import * as vscode from "vscode";
import { openText } from "../notify.ts";
import type { Insertion } from "./asked.ts";

export type Inserted = "replaced" | "gone" | "changed" | "refused" | "unknown" | "opened";

/** Undefined `insertion`: it is not known where the question was asked. Does not wait for what the person chooses then. */
export async function insertCode(code: string, insertion: Insertion | undefined): Promise<Inserted> {
  if (!insertion) {
    offerAtCursor(code);
    return "unknown";
  }
  const { target, below } = insertion;
  const text = code.replace(/(\r?\n)+$/, "");
  const outcome = await target.replace(below ? `\n\n${text}` : text);
  if (outcome === "replaced") return outcome;
  const { fileName } = target;
  const why = {
    gone: vscode.l10n.t("{0} is not there any more, so nothing was changed.", fileName),
    changed: vscode.l10n.t("What you asked about in {0} was changed since, so nothing was replaced.", fileName),
    refused: vscode.l10n.t("{0} cannot be changed (is it read-only?), so nothing was replaced.", fileName),
  };
  offer(why[outcome], code);
  return outcome;
}

function offerAtCursor(code: string): void {
  const editor = vscode.window.activeTextEditor;
  const why = vscode.l10n.t("It is not known any more where this was asked, so nothing was changed.");
  const label = vscode.l10n.t("Insert at the Cursor");
  const run = () => editor?.edit((edit) => edit.replace(editor.selection, code));
  offer(why, code, editor ? { label, run } : undefined);
}

interface Other {
  readonly label: string;
  readonly run: () => Thenable<unknown> | undefined;
}

function offer(why: string, code: string, other?: Other): void {
  const open = vscode.l10n.t("Open in a New Editor");
  const buttons = [...(other ? [other.label] : []), open];
  void vscode.window.showWarningMessage(why, ...buttons).then((chosen) => {
    if (chosen === open) return openText(code, "plaintext");
    return chosen === undefined ? undefined : other?.run();
  });
}

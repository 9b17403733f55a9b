/** The text behind chips, read when a question is asked: cut where it is too long, and secrets only after a question. */
import * as vscode from "vscode";
import type { ContextItem } from "../../contract/conversations.ts";
import { holdsSecrets } from "../../contract/secret-files.ts";
import { fileNameOf, type Place, pathOf, problemsOf } from "./place.ts";

/** Characters of one item, and of all that goes along with one question. */
const maxItem = 100_000;
const maxAll = 200_000;
const maxFileBytes = 5_000_000;
const maxProblems = 100;

/** Where chips lead. */
export interface Sources {
  /** Of `file` and `problems`, and the selection as it was when the question was asked. */
  readonly editor: { readonly place: Place | undefined; readonly selection: ContextItem | undefined };
  /** Of any other chip: a place, a file, or an item that went along with an earlier question. */
  find(id: string): Promise<Place | vscode.Uri | ContextItem | undefined>;
}

export interface Attached {
  readonly items: readonly ContextItem[];
  /** What the person should know: what was cut, or could not be read. */
  readonly notices: readonly string[];
}

export async function attach(ids: readonly string[], sources: Sources): Promise<Attached> {
  const notices: string[] = [];
  const items: ContextItem[] = [];
  let room = maxAll;
  for (const id of new Set(ids)) {
    const item = await read(id, sources, notices);
    if (!item || item.text === "") continue;
    if (item.kind !== "problems" && holdsSecrets(item.path) && !(await mayGoAlong(item.path))) continue;
    const cut = item.text.slice(0, Math.min(maxItem, room));
    room -= cut.length;
    if (cut.length < item.text.length)
      notices.push(
        vscode.l10n.t(
          "{0} is too long to go along whole: only its first {1} characters did.",
          item.label,
          cut.length.toLocaleString(),
        ),
      );
    if (cut !== "") items.push({ ...item, text: cut });
  }
  return { items, notices };
}

async function read(id: string, sources: Sources, notices: string[]): Promise<ContextItem | undefined> {
  const { place, selection } = sources.editor;
  if (id === "selection") return selection;
  if (id === "problems") return place && problemsItem(place);
  const found = id === "file" ? place?.document.uri : await sources.find(id);
  if (!found) {
    notices.push(vscode.l10n.t("Something that was to go along is not there any more, and was left out."));
    return undefined;
  }
  if ("kind" in found) return found;
  if ("document" in found) return id.startsWith("problems") ? problemsItem(found) : selectionItem(found);
  return fileItem(found, notices);
}

/** The selected lines as a whole. */
export function selectionItem({ document, lines, snapshot }: Place): ContextItem | undefined {
  if (snapshot.lines.length === 0) return undefined;
  const text = lines ? document.getText(lines) : snapshot.lines.map((line) => line.text).join("\n");
  const where = lines ? { firstLine: lines.start.line + 1, lastLine: lines.end.line + 1 } : {};
  return {
    kind: "selection",
    ...named(document.uri),
    language: document.languageId,
    ...where,
    count: snapshot.lines.length,
    text,
  };
}

function problemsItem(place: Place): ContextItem | undefined {
  const problems = problemsOf(place).slice(0, maxProblems);
  const text = problems.map(({ range, severity, message, source }) => {
    const kind = vscode.DiagnosticSeverity[severity]?.toLowerCase() ?? "";
    return `line ${range.start.line + 1}: ${kind}: ${message}${source ? ` (${source})` : ""}`;
  });
  return { kind: "problems", ...named(place.document.uri), count: problems.length, text: text.join("\n") };
}

async function fileItem(uri: vscode.Uri, notices: string[]): Promise<ContextItem | undefined> {
  const document = await openSmall(uri);
  if (!document) {
    notices.push(vscode.l10n.t("{0} cannot be read as text, and was left out.", fileNameOf(uri)));
    return undefined;
  }
  const text = document.getText();
  return { kind: "file", ...named(uri), language: document.languageId, count: document.lineCount, text };
}

async function openSmall(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open;
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > maxFileBytes) return undefined;
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined; // Gone, or no text: the caller says so.
  }
}

async function mayGoAlong(path: string): Promise<boolean> {
  const send = vscode.l10n.t("Send It");
  try {
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t("{0} may hold secrets. Send its text with your question?", path),
      { modal: true, detail: vscode.l10n.t("Without it, the question is asked all the same.") },
      send,
    );
    return chosen === send;
  } catch {
    return false; // Nobody can be asked (a test window): nothing is sent.
  }
}

function named(uri: vscode.Uri): { readonly label: string; readonly path: string } {
  return { label: fileNameOf(uri), path: pathOf(uri) };
}

/**
 * Where a question was asked: a document and a range in it, followed while the person goes on working, so that what an
 * answer changes is what was asked about, whichever editor is in front by then. What cannot be found again is not touched.
 */
import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { Snapshot } from "./selection.ts";
import { findLines, follow, type OffsetRange, onlyPlace } from "./track-range.ts";

type Resolved =
  | { readonly ok: true; readonly document: vscode.TextDocument; readonly range: vscode.Range }
  /** `gone`: the file is deleted, or was never saved; `changed`: what was asked about stands there no more. */
  | { readonly ok: false; readonly why: "gone" | "changed" };

export interface Target {
  readonly uri: vscode.Uri;
  readonly fileName: string;
  /** What became of the range, although it was edited; undefined where the document is gone. */
  whatBecame(): Promise<{ readonly document: vscode.TextDocument; readonly range: vscode.Range } | undefined>;
  /** The lines of a snapshot of this range, where they stand now. */
  findSnapshot(snapshot: Snapshot): Promise<Snapshot | "gone" | "changed">;
  /** Puts text in place of the range, in one undo step, and shows it; opens the document where it was closed. */
  replace(text: string): Promise<"replaced" | "gone" | "changed" | "refused">;
  /** Follows it no more. */
  dispose(): void;
}

export interface Targets {
  take(document: vscode.TextDocument, range: vscode.Range): Target;
  dispose(): void;
}

interface Followed {
  uri: vscode.Uri;
  range: OffsetRange;
  /** The same, for when line ends change and all offsets with them. */
  position: vscode.Range;
  /** The range's text when it was taken. */
  readonly original: string;
  touched: boolean;
  /** Our own text stands before it: the range is behind that. */
  replaced: boolean;
  /** Of the document when it was closed; undefined while it is open. */
  closed: string | undefined;
}

export function createTargets(): Targets {
  const all = new Set<Followed>();
  const of = (uri: vscode.Uri): Followed[] => {
    const name = uri.toString();
    return [...all].filter((one) => one.uri.toString() === name);
  };

  const changed = ({ document, contentChanges }: vscode.TextDocumentChangeEvent): void => {
    for (const one of all.size === 0 ? [] : of(document.uri)) {
      if (contentChanges.length === 0) one.range = offsetsOf(document, one.position);
      else {
        const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          offset: rangeOffset,
          length: rangeLength,
          text,
        }));
        const { range, touched } = follow(one.range, changes);
        one.range = range;
        one.touched ||= touched;
      }
      one.position = positionsOf(document, one.range);
    }
  };
  const closed = (document: vscode.TextDocument): void => {
    for (const one of all.size === 0 ? [] : of(document.uri)) one.closed = digest(document);
  };
  const opened = (document: vscode.TextDocument): void => {
    for (const one of all.size === 0 ? [] : of(document.uri)) reopen(one, document);
  };
  const renamed = ({ files }: vscode.FileRenameEvent): void => {
    for (const one of all) {
      for (const { oldUri, newUri } of files) {
        const path = one.uri.path;
        if (path !== oldUri.path && !path.startsWith(`${oldUri.path}/`)) continue;
        one.uri = newUri.with({ path: newUri.path + path.slice(oldUri.path.length) });
        const document = openDocument(one.uri);
        if (document) reopen(one, document);
      }
    }
  };
  const subscription = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(changed),
    vscode.workspace.onDidCloseTextDocument(closed),
    vscode.workspace.onDidOpenTextDocument(opened),
    vscode.workspace.onDidRenameFiles(renamed),
  );

  const documentOf = async (one: Followed): Promise<vscode.TextDocument | undefined> => {
    const open = openDocument(one.uri);
    // Closed without being saved: to open it would make another one.
    if (!open && one.uri.scheme === "untitled") return undefined;
    try {
      const document = open ?? (await vscode.workspace.openTextDocument(one.uri));
      await requireFile(document);
      reopen(one, document);
      return document;
    } catch {
      return undefined; // It is there no more; the caller says so.
    }
  };
  const find = async (one: Followed): Promise<Resolved> => {
    const document = await documentOf(one);
    if (!document) return { ok: false, why: "gone" };
    const original = withEnds(one.original, document);
    const range = placeIn(document.getText(), { ...one, original });
    return range ? { ok: true, document, range: positionsOf(document, range) } : { ok: false, why: "changed" };
  };

  const targetOf = (one: Followed): Target => ({
    get uri() {
      return one.uri;
    },
    get fileName() {
      return one.uri.path.split("/").at(-1) ?? one.uri.path;
    },
    async whatBecame() {
      const document = await documentOf(one);
      return document && { document, range: positionsOf(document, one.range) };
    },
    async findSnapshot(snapshot) {
      const document = await documentOf(one);
      if (!document) return "gone";
      const text = (number: number): string => document.lineAt(number).text;
      const last = document.lineCount - 1;
      const here = positionsOf(document, one.range);
      const lines =
        findLines(snapshot.lines, text, here.start.line, Math.min(here.end.line, last)) ??
        findLines(snapshot.lines, text, snapshot.lines[0]?.number ?? 0, snapshot.lines.at(-1)?.number ?? 0);
      return lines ? { ...snapshot, uri: one.uri, lines } : "changed";
    },
    async replace(text) {
      const found = await find(one);
      if (!found.ok) return found.why;
      const { document, range } = found;
      const edit = new vscode.WorkspaceEdit();
      edit.replace(one.uri, range, text);
      if (!(await vscode.workspace.applyEdit(edit))) return "refused";
      // What is inserted next goes behind it.
      const start = document.offsetAt(range.start);
      const end = start + withEnds(text, document).length;
      one.range = { start: end, end };
      one.position = positionsOf(document, one.range);
      one.touched = false;
      one.replaced = true;
      const selection = new vscode.Range(range.start, one.position.end);
      await vscode.window.showTextDocument(document, { preview: false, selection });
      return "replaced";
    },
    dispose: () => void all.delete(one),
  });

  return {
    take(document, range) {
      const valid = document.validateRange(range);
      const one: Followed = {
        uri: document.uri,
        range: offsetsOf(document, valid),
        position: valid,
        original: document.getText(valid),
        touched: false,
        replaced: false,
        closed: undefined,
      };
      all.add(one);
      return targetOf(one);
    },
    dispose() {
      all.clear();
      subscription.dispose();
    },
  };
}

/** A document that was closed is open again: with another text, nothing is known of the range any more. */
function reopen(one: Followed, document: vscode.TextDocument): void {
  if (one.closed === undefined) return;
  one.touched ||= one.closed !== digest(document);
  one.closed = undefined;
}

/** The range where it is untouched; else the one place where its text stands. */
function placeIn(whole: string, { range, original, touched, replaced }: Followed): OffsetRange | undefined {
  if (touched) return onlyPlace(whole, original);
  const before = { start: range.start - original.length, end: range.start };
  // What we had put there was undone: the text we had replaced is back.
  if (replaced && original !== "" && whole.slice(Math.max(0, before.start), before.end) === original) return before;
  if (!replaced && whole.slice(range.start, range.end) !== original) return onlyPlace(whole, original);
  return range;
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const name = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === name && !document.isClosed);
}

/** VS Code keeps the text of a file for a while after the file is gone. @throws where it is */
async function requireFile({ uri, isDirty }: vscode.TextDocument): Promise<void> {
  if (!isDirty && vscode.workspace.fs.isWritableFileSystem(uri.scheme)) await vscode.workspace.fs.stat(uri);
}

function offsetsOf(document: vscode.TextDocument, range: vscode.Range): OffsetRange {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

function positionsOf(document: vscode.TextDocument, { start, end }: OffsetRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function digest(document: vscode.TextDocument): string {
  return createHash("sha1").update(lf(document.getText())).digest("base64");
}

function lf(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** With the line ends of a document. */
function withEnds(text: string, { eol }: vscode.TextDocument): string {
  return eol === vscode.EndOfLine.CRLF ? lf(text).replaceAll("\n", "\r\n") : lf(text);
}

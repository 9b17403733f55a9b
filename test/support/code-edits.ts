/** Applies edits as the wire tells them, the way an editor would. */
import type { CodeEdit } from "../../src/contract/validation.ts";

export function applyEdits(code: string, edits: readonly CodeEdit[]): string {
  const starts = [0, ...[...code.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: end }) => index + end.length)];
  const offset = (line: number, column: number): number =>
    Math.min((starts[line - 1] ?? code.length) + column - 1, code.length);
  return edits
    .map((edit) => ({ ...edit, from: offset(edit.line, edit.column), to: offset(edit.endLine, edit.endColumn) }))
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), code);
}

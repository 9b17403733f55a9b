/** What the person chose to work on: whole lines, parts of lines, or the cells of a CSV column. Pure. */
import { type CellRange, cellAt, cellRanges } from "./cells.ts";
import type { Point, Span } from "./points.ts";
import type { Anchor } from "./track.ts";

export interface Selected extends Span {
  readonly active: Point;
}

export interface Pieces {
  readonly kind: "lines" | "parts" | "column";
  /** In order, each on one line. */
  readonly spans: readonly Span[];
  /** A column's separator and name. */
  readonly delimiter?: string;
  readonly column?: string;
  readonly anchor?: Anchor;
}

/**
 * Several selections, each within one line, are parts of lines; everything else means whole lines, blank ones left out.
 * A single cursor selects nothing.
 */
export function piecesOf(lines: readonly string[], selections: readonly Selected[]): Pieces {
  const isPart = ({ start, end }: Selected): boolean => start.line === end.line && start.character < end.character;
  const isWhole = ({ start, end }: Selected): boolean => start.character === 0 && end.character === length(start.line);
  const length = (line: number): number => (lines[line] ?? "").length;
  if (selections.length > 1 && selections.every(isPart) && !selections.every(isWhole)) {
    const spans = selections.map(({ start, end }) => ({ start, end }));
    return { kind: "parts", spans: spans.sort((a, b) => compare(a.start, b.start)) };
  }
  const numbers = new Set<number>();
  for (const { start, end } of selections) {
    const isCursor = start.line === end.line && start.character === end.character;
    if (isCursor && selections.length === 1) continue;
    const last = end.character === 0 && !isCursor ? end.line - 1 : end.line;
    for (let line = start.line; line <= last; line++) numbers.add(line);
  }
  const spans = [...numbers]
    .sort((a, b) => a - b)
    .filter((line) => (lines[line] ?? "").trim() !== "")
    .map((line) => ({ start: { line, character: 0 }, end: { line, character: length(line) } }));
  return { kind: "lines", spans };
}

/**
 * The cells of the column the cursor stands in: of the selected rows, or of all below the header. Rows with more or
 * fewer cells than the header, and cells of several lines, are left out.
 */
export function columnOf(lines: readonly string[], selection: Selected, delimiter: string): Pieces | undefined {
  const width = cellRanges(lines[0] ?? "", delimiter)?.length ?? 0;
  const own = cellRanges(lines[selection.active.line] ?? "", delimiter);
  if (width < 2 || !own || own.length !== width) return undefined;
  const at = cellAt(own, selection.active.character);
  const header = cellRanges(lines[0] ?? "", delimiter)?.[at] ?? { from: 0, to: 0 };
  const anchor: Anchor = (line) => {
    const cells = cellRanges(line, delimiter);
    return cells?.length === width ? cells[at] : undefined;
  };
  const isRange = selection.start.line !== selection.end.line;
  const lastSelected = selection.end.character === 0 ? selection.end.line - 1 : selection.end.line;
  const spans: Span[] = [];
  let isOpen = false;
  for (const [line, text] of lines.entries()) {
    const cells = isOpen ? undefined : cellRanges(text, delimiter);
    // An odd number of quotes opens or closes a cell of several lines.
    if (!cells || isOpen) isOpen = (text.split('"').length % 2 === 0) !== isOpen;
    const isChosen = isRange ? line >= selection.start.line && line <= lastSelected : true;
    const cell: CellRange | undefined = cells?.length === width ? cells[at] : undefined;
    if (line > 0 && isChosen && cell)
      spans.push({ start: { line, character: cell.from }, end: { line, character: cell.to } });
  }
  return { kind: "column", spans, delimiter, column: (lines[0] ?? "").slice(header.from, header.to), anchor };
}

function compare(a: Point, b: Point): number {
  return a.line - b.line || a.character - b.character;
}

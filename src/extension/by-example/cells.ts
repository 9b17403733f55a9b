/** Where the cells of a CSV line stand in its text, and how a cell is read and written. Pure. */

export interface CellRange {
  /** UTF-16 units; quotes belong to the cell. */
  readonly from: number;
  readonly to: number;
}

/** Undefined where a quoted cell is not closed on this line. */
export function cellRanges(line: string, delimiter: string): CellRange[] | undefined {
  const cells: CellRange[] = [];
  let from = 0;
  for (;;) {
    let to = from;
    if (line[from] === '"') {
      const close = closingQuote(line, from);
      if (close === undefined) return undefined;
      to = close + 1;
    }
    while (to < line.length && line[to] !== delimiter) to++;
    cells.push({ from, to });
    if (to >= line.length) return cells;
    from = to + 1;
  }
}

/** The cell a cursor at this character stands in: its position in the line. */
export function cellAt(cells: readonly CellRange[], character: number): number {
  const found = cells.findIndex(({ to }) => character <= to);
  return found < 0 ? cells.length - 1 : found;
}

/** What the cell says: without its quotes. */
export function readCell(raw: string): string {
  const isQuoted = raw.length >= 2 && raw.startsWith('"') && raw.endsWith('"');
  return isQuoted ? raw.slice(1, -1).replaceAll('""', '"') : raw;
}

/** As it has to stand in the file; a cell that was quoted stays so. */
export function writeCell(value: string, delimiter: string, wasQuoted: boolean): string {
  const needsQuotes = wasQuoted || value.includes(delimiter) || /["\r\n]/.test(value);
  return needsQuotes ? `"${value.replaceAll('"', '""')}"` : value;
}

function closingQuote(line: string, from: number): number | undefined {
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] !== '"') continue;
    if (line[at + 1] !== '"') return at;
    at++;
  }
  return undefined;
}

/**
 * The cells of one CSV record (RFC 4180). A library makes objects of a whole file; here each record keeps its own text,
 * a million times, so that only the cell that changes is written anew. Pure.
 */

/** A cell's value, and where it stands in the record's text. */
export interface Cell {
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** The values alone: most records have no quotes and are cut in one go. */
export function cellValues(raw: string, delimiter: string): string[] {
  return raw.includes('"') ? cellsOf(raw, delimiter).map(({ value }) => value) : raw.split(delimiter);
}

/** A quote opens a cell only at its start; a cell whose quotes do not fit (`"a"b`) is taken as it stands. */
export function cellsOf(raw: string, delimiter: string): Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  while (true) {
    const quoted = raw[from] === '"';
    const close = quoted ? closingQuote(raw, from + 1) : from;
    const next = raw.indexOf(delimiter, close);
    const to = next < 0 ? raw.length : next;
    const text = raw.slice(from, to);
    const fits = quoted && close === to - 1;
    cells.push({ value: fits ? text.slice(1, -1).replaceAll('""', '"') : text, from, to });
    if (next < 0) return cells;
    from = next + 1;
  }
}

/** Where the quote that ends a cell stands; the end of the text where there is none. */
function closingQuote(raw: string, from: number): number {
  for (let at = raw.indexOf('"', from); at >= 0; at = raw.indexOf('"', at + 2)) if (raw[at + 1] !== '"') return at;
  return raw.length;
}

/** Whether a line ends inside a quoted cell; `inQuotes`: it began inside one. */
export function endsInQuotes(line: string, delimiter: string, inQuotes: boolean): boolean {
  let from = 0;
  if (inQuotes) {
    const close = closingQuote(line, 0);
    if (close === line.length) return true;
    from = line.indexOf(delimiter, close) + 1;
    if (from === 0) return false;
  }
  while (true) {
    const open = line[from] === '"';
    const close = open ? closingQuote(line, from + 1) : from;
    if (open && close === line.length) return true;
    from = line.indexOf(delimiter, close) + 1;
    if (from === 0) return false;
  }
}

/** A value as a cell: in quotes where it must be. */
export function quoteCell(value: string, delimiter: string): string {
  const needs = value.includes(delimiter) || value.includes('"') || value.includes("\n") || value.includes("\r");
  return needs ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * CSV (RFC 4180; also with `;`, tab or `|`). Rows keep their own text: only the cell that gets an output is written
 * anew. A broken row is told by its line and does not stop, or swallow, the rows after it.
 */
import { type Said, say } from "../../contract/say.ts";
import { cellsOf, cellValues, endsInQuotes, quoteCell } from "./cells.ts";
import { bytesOf, type Encoding, UnreadableFile } from "./encoding.ts";
import { type FileRow, type RowFile, textOf } from "./format.ts";
import { countLines, type Line, readEncoding, readLines, startOf, type TextOptions } from "./lines.ts";

/** A quoted cell may hold line breaks; one that goes on for longer than this was never closed. */
const maxRecordLines = 500;

export async function openCsv(path: string, known?: string): Promise<RowFile> {
  const encoding = await readEncoding(path);
  const { raw, ending, delimiter, columns } = await readHeader(path, encoding, known);
  const width = columns.length;
  const header = raw + ending;
  const begin = startOf(encoding);
  const start = { bytes: begin.bytes + bytesOf(encoding, header), line: begin.line + countLines(header) };
  const place = (column: string | undefined): number => (column === undefined ? -1 : columns.indexOf(column));

  return {
    kind: "csv",
    path,
    encoding,
    columns,
    start,
    head: (column) =>
      column === undefined || columns.includes(column)
        ? header
        : raw + delimiter + quoteCell(column, delimiter) + (ending || "\n"),
    async *rows(options: TextOptions) {
      const from = options.from ?? start;
      for await (const records of readRecords(path, encoding, delimiter, { ...options, from }))
        yield records.map((record) => toRow(record, width, delimiter));
    },
    get: (row, column) => cellsOfRow(row)[column === undefined ? 0 : columns.indexOf(column)],
    put(row, column, output) {
      const text = quoteCell(textOf(output), delimiter);
      const at = place(column);
      if (at < 0) return row.raw + delimiter + text;
      const cell = cellsOf(row.raw, delimiter)[at];
      return cell ? row.raw.slice(0, cell.from) + text + row.raw.slice(cell.to) : row.raw;
    },
    keep: (row, column) =>
      row.state === "row" && column !== undefined && place(column) < 0 ? row.raw + delimiter : row.raw,
    cells: (text) => cellValues(text, delimiter),
  };
}

function cellsOfRow({ value }: FileRow): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

interface Header {
  readonly raw: string;
  readonly ending: string;
  readonly delimiter: string;
  readonly columns: readonly string[];
}

async function readHeader(path: string, encoding: Encoding, known: string | undefined): Promise<Header> {
  for await (const records of readRecords(path, encoding, known ?? ",", {})) {
    const [first] = records;
    if (!first) break;
    const delimiter = known ?? detectDelimiter(first.raw);
    if (first.broken || first.raw.trim() === "")
      throw new UnreadableFile(say`The first line is not a CSV header. It must name the columns, separated by commas.`);
    return { raw: first.raw, ending: first.ending, delimiter, columns: cellValues(first.raw, delimiter) };
  }
  throw new UnreadableFile(say`The file is empty: there is no header line that names the columns.`);
}

/** The one of `, ; tab |` that the header has most of. */
export function detectDelimiter(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"/g, "");
  const counts = [",", ";", "\t", "|"].map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

interface RawRecord {
  readonly line: number;
  readonly raw: string;
  readonly ending: string;
  readonly broken?: Said;
}

/**
 * Joins lines into records. A record that starts a quote and does not close it within `maxRecordLines` (or before the
 * end of the file) is broken at its first line, and reading goes on with the next.
 */
async function* readRecords(
  path: string,
  encoding: Encoding,
  delimiter: string,
  options: TextOptions,
): AsyncGenerator<readonly RawRecord[]> {
  let open: readonly Line[] = [];
  for await (const lines of readLines(path, encoding, options)) {
    const { records, rest } = assemble(open.length > 0 ? [...open, ...lines] : lines, delimiter, false);
    open = rest;
    if (records.length > 0) yield records;
  }
  const { records } = assemble(open, delimiter, true);
  if (records.length > 0) yield records;
}

function assemble(
  lines: readonly Line[],
  delimiter: string,
  atEnd: boolean,
): { readonly records: RawRecord[]; readonly rest: readonly Line[] } {
  const records: RawRecord[] = [];
  for (let start = 0; start < lines.length; ) {
    const first = lines[start];
    if (!first) break;
    if (!first.text.includes('"')) {
      records.push({ line: first.number, raw: first.text, ending: first.ending });
      start += 1;
      continue;
    }
    let inQuotes = false;
    let end = start;
    for (; end < lines.length && end - start < maxRecordLines; end++) {
      inQuotes = endsInQuotes(lines[end]?.text ?? "", delimiter, inQuotes);
      if (!inQuotes) break;
    }
    if (!inQuotes) {
      const own = lines.slice(start, end + 1);
      const raw = own.map((line, at) => (at < own.length - 1 ? line.text + line.ending : line.text)).join("");
      records.push({ line: first.number, raw, ending: own.at(-1)?.ending ?? "" });
      start = end + 1;
    } else if (atEnd || end - start >= maxRecordLines) {
      records.push({ line: first.number, raw: first.text, ending: first.ending, broken: say`a quote is not closed` });
      start += 1;
    } else return { records, rest: lines.slice(start) };
  }
  return { records, rest: [] };
}

function toRow({ line, raw, ending, broken }: RawRecord, width: number, delimiter: string): FileRow {
  if (broken !== undefined) return { line, raw, ending, value: null, state: "broken", reason: broken };
  if (raw.trim() === "") return { line, raw, ending, value: null, state: "blank" };
  const value = cellValues(raw, delimiter);
  if (value.length === width) return { line, raw, ending, value, state: "row" };
  const reason =
    value.length === 1
      ? say`it has 1 cell where the header has ${width}`
      : say`it has ${value.length} cells where the header has ${width}`;
  return { line, raw, ending, value: null, state: "broken", reason };
}

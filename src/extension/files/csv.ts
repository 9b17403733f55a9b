/**
 * CSV (RFC 4180; also with `;`, tab or `|`). Rows keep their own text: only the cell that gets an output is written
 * anew. A broken row is told by its line and does not stop, or swallow, the rows after it.
 */
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { type FileRow, type RowFile, textOf } from "./format.ts";
import { byteOrderMark, type Line, readLines, startsWithMark, UnreadableFile } from "./lines.ts";

/** A quoted cell may hold line breaks; one that goes on for longer than this was never closed. */
const maxRecordLines = 500;

export async function openCsv(path: string, known?: string): Promise<RowFile> {
  const mark = await startsWithMark(path);
  const header = await readHeader(path, known);
  const { columns, delimiter } = header;
  const cells = (row: FileRow): string[] => (Array.isArray(row.value) ? row.value.map(textOf) : []);
  const joined = (values: readonly string[]): string =>
    stringify([[...values]], { delimiter, record_delimiter: "\n" }).slice(0, -1);

  return {
    kind: "csv",
    path,
    columns,
    head: (column) =>
      (mark ? byteOrderMark : "") +
      header.raw +
      (column === undefined || columns.includes(column) ? "" : delimiter + joined([column])) +
      header.ending,
    async *rows(options) {
      let first = true;
      for await (const records of readRecords(path, delimiter, options)) {
        const rows = toRows(first ? records.slice(1) : records, columns.length, delimiter);
        first = false;
        yield rows;
      }
    },
    get(row, column) {
      const at = column === undefined ? 0 : columns.indexOf(column);
      return at < 0 ? undefined : cells(row)[at];
    },
    put(row, column, output) {
      const at = column === undefined ? -1 : columns.indexOf(column);
      if (at < 0) return row.raw + delimiter + joined([textOf(output)]);
      return joined(cells(row).with(at, textOf(output)));
    },
    keep: (row, column) =>
      row.state === "row" && column !== undefined && !columns.includes(column) ? row.raw + delimiter : row.raw,
  };
}

interface Header {
  readonly raw: string;
  readonly ending: string;
  readonly delimiter: string;
  readonly columns: readonly string[];
}

async function readHeader(path: string, known: string | undefined): Promise<Header> {
  for await (const records of readRecords(path, known ?? ",", {})) {
    const [first] = records;
    if (!first) break;
    const delimiter = known ?? detectDelimiter(first.raw);
    const columns = parseRecords([first.raw], delimiter)?.[0];
    if (!columns || first.broken)
      throw new UnreadableFile("The first line is not a CSV header. It must name the columns, separated by commas.");
    return { raw: first.raw, ending: first.ending || "\n", delimiter, columns };
  }
  throw new UnreadableFile("The file is empty: there is no header line that names the columns.");
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
  readonly broken?: string;
}

/**
 * Joins lines into records. A record that starts a quote and does not close it within `maxRecordLines` (or before the
 * end of the file) is broken at its first line, and reading goes on with the next.
 */
async function* readRecords(
  path: string,
  delimiter: string,
  options: { readonly signal?: AbortSignal; readonly onBytes?: (count: number) => void },
): AsyncGenerator<readonly RawRecord[]> {
  let open: Line[] = [];
  for await (const lines of readLines(path, options)) {
    const { records, rest } = assemble([...open, ...lines], delimiter, false);
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
): { readonly records: RawRecord[]; readonly rest: Line[] } {
  const records: RawRecord[] = [];
  let start = 0;
  while (start < lines.length) {
    let inQuotes = false;
    let end = start;
    for (; end < lines.length && end - start < maxRecordLines; end++) {
      inQuotes = endsInQuotes(lines[end]?.text ?? "", delimiter, inQuotes);
      if (!inQuotes) break;
    }
    const first = lines[start];
    if (!first) break;
    if (!inQuotes) {
      const own = lines.slice(start, end + 1);
      const raw = own.map((line, at) => (at < own.length - 1 ? line.text + line.ending : line.text)).join("");
      records.push({ line: first.number, raw, ending: own.at(-1)?.ending ?? "" });
      start = end + 1;
    } else if (atEnd || end - start >= maxRecordLines) {
      records.push({ line: first.number, raw: first.text, ending: first.ending, broken: "a quote is not closed" });
      start += 1;
    } else return { records, rest: lines.slice(start) };
  }
  return { records, rest: [] };
}

/** Whether a line ends inside a quoted cell. A quote opens a cell only at its start. */
function endsInQuotes(line: string, delimiter: string, inQuotes: boolean): boolean {
  if (!inQuotes && !line.includes('"')) return false;
  let quoted = inQuotes;
  let cellStart = !inQuotes;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (quoted) {
      if (char !== '"') continue;
      if (line[at + 1] === '"') at += 1;
      else quoted = false;
    } else if (char === '"' && cellStart) {
      quoted = true;
      cellStart = false;
    } else cellStart = char === delimiter;
  }
  return quoted;
}

function toRows(records: readonly RawRecord[], width: number, delimiter: string): FileRow[] {
  const whole = records.filter((record) => !record.broken && record.raw.trim() !== "");
  // All at once; row by row only where one of them is broken.
  const together = parseRecords(
    whole.map((record) => record.raw),
    delimiter,
  );
  let at = 0;
  return records.map(({ line, raw, ending, broken }): FileRow => {
    const row = { line, raw, ending, value: null };
    if (broken) return { ...row, state: "broken", reason: broken };
    if (raw.trim() === "") return { ...row, state: "blank" };
    const cells = together ? together[at++] : parseRecords([raw], delimiter)?.[0];
    if (!cells) return { ...row, state: "broken", reason: "its quotes do not match" };
    if (cells.length !== width)
      return { ...row, state: "broken", reason: `it has ${cells.length} cells where the header has ${width}` };
    return { ...row, state: "row", value: cells };
  });
}

/** Cells of each record; undefined where any record breaks the rules. */
function parseRecords(raws: readonly string[], delimiter: string): string[][] | undefined {
  try {
    const rows: string[][] = parse(raws.join("\n"), {
      delimiter,
      record_delimiter: ["\n", "\r\n"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
    return rows.length === raws.length ? rows : undefined;
  } catch {
    return undefined; // Which record it was is found by parsing them one by one.
  }
}

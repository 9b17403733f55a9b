/** JSON lines: each line is a value; the output becomes a field of it (or takes its place where it is no object). */
import type { FileRow, RowFile } from "./format.ts";
import { fieldNames, jsonRow, jsonRows } from "./json-values.ts";
import { type Line, readEncoding, readLines, startOf, type TextOptions } from "./lines.ts";

const rowsLookedAt = 100;

/** Columns are the fields of the first hundred objects. */
export async function openJsonl(path: string): Promise<RowFile> {
  const encoding = await readEncoding(path);
  const first: FileRow[] = [];
  for await (const lines of readLines(path, encoding)) {
    first.push(...lines.slice(0, rowsLookedAt - first.length).map(toRow));
    if (first.length >= rowsLookedAt) break;
  }
  const columns = fieldNames(first);
  return {
    kind: "jsonl",
    path,
    encoding,
    columns,
    start: startOf(encoding),
    head: () => "",
    async *rows(options: TextOptions) {
      for await (const lines of readLines(path, encoding, options)) yield lines.map(toRow);
    },
    ...jsonRows(columns),
  };
}

function toRow({ number, text, ending }: Line): FileRow {
  return jsonRow(number, text, ending);
}

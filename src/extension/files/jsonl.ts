/** JSON lines: each line is a value; the output becomes a field of it (or takes its place where it is no object). */
import type { JsonValue } from "../../contract/wire.ts";
import type { FileRow, RowFile } from "./format.ts";
import { byteOrderMark, type Line, readLines, startsWithMark } from "./lines.ts";

const rowsLookedAt = 100;

/** Columns are the fields of the first hundred objects. */
export async function openJsonl(path: string): Promise<RowFile> {
  const mark = await startsWithMark(path);
  const columns = new Set<string>();
  let seen = 0;
  for await (const lines of readLines(path)) {
    for (const row of lines.slice(0, rowsLookedAt - seen).map(toRow)) {
      seen += 1;
      if (row.state === "row" && isObject(row.value)) for (const name of Object.keys(row.value)) columns.add(name);
    }
    if (seen >= rowsLookedAt) break;
  }
  return {
    kind: "jsonl",
    path,
    columns: [...columns],
    head: () => (mark ? byteOrderMark : ""),
    async *rows(options) {
      for await (const lines of readLines(path, options)) yield lines.map(toRow);
    },
    get: (row, column) =>
      column === undefined
        ? row.value
        : isObject(row.value) && Object.hasOwn(row.value, column)
          ? row.value[column]
          : undefined,
    put: (row, column, output) =>
      JSON.stringify(
        column !== undefined && isObject(row.value)
          ? Object.fromEntries([...Object.entries(row.value).filter(([name]) => name !== column), [column, output]])
          : output,
      ),
    keep: (row) => row.raw,
  };
}

function toRow({ number, text, ending }: Line): FileRow {
  const row = { line: number, raw: text, ending };
  if (text.trim() === "") return { ...row, state: "blank", value: null };
  try {
    return { ...row, state: "row", value: JSON.parse(text) as JsonValue };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...row, state: "broken", reason: `not JSON: ${why}`, value: null };
  }
}

function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What the three kinds of files have in common: rows that are read, and rows that are written back with an output in
 * them. `csv.ts`, `jsonl.ts` and `plain.ts` do the work; `open.ts` chooses among them.
 */
import type { JsonValue } from "../../contract/wire.ts";

export interface FileRow {
  /** Of its first line, counted from 1. */
  readonly line: number;
  /** As it stands in the file, without its ending. */
  readonly raw: string;
  readonly ending: string;
  /** `blank` rows and `broken` ones are written back as they stand; broken ones are told with the reason. */
  readonly state: "row" | "blank" | "broken";
  readonly reason?: string;
  /** The cells of a CSV row, or the value of a JSON line. */
  readonly value: JsonValue;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly onBytes?: (count: number) => void;
}

export interface RowFile {
  readonly kind: "lines" | "csv" | "jsonl";
  readonly path: string;
  /** Names of columns (CSV) or fields (JSONL); empty where a row is one value. */
  readonly columns: readonly string[];
  /** What stands before the first row of the result: the mark, and a CSV's header with the output column. */
  head(outputColumn: string | undefined): string;
  rows(options: ReadOptions): AsyncGenerator<readonly FileRow[]>;
  /** The value of a column; undefined where the row has none. Without a column: the whole row. */
  get(row: FileRow, column: string | undefined): JsonValue | undefined;
  /** The row's text with the output put into the column. */
  put(row: FileRow, column: string | undefined, output: JsonValue): string;
  /** The row's text where there is no output for it (in CSV a new column needs an empty cell). */
  keep(row: FileRow, column: string | undefined): string;
}

/** An output as text: text as it is, everything else as JSON. */
export function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** True for a cell or field that stands empty: missing, null, or only spaces. */
export function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

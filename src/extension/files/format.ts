/**
 * What the kinds of files have in common: rows that are read, and rows that are written back with an output in them.
 * `csv.ts`, `json.ts`, `jsonl.ts` and `plain.ts` do the work; `open.ts` chooses among them.
 */
import type { Said } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Encoding } from "./encoding.ts";

export interface FileRow {
  /** Of its first line, counted from 1. */
  readonly line: number;
  /** As it stands in the file, without its ending. */
  readonly raw: string;
  /** What stands between this row and the next. */
  readonly ending: string;
  /** `blank` rows and `broken` ones are written back as they stand; broken ones are told with the reason. */
  readonly state: "row" | "blank" | "broken";
  readonly reason?: Said;
  /** The cells of a CSV row, or a JSON value. */
  readonly value: JsonValue;
  /** It stands after the last row, in pieces of any size: reading cannot begin there. */
  readonly tail?: true;
}

/** A point between two rows. */
export interface Place {
  /** From the start of the file. */
  readonly bytes: number;
  /** Of the row that begins there, counted from 1. */
  readonly line: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Absent: the first row. */
  readonly from?: Place;
}

export interface RowFile {
  readonly kind: "lines" | "csv" | "json" | "jsonl";
  readonly path: string;
  readonly encoding: Encoding;
  /** Names of columns (CSV) or fields (JSON); empty where a row is one value. */
  readonly columns: readonly string[];
  /** Where the first row begins: what stands before it is the head. */
  readonly start: Place;
  /** What stands before the first row of the result, without the mark: a CSV's header with the output column. */
  head(outputColumn: string | undefined): string;
  /** The head and then each row's `raw` and `ending` are the whole text, character by character. */
  rows(options: ReadOptions): AsyncGenerator<readonly FileRow[]>;
  /** The value of a column; undefined where the row has none. Without a column: the whole row. */
  get(row: FileRow, column: string | undefined): JsonValue | undefined;
  /** The row's text with the output put into the column. */
  put(row: FileRow, column: string | undefined, output: JsonValue): string;
  /** The row's text where there is no output for it (in CSV a new column needs an empty cell). */
  keep(row: FileRow, column: string | undefined): string;
  /** A row's text as cells to be shown, one for each column; one cell where there are no columns, or it is broken. */
  cells(raw: string): readonly string[];
}

/** An output as text: text as it is, everything else as JSON. */
export function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** True for a cell or field that stands empty: missing, null, or only spaces. */
export function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

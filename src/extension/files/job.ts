/** What is to be done with a file's rows, and what became of them. */
import type { Catalogue } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";
import { type FileRow, isEmpty, type RowFile } from "./format.ts";
import type { RowIndex } from "./row-index.ts";

/** What a program made of one input. */
export type RowOutcome =
  | { readonly ok: true; readonly output: JsonValue }
  | { readonly ok: false; readonly error: string };

export interface FileJob {
  readonly file: RowFile;
  /** Absent: the whole row is the input. */
  readonly inputColumn?: string;
  /** Absent: the output takes the place of the row (lines). */
  readonly outputColumn?: string;
  /** Rows whose output column has a value already keep it and are not run. */
  readonly onlyEmpty?: boolean;
  /** The file is an earlier result: only its failed rows are run, the others stay as they were. */
  readonly again?: Earlier;
  /** Inputs (as JSON text) on which programs that fit the examples disagree. */
  readonly doubtful?: ReadonlySet<string>;
  /** What reasons are told in; absent: English. */
  readonly words?: Catalogue;
}

/** How the rows of an earlier result went. */
export interface Earlier {
  readonly index: RowIndex;
  readonly reasons: readonly string[];
}

/** Rows that are run together. */
export interface Group {
  readonly rows: readonly FileRow[];
  /** The number of the first among those that are not blank. */
  readonly firstRow: number;
}

export interface Finished extends Group {
  /** One for each row: what became of it where it was run. */
  readonly ran: readonly (RowOutcome | undefined)[];
}

/** Whether a row keeps the output it has. */
export function hasOutput(job: FileJob, row: FileRow): boolean {
  return job.onlyEmpty === true && !isEmpty(job.file.get(row, job.outputColumn));
}

/**
 * A file through a program: rows are read, run in groups and written as they come, in bounded memory. Rows that are
 * broken, or on which the program fails, keep their text and are told by line; the others are done.
 */
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { JsonValue } from "../../contract/wire.ts";
import { type FileRow, isEmpty, type RowFile } from "./format.ts";

/** What a program made of one input. */
export type RowOutcome =
  | { readonly ok: true; readonly output: JsonValue }
  | { readonly ok: false; readonly error: string };

/** Runs a program on a group of inputs; as many outcomes, in their order. */
export type RunInputs = (inputs: readonly JsonValue[], signal: AbortSignal) => Promise<readonly RowOutcome[]>;

export interface FileJob {
  readonly file: RowFile;
  /** Absent: the whole row is the input. */
  readonly inputColumn?: string;
  /** Absent: the output takes the place of the row (lines). */
  readonly outputColumn?: string;
  /** Rows whose output column has a value already keep it and are not run. */
  readonly onlyEmpty?: boolean;
}

export interface FileSummary {
  /** Rows of data: without blank rows and the header. */
  readonly rows: number;
  readonly done: number;
  readonly failed: number;
  /** Rows that had their output already. */
  readonly kept: number;
  readonly elapsedMs: number;
  /** The first thousand rows that were not done. */
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
}

const groupRows = 2_000;
const groupChars = 4_000_000;
const maxProblems = 1_000;

export interface FileProgress {
  readonly rows: number;
  /** 0 to 1, by bytes read. */
  readonly fraction: number;
  readonly rowsPerSecond: number;
}

/**
 * Writes the result to `target`.
 * @throws UnreadableFile; the signal's reason where it was aborted; whatever `run` throws.
 */
export async function runFile(
  job: FileJob,
  run: RunInputs,
  target: string,
  options: { readonly signal: AbortSignal; readonly onProgress?: (progress: FileProgress) => void },
): Promise<FileSummary> {
  const { file, outputColumn } = job;
  const started = performance.now();
  const size = Math.max(1, (await stat(file.path)).size);
  const problems: { line: number; reason: string }[] = [];
  let [rows, done, failed, kept, bytes] = [0, 0, 0, 0, 0];

  const problem = (line: number, reason: string): void => {
    failed += 1;
    if (problems.length < maxProblems) problems.push({ line, reason });
  };

  async function finish(group: readonly FileRow[]): Promise<string> {
    const inputs = group.map((row) => inputOf(job, row));
    const asked = inputs.filter((input) => input !== undefined);
    const outcomes = asked.length > 0 ? await run(asked, options.signal) : [];
    let next = 0;
    const text = group.map((row, at) => {
      if (row.state !== "blank") rows += 1;
      if (inputs[at] !== undefined) {
        const outcome = outcomes[next++] ?? { ok: false, error: "there was no answer" };
        if (outcome.ok) {
          done += 1;
          return file.put(row, outputColumn, outcome.output) + row.ending;
        }
        problem(row.line, outcome.error);
      } else if (row.state === "broken") problem(row.line, row.reason ?? "it cannot be read");
      else if (row.state === "row" && hasOutput(job, row)) kept += 1;
      else if (row.state === "row") problem(row.line, `it has no ${JSON.stringify(job.inputColumn ?? "value")}`);
      return file.keep(row, outputColumn) + row.ending;
    });
    options.onProgress?.({
      rows,
      fraction: Math.min(1, bytes / size),
      rowsPerSecond: rows / Math.max(0.001, (performance.now() - started) / 1_000),
    });
    return text.join("");
  }

  async function* result(): AsyncGenerator<string> {
    yield file.head(outputColumn);
    let group: FileRow[] = [];
    let chars = 0;
    const onBytes = (count: number): void => {
      bytes += count;
    };
    const read = file.rows({ signal: options.signal, onBytes });
    for await (const some of read)
      for (const row of some) {
        group.push(row);
        chars += row.raw.length;
        if (group.length < groupRows && chars < groupChars) continue;
        yield await finish(group);
        group = [];
        chars = 0;
      }
    yield await finish(group);
  }

  await pipeline(result, createWriteStream(target), { signal: options.signal });
  return { rows, done, failed, kept, problems, elapsedMs: performance.now() - started };
}

/** The input of a row that is to be run. */
function inputOf(job: FileJob, row: FileRow): JsonValue | undefined {
  if (row.state !== "row" || hasOutput(job, row)) return undefined;
  return job.file.get(row, job.inputColumn);
}

function hasOutput(job: FileJob, row: FileRow): boolean {
  return job.onlyEmpty === true && !isEmpty(job.file.get(row, job.outputColumn));
}

/** "10,000 rows: 9,998 done, 2 failed (lines 17, 403)." */
export function describeSummary(summary: FileSummary): string {
  const count = (value: number): string => value.toLocaleString("en-US");
  const parts = [`${count(summary.done)} done`];
  if (summary.kept > 0) parts.push(`${count(summary.kept)} had a value already`);
  if (summary.failed > 0) {
    const lines = summary.problems.slice(0, 5).map(({ line }) => count(line));
    const more = summary.failed > lines.length ? ", …" : "";
    parts.push(`${count(summary.failed)} failed (${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}${more})`);
  }
  return `${count(summary.rows)} ${summary.rows === 1 ? "row" : "rows"}: ${parts.join(", ")}.`;
}

/**
 * A file through a program: rows are read, run in groups and written as they come, in bounded memory. While one group
 * runs, the next is read and the one before written. Rows that are broken, or on which the program fails, keep their
 * text and are told by line; the others are done.
 */
import { stat } from "node:fs/promises";
import { say, spoken } from "../../contract/say.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { FileRow } from "./format.ts";
import { type FileJob, type Finished, type Group, hasOutput, type RowOutcome } from "./job.ts";
import type { RunState } from "./journal.ts";
import { type IndexedRow, RowState } from "./row-index.ts";
import { Tally } from "./tally.ts";

/** Runs a program on a group of inputs; as many outcomes, in their order. */
export type RunInputs = (inputs: readonly JsonValue[], signal: AbortSignal) => Promise<readonly RowOutcome[]>;

export interface FileProgress {
  readonly rows: number;
  /** 0 to 1, by bytes read. */
  readonly fraction: number;
  readonly rowsPerSecond: number;
  /** Time it will still take, in ms, at this pace. */
  readonly leftMs: number;
}

/** Where a result is written to. */
export interface ResultWriter {
  /** Takes the next part of the result and the entries of its rows; resolves when it takes more. */
  write(text: string, rows: readonly IndexedRow[]): Promise<void>;
  /** All written so far belongs to this state. `last`: there is no more. */
  checkpoint(state: RunState, last: boolean): Promise<void>;
}

const groupRows = 500;
const groupChars = 1_000_000;
/** Groups that are with the program or waiting to be written. */
const groupsAtOnce = 3;

/**
 * Runs from the start, or from `resume` on, and writes what follows.
 * @throws UnreadableFile; the signal's reason where it was aborted; whatever `run` throws.
 */
export async function runFile(
  job: FileJob,
  run: RunInputs,
  writer: ResultWriter,
  options: {
    readonly signal: AbortSignal;
    readonly resume?: RunState;
    readonly onProgress?: (progress: FileProgress) => void;
  },
): Promise<RunState> {
  const { file, outputColumn } = job;
  const { resume, onProgress } = options;
  const { size } = await stat(file.path);
  const failing = new AbortController();
  const signal = AbortSignal.any([options.signal, failing.signal]);
  const tally = new Tally(job, resume);
  const started = performance.now() - (resume?.elapsedMs ?? 0);
  const rowsBefore = resume?.rows ?? 0;
  const begun = performance.now();
  const elapsedMs = (): number => performance.now() - started;

  const write = async (pending: Promise<Finished>): Promise<void> => {
    const finished = await pending;
    const { text, entries } = tally.settle(finished);
    await writer.write(text, entries);
    if (!finished.rows.at(-1)?.tail) await writer.checkpoint(tally.state(elapsedMs()), false);
    const rowsPerSecond = (tally.rows - rowsBefore) / Math.max(0.001, (performance.now() - begun) / 1_000);
    const share = (tally.position.bytes - file.start.bytes) / Math.max(1, size - file.start.bytes);
    const leftMs = (((tally.rows / Math.max(share, 0.000_001)) * (1 - share)) / Math.max(1, rowsPerSecond)) * 1_000;
    onProgress?.({ rows: tally.rows, fraction: Math.min(1, share), rowsPerSecond, leftMs });
  };

  const underWay: Promise<Finished>[] = [];
  try {
    if (!resume) await writer.write(tally.begin(file.head(outputColumn)), []);
    const from = resume?.position ?? file.start;
    let firstRow = rowsBefore;
    for await (const rows of grouped(file.rows({ signal, from }))) {
      signal.throwIfAborted();
      const finished = runGroup(job, { rows, firstRow }, run, signal);
      firstRow += rows.reduce((count, { state }) => (state === "blank" ? count : count + 1), 0);
      finished.catch(() => {}); // Told when its turn comes.
      underWay.push(finished);
      const first = underWay.length >= groupsAtOnce ? underWay.shift() : undefined;
      if (first) await write(first);
    }
    for (const pending of underWay) await write(pending);
    const state = tally.state(elapsedMs());
    await writer.checkpoint(state, true);
    return state;
  } catch (error) {
    failing.abort();
    throw error;
  }
}

async function runGroup(job: FileJob, group: Group, run: RunInputs, signal: AbortSignal): Promise<Finished> {
  let number = group.firstRow;
  const inputs = group.rows.map((row) => {
    if (row.state === "blank") return undefined;
    const wanted = !job.again || job.again.index.state(number) === RowState.failed;
    number += 1;
    return wanted ? inputOf(job, row) : undefined;
  });
  const asked = inputs.filter((input) => input !== undefined);
  const outcomes = asked.length > 0 ? await run(asked, signal) : [];
  let next = 0;
  const ran = inputs.map((input): RowOutcome | undefined =>
    input === undefined
      ? undefined
      : (outcomes[next++] ?? { ok: false, error: spoken(say`there was no answer`, job.words) }),
  );
  return { ...group, ran };
}

async function* grouped(read: AsyncGenerator<readonly FileRow[]>): AsyncGenerator<readonly FileRow[]> {
  let group: FileRow[] = [];
  let chars = 0;
  for await (const some of read)
    for (const row of some) {
      group.push(row);
      chars += row.raw.length;
      if (group.length < groupRows && chars < groupChars) continue;
      yield group;
      group = [];
      chars = 0;
    }
  if (group.length > 0) yield group;
}

/** The input of a row that is to be run. */
function inputOf(job: FileJob, row: FileRow): JsonValue | undefined {
  if (row.state !== "row" || hasOutput(job, row)) return undefined;
  return job.file.get(row, job.inputColumn);
}

/**
 * The datasets of all tasks: `{folder}/{task_id}/executions/2026-11-22.jsonl` and its like, written in the background.
 * A day's file is chosen by the row's own time. Several processes may write to one folder.
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetKind, PrivacyMode } from "../../contract/datasets.ts";
import type { Log } from "../../observability/log.ts";
import { whenQuiet } from "../when-quiet.ts";
import { type Bundle, bundleRows, type Waiting } from "./bundles.ts";
import { appendLines, readLines } from "./day-file.ts";
import { type DatasetLimits, dayFile, defaultLimits, storedDays, storedTasks, taskFolder } from "./files.ts";
import { FolderLock, isBusy } from "./folder-lock.ts";
import { type DatasetRows, LineWriter } from "./rows.ts";
import { Trouble } from "./trouble.ts";
import { Upkeep } from "./upkeep.ts";

export interface DatasetWriter {
  /**
   * Takes rows to be written within a moment, and returns at once. Where writing does not keep up, or fails, rows are
   * dropped; how many is in the log and told to `onRows`.
   */
  append<K extends DatasetKind>(kind: K, taskId: string, rows: readonly DatasetRows[K][]): void;
}

export interface Datasets extends DatasetWriter {
  /**
   * Rows handed over until now are in their files (or dropped) when it resolves: kept also through `kill -9`. So are the
   * numbers of days that are over.
   */
  flush(): Promise<void>;
  /** A task's lines of some days, both ends included, as bytes; what was handed over until now is among them. */
  read(
    taskId: string,
    kind: DatasetKind,
    days: { from?: string | undefined; to?: string | undefined },
  ): AsyncIterable<Buffer>;
  /** Everything of a task, for good. */
  delete(taskId: string): Promise<void>;
  /**
   * Deletes the folders of tasks that are not among the known, and repairs what a killed process left half written.
   * @param known those of some ids that there are
   */
  tidy(known: (taskIds: readonly string[]) => Promise<readonly string[]>): Promise<void>;
  /** Writes what is left. */
  stop(): Promise<void>;
}

export interface DatasetOptions {
  readonly folder: string;
  /** The installation's secret: hashes and placeholders are made with it. */
  readonly key: Buffer;
  /** Asked at each writing. Undefined: there is no such task (any more), and its rows are dropped. */
  readonly privacyOf: (taskId: string) => Promise<PrivacyMode | undefined>;
  readonly log: Pick<Log, "warn" | "info">;
  readonly limits?: Partial<DatasetLimits> | undefined;
  /** Told how many rows were written, or not. */
  readonly onRows?: (outcome: "written" | "dropped", count: number) => void;
  readonly now?: () => Date;
}

/** Rows are written together once no more come: a batch under way is not held up. More than this wait for nothing. */
const idleMs = 250;
const longestWaitMs = 5_000;
const hurryChars = 4_000_000;
/** Rows that wait, in characters of their texts: what comes on top is dropped. */
const mostChars = 32_000_000;
/** Made into lines and written before the next ones are. */
const rowsAtOnce = 1_000;
/** Of a row, beside its texts. */
const rowChars = 300;
export function createDatasets(options: DatasetOptions): Datasets {
  const { folder, log, onRows = () => {}, now = () => new Date() } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const writer = new LineWriter(options.key);
  const lock = new FolderLock(join(folder, ".lock"));
  const upkeep = new Upkeep(folder, limits, options.key, now);
  const stopping = new AbortController();
  let waiting: Waiting[] = [];
  let chars = 0;
  let isHurried = false;
  let overflow = 0;
  let writing: Promise<unknown> = Promise.resolve();
  let finishing: Promise<unknown> = Promise.resolve();
  const trouble = new Trouble(log);
  const finishingTrouble = new Trouble(log);

  /** Works on the folder one after the other. */
  const queue = <T>(work: () => Promise<T>): Promise<T> => {
    const done = writing.then(work);
    writing = done.catch(() => {}); // Whoever asked for it is told.
    return done;
  };
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return lock.hold(work);
  };

  /** Gives how many rows there was no room for. */
  const write = async (bundles: Bundle[]): Promise<number> => {
    let refused = 0;
    await upkeep.run();
    for (let next = bundles[0]; next; next = bundles[0]) {
      const { kind, taskId, day, lines } = next;
      const bytes = Buffer.from(`${lines.join("\n")}\n`);
      if (!upkeep.isFull) await upkeep.mark(taskId);
      const isAdded =
        !upkeep.isFull && (await appendLines(dayFile(folder, taskId, kind, day), bytes, limits.taskBytes));
      bundles.shift(); // Settled, whatever happens to the others.
      if (isAdded) {
        onRows("written", lines.length);
        await upkeep.added(taskId, day, bytes.length);
      } else refused += lines.length;
    }
    await upkeep.run();
    return refused;
  };

  const writeWaiting = async (): Promise<void> => {
    quiet.cancel();
    isHurried = false;
    const taken = waiting;
    const unheard = overflow;
    waiting = [];
    chars = 0;
    overflow = 0;
    if (taken.length === 0) return;
    const taskIds = new Set(taken.map((row) => row.taskId));
    let part: Waiting[] = [];
    let bundles: Bundle[] | undefined;
    let refused = 0;
    try {
      // Of each part, the rows and the lines are let go before the next one is made.
      while (taken.length > 0) {
        part = taken.splice(0, rowsAtOnce);
        bundles = undefined;
        const made = await bundleRows(part, writer, options.privacyOf);
        bundles = made.bundles;
        if (made.unfit > 0) onRows("dropped", made.unfit);
        refused += await alone(() => write(made.bundles));
      }
      if (refused > 0) trouble.began("a size limit is reached, rows are dropped until tomorrow", refused);
      else if (unheard > 0) trouble.began("rows came faster than they could be written and were dropped", unheard);
      else trouble.ended();
      for (const taskId of taskIds) finishDays(taskId);
    } catch (error) {
      const lost = taken.length + (bundles ? bundles.reduce((sum, { lines }) => sum + lines.length, 0) : part.length);
      refused += lost;
      trouble.began(isBusy(error) ? "another process holds the folder" : "rows cannot be written", lost, error);
    }
    if (refused > 0) onRows("dropped", refused);
  };

  const quiet = whenQuiet(() => void queue(writeWaiting), idleMs, longestWaitMs);

  /** The numbers of days that are over: they hold up no writing. */
  const finishDays = (taskId: string): void => {
    finishing = finishing
      .then(() => upkeep.finishDays(taskId, stopping.signal))
      .then(() => finishingTrouble.ended())
      .catch((error: unknown) => {
        if (!stopping.signal.aborted)
          finishingTrouble.began("numbers of a day that is over cannot be written", 0, error);
      });
  };

  return {
    append(kind, taskId, rows) {
      let dropped = 0;
      for (const row of rows) {
        const size = rowChars + sizeOf(row);
        if (chars + size > mostChars || stopping.signal.aborted) dropped++;
        else {
          chars += size;
          waiting.push({ kind, taskId, row });
        }
      }
      overflow += dropped;
      if (dropped > 0) onRows("dropped", dropped);
      if (waiting.length === 0 || isHurried) return;
      isHurried = chars > hurryChars;
      if (isHurried) void queue(writeWaiting);
      else quiet.wake();
    },
    async flush() {
      await queue(writeWaiting);
      await finishing;
    },
    async *read(taskId, kind, { from = "", to = "9999-12-31" }) {
      await queue(writeWaiting);
      finishDays(taskId);
      for (const file of await storedDays(folder, taskId))
        if (file.kind === kind && file.day >= from && file.day <= to) yield* readLines(file.path);
    },
    delete: (taskId) =>
      queue(async () => {
        const path = taskFolder(folder, taskId);
        waiting = waiting.filter((row) => row.taskId !== taskId);
        await finishing;
        await alone(() => rm(path, { recursive: true, force: true }));
        upkeep.forget(taskId);
      }),
    tidy: (known) =>
      queue(async () => {
        if ((await storedTasks(folder)).length === 0) return;
        const gone = await upkeep.unknown(known);
        await finishing;
        await alone(async () => {
          for (const taskId of gone) await rm(taskFolder(folder, taskId), { recursive: true, force: true });
          await upkeep.repair();
        });
        if (gone.length > 0) log.info({ tasks: gone }, "datasets of deleted tasks were deleted");
      }),
    async stop() {
      await queue(writeWaiting);
      stopping.abort();
      await finishing;
    },
  };
}

function sizeOf(row: DatasetRows[DatasetKind]): number {
  if ("input" in row) return row.input.length + (row.output?.length ?? 0);
  return row.expected_output?.length ?? 0;
}

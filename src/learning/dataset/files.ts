/** Where a task's dataset lies, and which of its files go when there are too many. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetKind } from "../../contract/datasets.ts";
import { isMissing } from "./day-file.ts";

export const kinds: readonly DatasetKind[] = ["executions", "validations"];

export interface DatasetLimits {
  /** Days before today that are kept. */
  readonly retentionDays: number;
  /** Of a task's rows. */
  readonly taskBytes: number;
  /** Of all tasks' rows. */
  readonly bytes: number;
}

export const defaultLimits: DatasetLimits = { retentionDays: 90, taskBytes: 256_000_000, bytes: 2_000_000_000 };

/** A file of one day of one task. */
export interface StoredDay {
  readonly taskId: string;
  readonly kind: DatasetKind | "analytics";
  /** `2026-11-22` */
  readonly day: string;
  readonly path: string;
  readonly bytes: number;
}

/** A task's own folder. @throws RangeError for an id that is none, so that no id leads out of the datasets */
export function taskFolder(folder: string, taskId: string): string {
  if (!isTaskFolder(taskId)) throw new RangeError(`not a task's id: ${taskId}`);
  return join(folder, taskId);
}

export function isTaskFolder(name: string): boolean {
  return /^task_[A-Za-z0-9_-]{1,60}$/.test(name);
}

export function dayFile(folder: string, taskId: string, kind: DatasetKind, day: string): string {
  return join(taskFolder(folder, taskId), kind, `${day}.jsonl`);
}

export function statsFile(folder: string, taskId: string, day: string): string {
  return join(taskFolder(folder, taskId), "analytics", `daily-stats-${day}.json`);
}

/** The tasks that have a folder. */
export async function storedTasks(folder: string): Promise<string[]> {
  return (await names(folder)).filter(isTaskFolder);
}

/** A task's files, oldest first. */
export async function storedDays(folder: string, taskId: string): Promise<StoredDay[]> {
  const days: StoredDay[] = [];
  for (const kind of [...kinds, "analytics"] as const) {
    const inside = join(taskFolder(folder, taskId), kind);
    for (const name of await names(inside)) {
      const day = /^(?:daily-stats-)?(\d{4}-\d{2}-\d{2})\.jsonl?$/.exec(name)?.[1];
      if (!day) continue;
      const path = join(inside, name);
      try {
        days.push({ taskId, kind, day, path, bytes: (await stat(path)).size });
      } catch (error) {
        if (!isMissing(error)) throw error; // Another process was faster.
      }
    }
  }
  return days.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/**
 * Which files are to be deleted: those older than the retention, then, while there is too much, the oldest day of a task,
 * then of all. Today's stay; numbers of a day outlive its rows until the retention is over.
 * @param today `2026-11-22`
 */
export function tooMuch(
  days: readonly StoredDay[],
  limits: DatasetLimits,
  today: string,
): { readonly gone: StoredDay[]; readonly bytesLeft: number } {
  const first = dayBefore(today, limits.retentionDays);
  const gone = days.filter(({ day }) => day < first);
  let rows = days.filter(({ day, kind }) => day >= first && kind !== "analytics");
  const shorten = (of: StoredDay[], most: number): void => {
    let bytes = sum(of);
    for (const file of [...of].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : b.bytes - a.bytes))) {
      if (bytes <= most || file.day >= today) continue;
      gone.push(file);
      bytes -= file.bytes;
    }
    const deleted = new Set(gone);
    rows = rows.filter((file) => !deleted.has(file));
  };
  for (const taskId of new Set(rows.map((file) => file.taskId)))
    shorten(
      rows.filter((file) => file.taskId === taskId),
      limits.taskBytes,
    );
  shorten(rows, limits.bytes);
  return { gone, bytesLeft: sum(rows) };
}

export function dayBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * 86_400_000).toISOString().slice(0, 10);
}

function sum(files: readonly StoredDay[]): number {
  return files.reduce((bytes, file) => bytes + file.bytes, 0);
}

async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Keeps a datasets folder within its limits, and finishes days that are over. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeDailyStats } from "./daily-stats.ts";
import { isMissing, repairEnd } from "./day-file.ts";
import {
  type DatasetLimits,
  kinds,
  type StoredDay,
  statsFile,
  storedDays,
  storedTasks,
  taskFolder,
  tooMuch,
} from "./files.ts";

/** Limits are looked after each time this part of them was written: so much may be in a folder beyond its limit. */
const partOfLimit = 16;
/** Rows of a day may come so much after it without its numbers being made twice. */
const graceMs = 60_000;

export class Upkeep {
  readonly #folder: string;
  readonly #limits: DatasetLimits;
  readonly #owner: string;
  readonly #now: () => Date;
  /** When all was last looked through. */
  #lookedOn = "";
  #written = 0;
  #writtenOf = new Map<string, number>();
  /** Tasks whose days before this one are finished. */
  #finished = new Map<string, string>();
  /** How often something was added to a day that is over. */
  #late = 0;
  /** Today's rows alone are more than all may be. */
  isFull = false;

  constructor(folder: string, limits: DatasetLimits, key: Buffer, now: () => Date) {
    this.#folder = folder;
    this.#limits = limits;
    this.#owner = createHash("sha256").update("datasets\0").update(key).digest("hex").slice(0, 16);
    this.#now = now;
  }

  /** Marks a task's folder as one of this database. */
  async mark(taskId: string): Promise<void> {
    if (await this.#isOwn(taskId)) return;
    await mkdir(taskFolder(this.#folder, taskId), { recursive: true, mode: 0o700 });
    await writeFile(this.#ownerFile(taskId), `${this.#owner}\n`, { mode: 0o600 });
  }

  /** So many bytes were added to a task's day. Numbers of a day that is over are made again. */
  async added(taskId: string, day: string, bytes: number): Promise<void> {
    this.#written += bytes;
    this.#writtenOf.set(taskId, (this.#writtenOf.get(taskId) ?? 0) + bytes);
    if (day >= this.#dayAt(0)) return;
    this.#late++;
    await rm(statsFile(this.#folder, taskId, day), { force: true });
    this.#finished.delete(taskId);
  }

  /** Deletes what is too old or too much, where that may have changed. Nobody else writes meanwhile. */
  async run(): Promise<void> {
    const { taskBytes, bytes } = this.#limits;
    if (this.#lookedOn !== this.#dayAt(0) || this.#written > bytes / partOfLimit) {
      const tasks = await storedTasks(this.#folder);
      const bytesLeft = await this.#shorten((await this.#daysOf(tasks)).flat());
      this.isFull = bytesLeft >= bytes;
      this.#lookedOn = this.#dayAt(0);
      this.#written = 0;
      this.#writtenOf.clear();
      return;
    }
    for (const [taskId, written] of this.#writtenOf) {
      if (written <= taskBytes / partOfLimit) continue;
      await this.#shorten(await storedDays(this.#folder, taskId));
      this.#writtenOf.delete(taskId);
    }
  }

  /** Makes the numbers of a task's days that are over and have none yet; looks once a day. */
  async finishDays(taskId: string, signal: AbortSignal): Promise<void> {
    const today = this.#dayAt(graceMs);
    if (this.#finished.get(taskId) === today) return;
    const late = this.#late;
    const days = await storedDays(this.#folder, taskId);
    const done = new Set(days.filter(({ kind }) => kind === "analytics").map(({ day }) => day));
    const over = [...new Set(days.map((file) => file.day))].filter((day) => day < today && !done.has(day));
    for (const day of over) await writeDailyStats(this.#folder, taskId, day, signal);
    if (this.#late === late) this.#finished.set(taskId, today);
    else for (const day of over) await rm(statsFile(this.#folder, taskId, day), { force: true });
  }

  /** A task's folder was deleted. */
  forget(taskId: string): void {
    this.#finished.delete(taskId);
    this.#writtenOf.delete(taskId);
    this.#lookedOn = "";
  }

  /**
   * Tasks that have a folder of this database and are not known. A database that was moved away or replaced does not take
   * its datasets with it.
   */
  async unknown(known: (taskIds: readonly string[]) => Promise<readonly string[]>): Promise<string[]> {
    // Folders first: whoever has one by now has its task already.
    const stored = await storedTasks(this.#folder);
    if (stored.length === 0) return [];
    const there = new Set(await known(stored));
    const unknown = stored.filter((taskId) => !there.has(taskId));
    const own = await Promise.all(unknown.map((taskId) => this.#isOwn(taskId)));
    return unknown.filter((_, at) => own[at]);
  }

  /** Cuts off half a last line, which can only be in the newest file of its kind. Nobody else writes meanwhile. */
  async repair(): Promise<void> {
    for (const days of await this.#daysOf(await storedTasks(this.#folder)))
      for (const kind of kinds) {
        const newest = days.findLast((file) => file.kind === kind);
        if (newest) await repairEnd(newest.path);
      }
  }

  async #isOwn(taskId: string): Promise<boolean> {
    try {
      return (await readFile(this.#ownerFile(taskId), "utf8")).trim() === this.#owner;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  #ownerFile(taskId: string): string {
    return join(taskFolder(this.#folder, taskId), ".owner");
  }

  /** The UTC day it was so many milliseconds ago. */
  #dayAt(ago: number): string {
    return new Date(this.#now().getTime() - ago).toISOString().slice(0, 10);
  }

  #daysOf(tasks: readonly string[]): Promise<StoredDay[][]> {
    return Promise.all(tasks.map((taskId) => storedDays(this.#folder, taskId)));
  }

  async #shorten(days: readonly StoredDay[]): Promise<number> {
    const { gone, bytesLeft } = tooMuch(days, this.#limits, this.#dayAt(0));
    for (const { path } of gone) await rm(path, { force: true });
    return bytesLeft;
  }
}

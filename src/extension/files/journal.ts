/**
 * A run on a file as it stands on disk: a folder with `run.json` (what runs, and how far it is), `rows` (see
 * row-index.ts) and, while it runs, the result so far in a `.hapa-partial`. It is written so that after any end of the
 * process (a crash, a closed window) the run can go on where the journal says, and gives the same bytes.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ProgramLanguage } from "../../contract/tasks.ts";
import type { Place } from "./format.ts";

/** What is run on which file; enough to start it again. */
export interface RunOrder {
  readonly source: { readonly path: string; readonly size: number; readonly mtimeMs: number };
  /** In JSON: where the list is. */
  readonly at?: string;
  readonly program: { readonly taskId: string; readonly version: number; readonly language: ProgramLanguage };
  /** The program's name, for people. */
  readonly name: string;
  readonly draft: boolean;
  readonly inputColumn?: string;
  readonly outputColumn?: string;
  readonly onlyEmpty?: boolean;
  /** JSON texts of the inputs on which programs that fit the examples disagree. */
  readonly doubtful: readonly string[];
  /** Where the result is moved at the end; absent: it stays in the run's folder. */
  readonly target?: string;
  /** Only the failed rows of an earlier result are run: such a run starts over, it is not resumed. */
  readonly again?: true;
}

export interface RunCounts {
  /** Rows of data: without blank rows and the header. */
  readonly rows: number;
  readonly done: number;
  readonly failed: number;
  /** Rows that had their output already. */
  readonly kept: number;
  readonly changed: number;
  readonly unsure: number;
}

export interface Problem {
  readonly line: number;
  readonly reason: string;
}

/** How far a run is: all that comes before is in the files, flushed. */
export interface RunState extends RunCounts {
  /** In the source. */
  readonly position: Place;
  /** Of the result so far. */
  readonly bytes: number;
  /** Why rows failed, each once; a row's entry names its place here, counted from 1. */
  readonly reasons: readonly string[];
  /** The first of the rows that were not done. */
  readonly problems: readonly Problem[];
  readonly elapsedMs: number;
}

export interface Journal {
  readonly format: 1;
  readonly order: RunOrder;
  /** Where the result is written. */
  readonly partial: string;
  /** "interrupted" is what a run that could still say so said last; "running" with no living `pid` means the same. */
  readonly status: "running" | "interrupted" | "done";
  readonly pid: number;
  readonly state: RunState | null;
}

export interface RunFolder {
  readonly path: string;
  readonly rows: string;
  readonly journal: string;
  /** Where the result is in the end. */
  readonly result: string;
}

const keptMs = 7 * 24 * 3_600_000;

export function runFolder(path: string, order: RunOrder): RunFolder {
  return {
    path,
    rows: join(path, "rows"),
    journal: join(path, "run.json"),
    result: order.target ?? join(path, basename(order.source.path)),
  };
}

/** A new folder of its own below `root`, and a journal in it. */
export async function beginRun(root: string, order: RunOrder): Promise<RunFolder> {
  const folder = runFolder(join(root, `${Date.now().toString(36)}-${randomBytes(4).toString("hex")}`), order);
  await mkdir(folder.path, { recursive: true, mode: 0o700 });
  const partial = `${folder.result}.hapa-partial`;
  await writeJournal(folder, { format: 1, order, partial, status: "running", pid: process.pid, state: null });
  return folder;
}

/** All of it or nothing: a half-written journal never takes the place of a whole one. */
export async function writeJournal(folder: RunFolder, journal: Journal): Promise<void> {
  const next = `${folder.journal}.next`;
  await writeFile(next, JSON.stringify(journal), { mode: 0o600 });
  await rename(next, folder.journal);
}

/** Undefined where there is none, or none that this version wrote. */
export async function readJournal(path: string): Promise<Journal | undefined> {
  try {
    const journal = JSON.parse(await readFile(join(path, "run.json"), "utf8")) as Journal;
    return journal.format === 1 ? journal : undefined;
  } catch {
    return undefined; // Never finished being made, or not ours.
  }
}

/** After a worker that ended without saying so (out of memory): its run can go on from the last entry. */
export async function markInterrupted(folder: RunFolder): Promise<void> {
  const journal = await readJournal(folder.path);
  if (journal?.status === "running") await writeJournal(folder, { ...journal, status: "interrupted" });
}

export interface Interrupted {
  readonly folder: RunFolder;
  readonly journal: Journal & { readonly state: RunState };
}

/** The newest run on this file that did not come to its end and can go on: the file is as it was. */
export async function findInterrupted(root: string, path: string): Promise<Interrupted | undefined> {
  const source = await describeSource(path);
  for (const name of (await listRuns(root)).reverse()) {
    const journal = await readJournal(join(root, name));
    if (!journal?.state || journal.order.source.path !== path || !canGoOn(journal)) continue;
    if (journal.order.source.size !== source.size || journal.order.source.mtimeMs !== source.mtimeMs) continue;
    const written = await stat(journal.partial).catch(() => undefined);
    if (!written || written.size < journal.state.bytes) continue;
    return { folder: runFolder(join(root, name), journal.order), journal: { ...journal, state: journal.state } };
  }
  return undefined;
}

/** How a file stands on disk. @throws where it is not there */
export async function describeSource(path: string): Promise<RunOrder["source"]> {
  const { size, mtimeMs } = await stat(path);
  return { path, size, mtimeMs };
}

/** Removes a run with its result so far. A result that was moved to its place stays there. */
export async function forgetRun(folder: RunFolder): Promise<void> {
  const journal = await readJournal(folder.path);
  if (journal) await rm(journal.partial, { force: true });
  await rm(folder.path, { recursive: true, force: true });
}

/** Removes what nobody will ask for any more: results that are not in use or of closed windows, and what is older than a week. */
export async function clearRuns(root: string, inUse: (path: string) => boolean): Promise<void> {
  for (const name of await listRuns(root)) {
    const path = join(root, name);
    if (inUse(path)) continue;
    const journal = await readJournal(path);
    const written = await stat(join(path, "run.json")).catch(() => undefined);
    const isOld = Date.now() - (written?.mtimeMs ?? 0) > keptMs;
    const isOver = journal?.status === "done" && (journal.pid === process.pid || !isAlive(journal.pid));
    const mayGoOn = journal !== undefined && canGoOn(journal);
    const runs = journal?.status === "running" && isAlive(journal.pid);
    if (isOver || (isOld && !runs) || (!mayGoOn && !runs && journal?.status !== "done"))
      await forgetRun({ path, rows: "", journal: "", result: "" });
  }
}

async function listRuns(root: string): Promise<string[]> {
  return (await readdir(root).catch(() => [])).sort();
}

function canGoOn({ status, pid, state, order }: Journal): boolean {
  if (state === null || state.rows === 0 || order.again) return false;
  return status === "interrupted" || (status === "running" && !isAlive(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Writes a run's result, its rows and its journal to disk, so that it can go on after any end of the process. */
import { type FileHandle, open, rename } from "node:fs/promises";
import { type Encoding, encodeText } from "./encoding.ts";
import { type Journal, type RunFolder, type RunOrder, type RunState, writeJournal } from "./journal.ts";
import { entryBytes, RowIndex } from "./row-index.ts";
import type { ResultWriter } from "./run.ts";

const defaultCheckpointMs = 1_000;

export interface DiskWriter extends ResultWriter {
  /** Moves the result to its place; the run is done. */
  finish(): Promise<void>;
  /** Says in the journal that it can go on later. Nothing where it is finished. */
  interrupt(): Promise<void>;
  close(): Promise<void>;
}

/** @param resume Where an earlier run stopped: what it wrote after that is cut off. */
export async function openWriter(
  folder: RunFolder,
  order: RunOrder,
  encoding: Encoding,
  resume: RunState | undefined,
  checkpointMs = defaultCheckpointMs,
): Promise<DiskWriter> {
  const partial = `${folder.result}.hapa-partial`;
  const flags = resume ? "r+" : "w";
  const result = await open(partial, flags); // It becomes a file of the person's own, with the rights of any other.
  const rows = await open(folder.rows, flags, 0o600);
  let resultAt = resume?.bytes ?? 0;
  let rowsAt = (resume?.rows ?? 0) * entryBytes;
  await Promise.all([result.truncate(resultAt), rows.truncate(rowsAt)]);
  const entries = new RowIndex();
  let state = resume ?? null;
  let saved = performance.now();

  /** The journal may say how far it is only once that is on disk. */
  const save = async (status: Journal["status"]): Promise<void> => {
    const bytes = entries.bytes();
    await writeAll(rows, bytes, rowsAt);
    rowsAt += bytes.length;
    entries.clear();
    await Promise.all([result.datasync(), rows.datasync()]);
    await journal(status);
    saved = performance.now();
  };
  const journal = (status: Journal["status"]): Promise<void> =>
    writeJournal(folder, { format: 1, order, partial, status, pid: process.pid, state });
  await journal("running");

  return {
    async write(text, added) {
      for (const entry of added) entries.add(entry);
      const bytes = encodeText(encoding, text);
      await writeAll(result, bytes, resultAt);
      resultAt += bytes.length;
    },
    async checkpoint(next, last) {
      state = next;
      if (last || performance.now() - saved >= checkpointMs) await save("running");
    },
    async finish() {
      await result.close();
      await rename(partial, folder.result);
      await journal("done");
    },
    interrupt: () => save("interrupted"),
    async close() {
      await Promise.all([closeQuietly(result), closeQuietly(rows)]);
    },
  };
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

async function closeQuietly(file: FileHandle): Promise<void> {
  await file.close().catch(() => {}); // Closed before.
}

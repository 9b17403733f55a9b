/** What the worker thread does: runs a file through the backend, or searches and sorts a result. No VS Code here. */
import { createClient } from "../../client/client.ts";
import type { Catalogue } from "../../contract/say.ts";
import { runProgram } from "../programs.ts";
import { UnreadableFile } from "./encoding.ts";
import type { RowFile } from "./format.ts";
import type { Earlier } from "./job.ts";
import { forgetRun, type RunFolder, type RunOrder, type RunState } from "./journal.ts";
import { openFile } from "./open.ts";
import { openWriter } from "./result-writer.ts";
import { type FileProgress, runFile } from "./run.ts";

export interface RunWork {
  readonly kind: "run";
  readonly order: RunOrder;
  readonly folder: RunFolder;
  readonly resume?: RunState;
  /** The backend's address, and a key for it. */
  readonly url: string;
  readonly apiKey: string;
  /** The person's language, and its words; absent: English. */
  readonly language?: string;
  readonly words?: Catalogue;
  /** Time between two entries in the journal, in ms; 1,000 unless told. */
  readonly checkpointMs?: number;
  /** The earlier result whose failed rows are run again: it is what is read then. */
  readonly again?: { readonly path: string; readonly rows: Uint8Array; readonly reasons: readonly string[] };
}

/** Runs a file to its end. @throws as `runFile`; the journal then says that the run can go on, where it can. */
export async function work(
  { order, folder, resume, url, apiKey, again, checkpointMs, language, words }: RunWork,
  earlier: Earlier | undefined,
  signal: AbortSignal,
  onProgress: (progress: FileProgress) => void,
): Promise<RunState> {
  const { program, source } = order;
  const client = createClient({ baseUrl: url, apiKey, ...(language ? { language } : {}) });
  const file = await openSource(again?.path ?? source.path, order);
  const writer = await openWriter(folder, order, file.encoding, resume, checkpointMs);
  try {
    const state = await runFile(
      {
        file,
        ...(order.inputColumn === undefined ? {} : { inputColumn: order.inputColumn }),
        ...(order.outputColumn === undefined ? {} : { outputColumn: order.outputColumn }),
        ...(order.onlyEmpty === undefined ? {} : { onlyEmpty: order.onlyEmpty }),
        ...(earlier ? { again: earlier } : {}),
        doubtful: new Set(order.doubtful),
        ...(words ? { words } : {}),
      },
      (inputs, stop) => runProgram(client, program, inputs, { log: "sampled", signal: stop }),
      writer,
      { signal, onProgress, ...(resume ? { resume } : {}) },
    );
    await writer.finish();
    return state;
  } catch (error) {
    await (error instanceof UnreadableFile || order.again ? forgetRun(folder) : writer.interrupt().catch(() => {})); // Told is the first error.
    throw error;
  } finally {
    await writer.close();
  }
}

/** @param path The source, or an earlier result, which may have lost its name's ending. */
function openSource(path: string, { source, at }: RunOrder): Promise<RowFile> {
  return openFile(path, { name: source.path, ...(at === undefined ? {} : { at }) });
}

/** Runs a file in its worker thread, with progress that tells the rate and the time it still takes. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import * as vscode from "vscode";
import { runInWorker } from "./files/in-worker.ts";
import { beginRun, markInterrupted, type RunFolder, type RunOrder, type RunState } from "./files/journal.ts";
import type { FileResult, FinishedRun } from "./files/result.ts";
import type { FileProgress } from "./files/run.ts";
import type { RunWork } from "./files/work.ts";
import { withProgress } from "./progress.ts";
import { tellOfPython } from "./python.ts";
import type { Results } from "./views/results.ts";
import type { Workshop } from "./workshop.ts";

/** Goes on from `resume`, or starts. @throws as `runInWorker` */
export async function runOrder(
  app: Workshop,
  results: Results,
  order: RunOrder,
  folder: RunFolder,
  more: Pick<RunWork, "resume" | "again"> = {},
): Promise<FinishedRun> {
  const { url, apiKey } = await app.backend.get();
  const work: RunWork = {
    ...{ kind: "run", order, folder, url, apiKey, language: vscode.env.language },
    ...(vscode.l10n.bundle ? { words: vscode.l10n.bundle } : {}),
    ...more,
  };
  const title = vscode.l10n.t("running on {0}", basename(order.source.path));
  const state: RunState = await withProgress(title, (signal, report) => {
    tellOfPython(app.backend, { language: order.program.language }, report);
    return runInWorker(results.worker, work, signal, (progress) =>
      report(describeProgress(progress), progress.fraction),
    );
  }).catch(async (error: unknown) => {
    await markInterrupted(folder);
    throw error;
  });
  return { order, folder, state };
}

/** Runs the failed rows of a result again, with the program that is active by now, and gives a result of all rows. */
export async function runAgain(app: Workshop, results: Results, { run }: FileResult): Promise<FinishedRun> {
  const { client } = await app.backend.get();
  const { activeVersion } = await client.call("getTask", { params: { id: run.order.program.taskId } });
  const version = activeVersion ?? run.order.program.version;
  const order: RunOrder = { ...run.order, program: { ...run.order.program, version }, again: true };
  const folder = await beginRun(results.folder, order);
  const rows = await readFile(run.folder.rows);
  return runOrder(app, results, order, folder, {
    again: { path: run.folder.result, rows, reasons: run.state.reasons },
  });
}

function describeProgress({ rows, rowsPerSecond, leftMs }: FileProgress): string {
  const [done, rate] = [count(rows), count(rowsPerSecond)];
  const seconds = Math.ceil(leftMs / 1_000);
  if (rows < 2_000 || seconds < 2) return vscode.l10n.t("{0} rows · {1} rows/s", done, rate);
  if (seconds < 90) return vscode.l10n.t("{0} rows · {1} rows/s · {2} s left", done, rate, seconds);
  return vscode.l10n.t("{0} rows · {1} rows/s · {2} min left", done, rate, Math.ceil(seconds / 60));
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Results of runs on files: where they are kept, and the grid that shows the last one, loaded when first shown. */
import { join } from "node:path";
import type * as vscode from "vscode";
import type { FinishedRun } from "../files/result.ts";
import type { Workshop } from "../workshop.ts";

export interface Results extends vscode.Disposable {
  /** Folder of the runs: see files/journal.ts. */
  readonly folder: string;
  /** The file that the worker thread runs. */
  readonly worker: string;
  /** Makes a run the one that `show` shows. */
  keep(run: FinishedRun): void;
  /** Opens the grid on the last run; false where there is none. */
  show(): Promise<boolean>;
  /** Whether a run's folder is still needed in this window. */
  isShown(folder: string): boolean;
}

export function createResults(context: vscode.ExtensionContext, app: Workshop): Results {
  let last: FinishedRun | undefined;
  let grid: (vscode.Disposable & { readonly run: () => FinishedRun }) | undefined;
  const results: Results = {
    folder: join(context.globalStorageUri.fsPath, "runs"),
    worker: join(context.extensionPath, "dist", "file-worker.cjs"),
    keep: (run) => {
      last = run;
    },
    async show() {
      if (!last) return false;
      const { openGrid } = await import("./results-grid.ts");
      grid?.dispose();
      grid = await openGrid({ context, app, results, run: last });
      return true;
    },
    isShown: (folder) => last?.folder.path === folder || grid?.run().folder.path === folder,
    dispose: () => grid?.dispose(),
  };
  return results;
}

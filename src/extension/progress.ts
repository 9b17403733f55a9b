/** A notification that shows how far the work is and stops it when the person says so. */
import * as vscode from "vscode";

/** Reports words, and the share done (0 to 1) where it is known. */
export type Report = (message: string, fraction?: number) => void;

/** The signal is aborted when the person cancels. */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: `HAPA: ${title}`, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      let shown = 0;
      const report: Report = (message, fraction) => {
        const increment = fraction === undefined ? 0 : Math.max(0, fraction * 100 - shown);
        shown += increment;
        progress.report(increment > 0 ? { message, increment } : { message });
      };
      try {
        return await work(controller.signal, report);
      } finally {
        subscription.dispose();
      }
    },
  );
}

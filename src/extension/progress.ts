/** A notification that shows how far the work is and stops it when the person says so. */
import * as vscode from "vscode";
import type { Said } from "../contract/say.ts";
import { inWords } from "./in-words.ts";

/** Reports words, and the share done (0 to 1) where it is known. */
export type Report = (message: string | Said, fraction?: number) => void;

/** Work that takes less long needs no words: a notification that flashes by only covers the next one. */
const quietMs = 400;

/** The signal is aborted when the person cancels. */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let shown: vscode.Progress<{ message?: string; increment?: number }> | undefined;
  let last: { readonly message: string; readonly percent: number } | undefined;
  let shownPercent = 0;

  const tell = (): void => {
    if (!shown || !last) return;
    const increment = Math.max(0, last.percent - shownPercent);
    shownPercent += increment;
    shown.report(increment > 0 ? { message: last.message, increment } : { message: last.message });
  };
  const working = work(controller.signal, (message, fraction) => {
    last = { message: inWords(message), percent: fraction === undefined ? shownPercent : fraction * 100 };
    tell();
  });
  const ended = working.then(
    () => undefined,
    () => undefined, // Whoever awaits the work hears of it.
  );
  const location = vscode.ProgressLocation.Notification;
  const timer = setTimeout(() => {
    void vscode.window.withProgress({ location, title: `HAPA: ${title}`, cancellable: true }, (progress, token) => {
      shown = progress;
      token.onCancellationRequested(() => controller.abort());
      tell();
      return ended;
    });
  }, quietMs);
  try {
    return await working;
  } finally {
    clearTimeout(timer);
  }
}

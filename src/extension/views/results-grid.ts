/** The grid on a finished run: a webview in the editor area that is given one page of rows at a time. */
import { basename } from "node:path";
import * as vscode from "vscode";
import type { FromResults, ToResults } from "../../contract/results.ts";
import { openResultFile, saveResultAs } from "../commands/file-result.ts";
import { explain } from "../errors.ts";
import { FileResult, type FinishedRun } from "../files/result.ts";
import { describeSummary } from "../files/summary.ts";
import { inWords } from "../in-words.ts";
import { showError } from "../notify.ts";
import { runAgain } from "../run-file.ts";
import type { Workshop } from "../workshop.ts";
import { panelPage } from "./page.ts";
import type { Results } from "./results.ts";
import { readResultsMessage } from "./results-messages.ts";

/** Of what is copied at once. */
const maxCopiedRows = 100_000;
const copiedAtOnce = 500;

export interface GridParts {
  readonly context: vscode.ExtensionContext;
  readonly app: Workshop;
  readonly results: Results;
  readonly run: FinishedRun;
}

export interface Grid extends vscode.Disposable {
  run(): FinishedRun;
}

export async function openGrid({ context, app, results, run }: GridParts): Promise<Grid> {
  let result = await FileResult.open(run);
  let viewId = 0;
  let searching = new AbortController();
  const name = basename(run.order.source.path);
  const files = vscode.Uri.joinPath(context.extensionUri, "dist", "webview");
  const panel = vscode.window.createWebviewPanel(
    "hapa.results",
    vscode.l10n.t("Results: {0}", name),
    { viewColumn: vscode.ViewColumn.Active },
    { enableScripts: true, localResourceRoots: [files], retainContextWhenHidden: true },
  );
  const icon = (name: string) => vscode.Uri.joinPath(context.extensionUri, "media", "icons", name);
  panel.iconPath = { light: icon("hapa.svg"), dark: icon("hapa-dark.svg") };
  const post = (message: ToResults): void => void panel.webview.postMessage(message);

  const tellResult = (): void => {
    viewId += 1;
    post({ type: "result", result: result.info(name, inWords(describeSummary(result.run.state))) });
    post({ type: "view", viewId, view: { filter: "all", search: "", sort: null }, total: result.total });
  };

  const setView = async ({ filter, search, sort }: Extract<FromResults, { type: "setView" }>): Promise<void> => {
    searching.abort();
    searching = new AbortController();
    const { signal } = searching;
    const view = { filter, search, sort };
    if (search !== "" || sort) post({ type: "working" });
    try {
      const total = await result.setView(view, results.worker, signal);
      viewId += 1;
      post({ type: "view", viewId, view, total });
    } catch (error) {
      if (!signal.aborted) post({ type: "failed", message: inWords(explain(error).message) });
    }
  };

  const copyRows = async (from: number, to: number): Promise<void> => {
    const lines: string[] = [];
    const last = Math.min(to, from + maxCopiedRows - 1, result.total - 1);
    for (let at = from; at <= last; at += copiedAtOnce)
      for (const { cells } of await result.page(at, Math.min(copiedAtOnce, last - at + 1)))
        lines.push(cells.map(oneCell).join("\t"));
    await vscode.env.clipboard.writeText(lines.join("\n"));
    post({ type: "copied", rows: lines.length });
  };

  const handle = async (message: FromResults): Promise<unknown> => {
    if ("viewId" in message && message.viewId !== viewId) return undefined; // Asked of a view that is gone.
    switch (message.type) {
      case "ready":
        return tellResult();
      case "setView":
        return setView(message);
      case "getPage": {
        const asked = viewId;
        const rows = await result.page(message.from, message.count);
        return asked === viewId ? post({ type: "page", viewId, from: message.from, rows }) : undefined;
      }
      case "copyCell": {
        const [row] = await result.page(message.row, 1);
        return vscode.env.clipboard.writeText(row?.cells[message.column] ?? "");
      }
      case "copyRows":
        return copyRows(message.from, message.to);
      case "openInEditor":
        return openResultFile(result.run);
      case "saveAs":
        return saveResultAs(result.run);
      case "runAgain": {
        const next = await runAgain(app, results, result);
        results.keep(next);
        searching.abort();
        result = await FileResult.open(next);
        return tellResult();
      }
    }
  };

  panel.webview.onDidReceiveMessage((value: unknown) => {
    const message = readResultsMessage(value);
    if (!message) return app.log.warn("A message from the results grid was not understood and dropped.");
    handle(message).catch((error: unknown) => showError(app.log, error));
  });
  panel.onDidDispose(() => searching.abort());
  panel.webview.html = panelPage(panel.webview, files, "results");
  return { run: () => result.run, dispose: () => panel.dispose() };
}

/** A cell that keeps its place when it is pasted. */
function oneCell(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}

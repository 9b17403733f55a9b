/** The commands of Transform by Example, on the session of the editor in front. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import type { Standing } from "../by-example/standing.ts";
import { readArguments } from "./arguments.ts";

/** Whole lines, or the parts that several selections hold. */
export async function start(app: App): Promise<Standing> {
  return (await app.byExample.sessions()).start("selection");
}

/** The column of a CSV or TSV file that the cursor stands in. */
export async function startColumn(app: App): Promise<Standing> {
  return (await app.byExample.sessions()).start("column");
}

export async function show(app: App): Promise<Standing> {
  return (await app.byExample.sessions()).show();
}

export async function accept(app: App): Promise<Standing> {
  return (await app.byExample.sessions()).accept();
}

/** Arguments: `input` and `output`, or `line` (counted from 0) to begin with. */
export async function ask(app: App, args: unknown): Promise<Standing> {
  return (await app.byExample.sessions()).ask(readArguments(args));
}

export async function leave(app: App): Promise<Standing> {
  return (await app.byExample.sessions()).leave();
}

/** What can be done now, with its keys: behind the status bar and the row above the lines. */
export async function menu(app: App): Promise<void> {
  const sessions = await app.byExample.sessions();
  const { changes, doubts, problem } = await sessions.show();
  const items = [
    ...(changes > 0
      ? [{ label: `$(check) ${vscode.l10n.t("Accept the preview")}`, description: "Ctrl+Enter", act: accept }]
      : []),
    ...(doubts.length > 0
      ? [
          {
            label: `$(question) ${vscode.l10n.t("Which is right? Go to the next line in doubt")}`,
            description: "F8",
            act: ask,
          },
        ]
      : []),
    { label: `$(close) ${vscode.l10n.t("Leave; my own edits stay")}`, description: "Esc", act: leave },
  ];
  const title = vscode.l10n.t("Transform by Example");
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: problem ?? "" });
  await chosen?.act(app, undefined);
}

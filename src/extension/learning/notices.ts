/**
 * Tells quietly what became of programs that learn: one notification at a time, in the window the person is in. What
 * comes meanwhile, or to a window nobody looks at, is counted in the status bar until it is looked at.
 */
import * as vscode from "vscode";
import type { HapaEvent } from "../../contract/events.ts";
import type { LazyBackend } from "../backend.ts";
import { inWords } from "../in-words.ts";
import type { Log } from "../log.ts";
import type { Settings } from "../settings.ts";
import { mayBeTold, noticeOf } from "./notice.ts";

interface News {
  readonly words: string;
  readonly taskId: string;
}

const command = "hapa.showNews";
/** Of the tooltip. */
const newsMost = 10;

export function watchLearning(parts: {
  readonly backend: LazyBackend;
  readonly settings: Settings;
  readonly log: Log;
}): vscode.Disposable {
  const { backend, settings, log } = parts;
  const item = vscode.window.createStatusBarItem("hapa.news", vscode.StatusBarAlignment.Right, 89);
  item.name = vscode.l10n.t("HAPA: News");
  item.command = command;
  let news: readonly News[] = [];
  let isShowing = false;
  let endListening: (() => void) | undefined;

  const showItem = (): void => {
    const [newest] = news;
    if (!newest) {
      item.hide();
      return;
    }
    item.text = `$(bell-dot) ${news.length}`;
    const label = vscode.l10n.t("HAPA has news: {0}", newest.words);
    item.accessibilityInformation = { label };
    item.tooltip = news.map(({ words }) => words).join("\n");
    item.show();
  };
  const open = (taskId: string) => vscode.commands.executeCommand("hapa.openDashboard", taskId);
  const tell = async (one: News): Promise<void> => {
    if (isShowing || !vscode.window.state.focused) {
      news = [one, ...news].slice(0, newsMost);
      showItem();
      return;
    }
    isShowing = true;
    const show = vscode.l10n.t("Open Dashboard");
    try {
      const chosen = await vscode.window.showInformationMessage(`HAPA: ${one.words}`, show);
      if (chosen === show) await open(one.taskId);
    } finally {
      isShowing = false;
    }
  };
  const hear = async (event: HapaEvent): Promise<void> => {
    const { taskId } = event;
    if (taskId === null || !mayBeTold(event) || !settings.tellsOfLearning()) return;
    const { client } = await backend.get();
    const { name } = await client.call("getTask", { params: { id: taskId } });
    const said = noticeOf(event, name);
    if (said) await tell({ words: inWords(said), taskId });
  };
  const listen = (): void => {
    const running = backend.running();
    if (!running) {
      endListening?.();
      endListening = undefined;
    }
    endListening ??= running?.onEvent((event) => {
      hear(event).catch((error: unknown) => log.error("An event was not told.", error));
    });
  };
  listen();
  return vscode.Disposable.from(
    item,
    backend.onDidChange(listen),
    vscode.commands.registerCommand(command, async () => {
      const [newest] = news;
      news = [];
      showItem();
      if (newest) await open(newest.taskId);
    }),
    { dispose: () => endListening?.() },
  );
}

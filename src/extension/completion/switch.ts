/** The switch of completion: an item of its own in the status bar, where a model is set up, and what it turns on. */
import * as vscode from "vscode";
import type { LazyBackend } from "../backend.ts";
import type { Log } from "../log.ts";

export interface CompletionParts {
  readonly backend: LazyBackend;
  readonly log: Log;
}

const isOn = () => vscode.workspace.getConfiguration("hapa.completion").get<boolean>("enabled", false);

/** Loads the provider when completion is on, and takes it away when it is switched off. */
export function createCompletion({ backend, log }: CompletionParts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("hapa.completion", vscode.StatusBarAlignment.Right, 89);
  item.name = vscode.l10n.t("HAPA Completion");
  item.command = "hapa.toggleCompletion";
  let provider: vscode.Disposable | undefined;
  let disposed = false;

  const show = (): void => {
    const on = isOn();
    item.text = on ? "$(sparkle)" : vscode.l10n.t("{0} off", "$(sparkle)");
    item.tooltip = on
      ? vscode.l10n.t("HAPA proposes code as you type. Click to switch it off.")
      : vscode.l10n.t("HAPA's code completion is off. Click to switch it on.");
    item.accessibilityInformation = { label: item.tooltip, role: "button" };
    // Without a model there is nothing to switch.
    if (on || backend.state().model !== null) item.show();
    else item.hide();
  };
  const settle = async (): Promise<void> => {
    show();
    if (!isOn()) {
      provider?.dispose();
      provider = undefined;
    } else if (!provider) {
      const { createProvider } = await import("./provider.ts");
      if (disposed || provider || !isOn()) return;
      provider = vscode.languages.registerInlineCompletionItemProvider({ pattern: "**" }, createProvider(backend, log));
    }
  };
  const subscriptions = [
    item,
    backend.onDidChange(show),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("hapa.completion")) void settle();
    }),
  ];
  void settle();
  return new vscode.Disposable(() => {
    disposed = true;
    provider?.dispose();
    for (const subscription of subscriptions) subscription.dispose();
  });
}

/** The status bar item: the model or "offline", the backend's state and the sandbox's engine, and a menu behind it. */
import * as vscode from "vscode";
import type { EngineInfo } from "../../contract/analytics.ts";
import type { BackendState } from "../../contract/webview.ts";
import type { LazyBackend } from "../backend.ts";
import type { Settings } from "../settings.ts";

function menuItems() {
  const { t } = vscode.l10n;
  return [
    { label: t("$(comment-discussion) Open Panel"), command: "hapa.openPanel" },
    { label: t("$(wand) Transform by Example"), command: "hapa.byExample.start" },
    { label: t("$(wand) Transform Selection…"), command: "hapa.transformSelection" },
    { label: t("$(play) Run Program on Selection…"), command: "hapa.runOnSelection" },
    { label: t("$(table) Run Program on File…"), command: "hapa.runOnFile" },
    { label: t("$(hubot) Choose Model…"), command: "hapa.chooseModel" },
    { label: t("$(plug) Test Connection"), command: "hapa.testConnection" },
    { label: t("$(sparkle) Switch Completion On or Off"), command: "hapa.toggleCompletion" },
    { label: t("$(snake) Set Up Python…"), command: "hapa.setUpPython" },
    { label: t("$(browser) Open Dashboard"), command: "hapa.openDashboard" },
    { label: t("$(gear) Open Settings"), command: "hapa.openSettings" },
    { label: t("$(pulse) Doctor: Check Every Part"), command: "hapa.doctor" },
    { label: t("$(output) Show Log"), command: "hapa.showLog" },
  ];
}

export function createStatus(backend: LazyBackend, settings: Settings): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("hapa.status", vscode.StatusBarAlignment.Right, 90);
  item.name = "HAPA";
  item.command = "hapa.showMenu";

  const show = (): void => {
    const { state, model, message } = backend.state();
    const icon = state === "starting" ? "$(loading~spin)" : state === "failed" ? "$(warning)" : "$(zap)";
    const asked = model ?? vscode.l10n.t("offline");
    item.text = `${icon} HAPA ${asked}`;
    item.backgroundColor = state === "failed" ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    item.accessibilityInformation = { label: labelOf(state, asked) };
    item.tooltip = tooltip(backend, settings, message);
  };
  const subscription = backend.onDidChange(show);
  const command = vscode.commands.registerCommand("hapa.showMenu", async () => {
    const chosen = await vscode.window.showQuickPick(menuItems(), { title: "HAPA" });
    if (chosen) await vscode.commands.executeCommand(chosen.command);
  });
  show();
  item.show();
  return vscode.Disposable.from(item, subscription, command);
}

function tooltip(backend: LazyBackend, settings: Settings, problem: string | undefined): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const running = backend.running();
  const model = settings.model();
  const sandbox = running?.sandbox();
  const rows: readonly (readonly [string, string])[] = [
    [t("Backend"), running ? running.url : problem ? t("failed") : t("starts when first needed")],
    [
      t("Model"),
      model
        ? t("{0} at {1}", model.name, URL.canParse(model.baseUrl) ? new URL(model.baseUrl).host : "VS Code")
        : t("none: programs are learned from examples"),
    ],
    [t("Sandbox"), sandbox ? engineText(sandbox) : t("starts with the backend")],
    ...(sandbox && sandbox.python.state !== "idle" ? [["Python", engineText(sandbox.python)] as const] : []),
  ];
  const text = new vscode.MarkdownString();
  for (const [name, value] of rows) text.appendMarkdown(`**${name}** `).appendText(value).appendMarkdown("\n\n");
  if (problem) text.appendText(problem);
  return text;
}

/** "isolated-vm on Node v24.1.0 at /usr/bin/node (ready)" */
function engineText({ engine, nodeVersion, nodePath, state, reason }: EngineInfo): string {
  const { t } = vscode.l10n;
  if (state === "unavailable" && reason) return reason;
  if (engine === null) return state === "starting" ? t("is starting") : t("starts with the first program");
  return t("{0} on Node {1} at {2} ({3})", engine, nodeVersion ?? "?", nodePath, nameOf(state));
}

function nameOf(state: EngineInfo["state"]): string {
  switch (state) {
    case "idle":
      return vscode.l10n.t("asleep");
    case "starting":
      return vscode.l10n.t("starting");
    case "ready":
      return vscode.l10n.t("ready");
    case "unavailable":
      return vscode.l10n.t("not there");
  }
}

function labelOf(state: BackendState["state"], model: string): string {
  switch (state) {
    case "stopped":
      return vscode.l10n.t("HAPA, {0}, backend stopped", model);
    case "starting":
      return vscode.l10n.t("HAPA, {0}, backend starting", model);
    case "ready":
      return vscode.l10n.t("HAPA, {0}, backend ready", model);
    case "failed":
      return vscode.l10n.t("HAPA, {0}, backend failed", model);
  }
}

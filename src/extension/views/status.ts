/** The status bar item: the model or "offline", the backend's state and the sandbox's engine, and a menu behind it. */
import * as vscode from "vscode";
import type { EngineInfo } from "../../contract/analytics.ts";
import type { LazyBackend } from "../backend.ts";
import type { Settings } from "../settings.ts";

const menu = [
  { label: "$(comment-discussion) Open Panel", command: "hapa.openPanel" },
  { label: "$(wand) Transform by Example", command: "hapa.byExample.start" },
  { label: "$(wand) Transform Selection…", command: "hapa.transformSelection" },
  { label: "$(play) Run Program on Selection…", command: "hapa.runOnSelection" },
  { label: "$(table) Run Program on File…", command: "hapa.runOnFile" },
  { label: "$(hubot) Choose Model…", command: "hapa.chooseModel" },
  { label: "$(plug) Test Connection", command: "hapa.testConnection" },
  { label: "$(sparkle) Switch Completion On or Off", command: "hapa.toggleCompletion" },
  { label: "$(snake) Set Up Python…", command: "hapa.setUpPython" },
  { label: "$(browser) Open Dashboard", command: "hapa.openDashboard" },
  { label: "$(gear) Open Settings", command: "hapa.openSettings" },
  { label: "$(pulse) Doctor: Check Every Part", command: "hapa.doctor" },
  { label: "$(output) Show Log", command: "hapa.showLog" },
] as const;

export function createStatus(backend: LazyBackend, settings: Settings): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("hapa.status", vscode.StatusBarAlignment.Right, 90);
  item.name = "HAPA";
  item.command = "hapa.showMenu";

  const show = (): void => {
    const { state, model, message } = backend.state();
    const icon = state === "starting" ? "$(loading~spin)" : state === "failed" ? "$(warning)" : "$(zap)";
    item.text = `${icon} HAPA ${model ?? "offline"}`;
    item.backgroundColor = state === "failed" ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    item.accessibilityInformation = { label: `HAPA, ${model ?? "offline"}, backend ${state}` };
    item.tooltip = tooltip(backend, settings, message);
  };
  const subscription = backend.onDidChange(show);
  const command = vscode.commands.registerCommand("hapa.showMenu", async () => {
    const chosen = await vscode.window.showQuickPick(menu, { title: "HAPA" });
    if (chosen) await vscode.commands.executeCommand(chosen.command);
  });
  show();
  item.show();
  return vscode.Disposable.from(item, subscription, command);
}

function tooltip(backend: LazyBackend, settings: Settings, problem: string | undefined): vscode.MarkdownString {
  const running = backend.running();
  const model = settings.model();
  const sandbox = running?.sandbox();
  const rows: readonly (readonly [string, string])[] = [
    ["Backend", running ? running.url : problem ? "failed" : "starts when first needed"],
    [
      "Model",
      model
        ? `${model.name} at ${URL.canParse(model.baseUrl) ? new URL(model.baseUrl).host : "VS Code"}`
        : "none: programs are learned from examples",
    ],
    ["Sandbox", sandbox ? engineText(sandbox) : "starts with the backend"],
    ...(sandbox && sandbox.python.state !== "idle" ? [["Python", engineText(sandbox.python)] as const] : []),
  ];
  const text = new vscode.MarkdownString();
  for (const [name, value] of rows) text.appendMarkdown(`**${name}** `).appendText(value).appendMarkdown("\n\n");
  if (problem) text.appendText(problem);
  return text;
}

/** "isolated-vm on Node v24.1.0 at /usr/bin/node (ready)" */
function engineText({ engine, nodeVersion, nodePath, state, reason }: EngineInfo): string {
  if (state === "unavailable" && reason) return reason;
  if (engine === null) return state === "starting" ? "is starting" : "starts with the first program";
  return `${engine} on Node ${nodeVersion ?? "?"} at ${nodePath} (${state})`;
}

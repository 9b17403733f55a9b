/** Choose Model…: an endpoint, a key where it needs one, and one of its models; or offline only. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { Notice } from "../errors.ts";
import { addressProblem, type Listing, listModels, presets } from "../models/endpoints.ts";
import { readArguments } from "./arguments.ts";

/** Arguments: `baseUrl` and `name` (nothing is asked), or `offline: true`. */
export async function run(app: App, args: unknown): Promise<void> {
  const given = readArguments(args);
  if (given.flag("offline")) return app.settings.chooseModel(undefined);
  const [givenUrl, givenName] = [given.text("baseUrl"), given.text("name")];
  if (givenUrl && givenName) {
    const problem = addressProblem(givenUrl);
    if (problem) throw new Notice(problem);
    return app.settings.chooseModel({ baseUrl: givenUrl, name: givenName });
  }

  const endpoint = await askEndpoint(app);
  if (endpoint === undefined) return;
  if (endpoint === "offline") {
    await app.settings.chooseModel(undefined);
    void vscode.window.showInformationMessage(
      "HAPA works offline: programs are learned from examples, nothing is sent.",
    );
    return;
  }
  if (endpoint.needsKey && !(await app.secrets.modelKey(endpoint.baseUrl)) && !(await askKey(app, endpoint.baseUrl)))
    return;
  const name = await askModel(app, endpoint.baseUrl);
  if (!name) return;
  await app.settings.chooseModel({ baseUrl: endpoint.baseUrl, name });
  void vscode.window.showInformationMessage(`HAPA uses ${name} at ${new URL(endpoint.baseUrl).host}.`);
}

interface Endpoint {
  readonly baseUrl: string;
  readonly needsKey: boolean;
}

async function askEndpoint(app: App): Promise<Endpoint | "offline" | undefined> {
  const current = app.settings.model();
  const other = {
    label: "$(globe) Other address…",
    detail: "Any OpenAI-compatible endpoint: vLLM, llama.cpp, a gateway",
  };
  const offline = {
    label: "$(circle-slash) Offline only",
    detail: "Programs are learned from examples; nothing is sent",
  };
  const known = presets.map((preset) => ({
    label: preset.label,
    description: preset.baseUrl + (preset.baseUrl === current?.baseUrl ? " (current)" : ""),
    detail: preset.detail,
    preset,
  }));
  const items: readonly vscode.QuickPickItem[] = [...known, other, offline];
  const chosen = await vscode.window.showQuickPick(items, { title: "Which model should HAPA ask?" });
  if (chosen === undefined) return undefined;
  if (chosen === offline) return "offline";
  const preset = known.find((item) => item === chosen)?.preset;
  if (preset) return preset;
  const address = await vscode.window.showInputBox({
    title: "Address of the Endpoint",
    prompt: "With its version path.",
    value: current?.baseUrl ?? "https://",
    ignoreFocusOut: true,
    validateInput: addressProblem,
  });
  return address ? { baseUrl: address.trim().replace(/\/+$/, ""), needsKey: false } : undefined;
}

async function askKey(app: App, baseUrl: string): Promise<boolean> {
  const key = await vscode.window.showInputBox({
    title: `API Key for ${new URL(baseUrl).host}`,
    prompt: "Kept in VS Code's secret storage and sent to this address only.",
    password: true,
    ignoreFocusOut: true,
  });
  if (!key?.trim()) return false;
  await app.secrets.keepModelKey(baseUrl, key.trim());
  return true;
}

async function askModel(app: App, baseUrl: string): Promise<string | undefined> {
  let listing = await list(app, baseUrl);
  if (!listing.ok && listing.needsKey && (await askKey(app, baseUrl))) listing = await list(app, baseUrl);
  if (listing.ok) {
    const byHand = "$(edit) Another name…";
    const chosen = await vscode.window.showQuickPick([...listing.names, byHand], { title: "Which model?" });
    if (chosen !== byHand) return chosen;
  }
  const name = await vscode.window.showInputBox({
    title: "Name of the Model",
    prompt: listing.ok ? "As the endpoint knows it." : `${listing.message} Type the name the endpoint knows it by.`,
    ignoreFocusOut: true,
  });
  return name?.trim() || undefined;
}

async function list(app: App, baseUrl: string): Promise<Listing> {
  const key = await app.secrets.modelKey(baseUrl);
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title: "HAPA: asking for the list of models" }, () =>
    listModels(baseUrl, key),
  );
}

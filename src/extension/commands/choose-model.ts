/** Choose Model…: where it is, a key where one is needed, and one of its models, for everything or for one use; or offline. */
import * as vscode from "vscode";
import { type ModelUse, modelUses } from "../../contract/model-use.ts";
import type { App } from "../app.ts";
import { Notice } from "../errors.ts";
import { inWords } from "../in-words.ts";
import { type ModelOption, providerOf } from "../models/catalogue.ts";
import { addressProblem } from "../models/endpoints.ts";
import { type Place, pickPlace } from "../models/pick-place.ts";
import { vscodeModels } from "../settings.ts";
import { readArguments } from "./arguments.ts";

/**
 * Arguments: `baseUrl` and `name` (nothing is asked), or `offline: true`; `use` where it is for one use only. With
 * `list: true` nothing is chosen: it gives what one may choose from.
 */
export async function run(app: App, args: unknown): Promise<readonly ModelOption[] | undefined> {
  const given = readArguments(args);
  const use = modelUses.find((one) => one === given.text("use"));
  if (given.flag("list")) return app.models.list(AbortSignal.timeout(10_000));
  if (given.flag("offline")) {
    await app.models.choose(null, use);
    return undefined;
  }
  const [givenUrl, givenName] = [given.text("baseUrl"), given.text("name")];
  if (givenUrl && givenName) {
    const problem = givenUrl === vscodeModels ? undefined : addressProblem(givenUrl);
    if (problem) throw new Notice(problem);
    await app.models.choose(`${givenUrl} ${givenName}`, use);
    return undefined;
  }
  await ask(app, use);
  return undefined;
}

async function ask(app: App, use: ModelUse | undefined): Promise<void> {
  const place = await pickPlace(app, use);
  if (place === undefined) return;
  if (place.kind === "per-use") {
    const chosen = await askUse(app);
    if (chosen) await ask(app, chosen);
    return;
  }
  if (place.kind === "none") {
    await app.models.choose(null, use);
    const message = use
      ? vscode.l10n.t("HAPA uses the same model for everything else and for {0}.", use)
      : vscode.l10n.t("HAPA works offline: programs are learned from examples, nothing is sent.");
    void vscode.window.showInformationMessage(message);
    return;
  }
  const choice = await (place.kind === "vscode" ? askOffered() : askEndpoint(app, place));
  if (!choice) return;
  await app.models.choose(`${choice.baseUrl} ${choice.name}`, use);
  void tell(app, choice, use);
}

interface Choice {
  readonly baseUrl: string;
  readonly name: string;
}

async function tell(app: App, { baseUrl, name }: Choice, use: ModelUse | undefined): Promise<void> {
  const test = vscode.l10n.t("Test Connection");
  const prices = vscode.l10n.t("Set Prices…");
  const uncapped = app.settings.monthlyCapUsd() !== undefined && !app.settings.model(use)?.prices;
  const where = providerOf(baseUrl, name);
  const message = uncapped
    ? vscode.l10n.t("HAPA uses {0} at {1}. Your monthly cap cannot hold for it until its prices are set.", name, where)
    : vscode.l10n.t("HAPA uses {0} at {1}.", name, where);
  const chosen = await vscode.window.showInformationMessage(message, ...(uncapped ? [prices, test] : [test]));
  if (chosen === test) await vscode.commands.executeCommand("hapa.testConnection", use ? { use } : {});
  if (chosen === prices) await vscode.commands.executeCommand("workbench.action.openSettings", "hapa.model");
}

async function askUse(app: App): Promise<ModelUse | undefined> {
  const what: Readonly<Record<ModelUse, string>> = {
    chat: vscode.l10n.t("The panel's answers"),
    generation: vscode.l10n.t("Programs and code"),
    completion: vscode.l10n.t("Completions while you type"),
    judge: vscode.l10n.t("Checking samples of what programs did"),
  };
  const items = modelUses.map((use) => {
    const model = app.settings.model(use);
    const own = app.settings.hasOwnModel(use) && model;
    return { label: use, description: what[use], ...(own ? { detail: own.name } : {}), use };
  });
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t("A model for which use?") }))?.use;
}

async function askOffered(): Promise<Choice | undefined> {
  const { offeredModels, nameOf } = await import("../models/language-models.ts");
  const items = (await offeredModels()).map((model) => ({ label: model.name, description: nameOf(model) }));
  if (items.length === 0)
    throw new Notice(
      vscode.l10n.t(
        "VS Code offers no models now. Install an extension that does, such as GitHub Copilot, and sign in.",
      ),
    );
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Which model?") });
  return chosen && { baseUrl: vscodeModels, name: chosen.description };
}

type EndpointPlace = Extract<Place, { kind: "endpoint" }>;

async function askEndpoint(app: App, place: EndpointPlace): Promise<Choice | undefined> {
  const { baseUrl, needsKey } = place;
  if (needsKey && !(await app.secrets.modelKey(baseUrl)) && !(await askKey(app, baseUrl))) return undefined;
  let listing = place.names ? { ok: true as const, names: place.names } : await list(app, baseUrl);
  const wantsKey = !listing.ok && listing.diagnosis.command === "hapa.setApiKey";
  if (wantsKey && (await askKey(app, baseUrl))) listing = await list(app, baseUrl);
  if (!listing.ok && listing.diagnosis.worksAt) {
    // Of the same server, for which the key is kept.
    return askEndpoint(app, { kind: "endpoint", baseUrl: listing.diagnosis.worksAt, needsKey: false });
  }
  if (listing.ok && listing.names.length > 0) {
    const byHand = vscode.l10n.t("$(edit) Another name…");
    const title = vscode.l10n.t("Which model?");
    const chosen = await vscode.window.showQuickPick([...listing.names, byHand], { title });
    if (chosen === undefined) return undefined;
    if (chosen !== byHand) return { baseUrl, name: chosen };
  }
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("Name of the Model"),
    prompt: listing.ok
      ? vscode.l10n.t("As the endpoint knows it.")
      : vscode.l10n.t("{0} Type the name the endpoint knows it by.", inWords(listing.diagnosis.message)),
    ignoreFocusOut: true,
  });
  return name?.trim() ? { baseUrl, name: name.trim() } : undefined;
}

async function askKey(app: App, baseUrl: string): Promise<boolean> {
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t("API Key for {0}", new URL(baseUrl).host),
    prompt: vscode.l10n.t("Kept in VS Code's secret storage and sent to this address only."),
    password: true,
    ignoreFocusOut: true,
  });
  if (!key?.trim()) return false;
  await app.secrets.keepModelKey(baseUrl, key.trim());
  return true;
}

async function list(app: App, baseUrl: string) {
  const [{ backend }, apiKey] = await Promise.all([app.backend.get(), app.secrets.modelKey(baseUrl)]);
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("HAPA: asking for the list of models"),
      cancellable: true,
    },
    (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      return backend.models.list({ baseUrl, apiKey }, stop.signal);
    },
  );
}

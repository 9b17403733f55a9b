/** The first question of Choose Model…: where the model is. Servers on this computer are looked for while it is asked. */
import * as vscode from "vscode";
import type { LocalServer } from "../../backend/server.ts";
import type { ModelUse } from "../../contract/model-use.ts";
import type { App } from "../app.ts";
import { inWords } from "../in-words.ts";
import { vscodeModels } from "../settings.ts";
import { addressProblem, presets } from "./endpoints.ts";

export type Place =
  /** `names`: its models, where they are known already. */
  | {
      readonly kind: "endpoint";
      readonly baseUrl: string;
      readonly needsKey: boolean;
      readonly names?: readonly string[];
    }
  | { readonly kind: "vscode" }
  /** Offline, or for one use the same model as for all. */
  | { readonly kind: "none" }
  | { readonly kind: "per-use" };

interface PlaceItem extends vscode.QuickPickItem {
  readonly place: Place | "other";
}

/** Undefined: the person went away. */
export async function pickPlace(app: App, use: ModelUse | undefined): Promise<Place | undefined> {
  const chosen = await ask(app, use);
  if (chosen !== "other") return chosen;
  const address = await vscode.window.showInputBox({
    title: vscode.l10n.t("Address of the Endpoint"),
    prompt: vscode.l10n.t("With its version path."),
    value: "https://",
    ignoreFocusOut: true,
    validateInput: (text) => inWords(addressProblem(text) ?? ""),
  });
  return address ? { kind: "endpoint", baseUrl: address.trim().replace(/\/+$/, ""), needsKey: false } : undefined;
}

async function ask(app: App, use: ModelUse | undefined): Promise<Place | "other" | undefined> {
  const picker = vscode.window.createQuickPick<PlaceItem>();
  const stop = new AbortController();
  const closed = Promise.withResolvers<Place | "other" | undefined>();
  picker.title = use
    ? vscode.l10n.t("Which model should HAPA ask for {0}?", use)
    : vscode.l10n.t("Which model should HAPA ask?");
  picker.placeholder = vscode.l10n.t("Looking for Ollama and LM Studio on this computer…");
  picker.matchOnDescription = true;
  picker.busy = true;
  picker.items = items(app, use, [], undefined);
  picker.onDidAccept(() => {
    closed.resolve(picker.selectedItems[0]?.place);
    picker.hide();
  });
  picker.onDidHide(() => {
    stop.abort();
    closed.resolve(undefined);
    picker.dispose();
  });
  picker.show();
  void look(app, stop.signal).then(({ servers, offered }) => {
    if (stop.signal.aborted) return;
    const active = picker.activeItems[0]?.label;
    picker.items = items(app, use, servers, offered);
    // What the person stands on stays under the cursor.
    picker.activeItems = picker.items.filter(({ label }) => label === active).slice(0, 1);
    picker.placeholder =
      servers.length > 0
        ? vscode.l10n.t("Found on this computer: {0}", servers.map(({ label }) => label).join(", "))
        : vscode.l10n.t("No Ollama or LM Studio runs on this computer");
    picker.busy = false;
  });
  return closed.promise;
}

/** Servers on this computer, and how many models VS Code offers; none where it cannot be told. */
async function look(
  app: App,
  signal: AbortSignal,
): Promise<{ readonly servers: readonly LocalServer[]; readonly offered: number }> {
  const { offeredModels } = await import("./language-models.ts");
  const [servers, offered] = await Promise.all([
    app.backend
      .get()
      .then(({ backend }) => backend.models.findLocal(signal))
      .catch((error: unknown) => {
        if (!signal.aborted) app.log.error("Looking for local models", error);
        return [];
      }),
    offeredModels().then(
      (models) => models.length,
      () => 0,
    ),
  ]);
  return { servers, offered };
}

function items(
  app: App,
  use: ModelUse | undefined,
  servers: readonly LocalServer[],
  offered: number | undefined,
): PlaceItem[] {
  const current = app.settings.model(use)?.baseUrl;
  const marked = (baseUrl: string) => (baseUrl === current ? vscode.l10n.t("{0} (current)", baseUrl) : baseUrl);
  const local = presets.filter(({ needsKey }) => !needsKey);
  const here: PlaceItem[] = local.map(({ label, baseUrl }) => {
    const found = servers.find((server) => server.label === label);
    return {
      label: `$(device-desktop) ${label}`,
      description: marked(found?.baseUrl ?? baseUrl),
      detail: found
        ? vscode.l10n.t("Running on this computer, models: {0}", found.names.length)
        : vscode.l10n.t("On this computer"),
      place: {
        kind: "endpoint",
        baseUrl: found?.baseUrl ?? baseUrl,
        needsKey: false,
        ...(found ? { names: found.names } : {}),
      },
    };
  });
  const own: PlaceItem = {
    label: vscode.l10n.t("$(vscode) Models of VS Code"),
    description: current === vscodeModels ? vscode.l10n.t("(current)") : "",
    detail: offered
      ? vscode.l10n.t("No key needed; VS Code asks for your consent. On offer: {0}", offered)
      : vscode.l10n.t("Those of Copilot and other extensions; no key needed"),
    place: { kind: "vscode" },
  };
  const addresses = [...presets.filter(({ needsKey }) => needsKey), ...knownElsewhere(app)];
  const elsewhere: PlaceItem[] = addresses.map(({ label, baseUrl, needsKey }) => ({
    label: `$(cloud) ${label}`,
    description: marked(baseUrl),
    ...(needsKey ? { detail: vscode.l10n.t("Needs a key") } : {}),
    place: { kind: "endpoint", baseUrl, needsKey },
  }));
  const other: PlaceItem = {
    label: vscode.l10n.t("$(globe) Other address…"),
    detail: vscode.l10n.t("Any OpenAI-compatible endpoint: vLLM, llama.cpp, a gateway"),
    place: "other",
  };
  const none: PlaceItem = use
    ? {
        label: vscode.l10n.t("$(circle-slash) The same as for everything else"),
        place: { kind: "none" },
      }
    : {
        label: vscode.l10n.t("$(circle-slash) Offline only"),
        detail: vscode.l10n.t("Programs are learned from examples; nothing is sent"),
        place: { kind: "none" },
      };
  const perUse: PlaceItem = {
    label: vscode.l10n.t("$(list-tree) Another model for one use…"),
    detail: vscode.l10n.t("For the panel's answers, for programs, for completions, or for checking"),
    place: { kind: "per-use" },
  };
  return [...here, own, ...elsewhere, other, none, ...(use ? [] : [perUse])];
}

/** Addresses used before that are none of the usual ones. */
function knownElsewhere(app: App): { readonly label: string; readonly baseUrl: string; readonly needsKey: boolean }[] {
  return app.models
    .known()
    .filter((baseUrl) => !presets.some((preset) => preset.baseUrl === baseUrl))
    .map((baseUrl) => ({ label: new URL(baseUrl).host, baseUrl, needsKey: false }));
}

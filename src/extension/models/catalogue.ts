/** The models one may choose from: local servers, endpoints used before, and what VS Code offers. */
import * as vscode from "vscode";
import { type ModelUse, modelUses } from "../../contract/model-use.ts";
import type { LazyBackend } from "../backend.ts";
import type { Secrets } from "../secrets.ts";
import { type Settings, vscodeModels } from "../settings.ts";
import { presets } from "./endpoints.ts";

export interface ModelOption {
  /** Opaque; unique among the options. */
  readonly id: string;
  readonly name: string;
  /** Where it answers: "Ollama on this computer", "api.openai.com", "VS Code: Copilot". */
  readonly provider: string;
}

export interface ModelCatalogue {
  /** Looks once, at all places at the same time (a few seconds at most); places that do not answer have no models. */
  list(signal: AbortSignal): Promise<readonly ModelOption[]>;
  /** Undefined: offline. */
  current(use: ModelUse): ModelOption | undefined;
  /** @param id of an option; null: offline, or with `use` the same as for all */
  choose(id: string | null, use?: ModelUse): Promise<void>;
  /** Endpoints that were chosen before, the last one first. */
  known(): readonly string[];
  /** Keeps an endpoint among those whose models are listed. */
  remember(baseUrl: string): Promise<void>;
}

export interface CatalogueParts {
  readonly backend: LazyBackend;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly memento: vscode.Memento;
}

const memory = "hapa.endpoints";
const mostRemembered = 8;

export function createCatalogue({ backend, settings, secrets, memento }: CatalogueParts): ModelCatalogue {
  const known = () => memento.get<readonly string[]>(memory, []);
  const catalogue: ModelCatalogue = {
    async list(signal) {
      const [{ backend: running }, { offeredModels, nameOf, vendorLabel }] = await Promise.all([
        backend.get(),
        import("./language-models.ts"),
      ]);
      const uses = modelUses.map((use) => settings.model(use)?.baseUrl);
      const addresses = new Set(
        [...uses, ...known()].filter((url): url is string => url !== undefined && url !== vscodeModels),
      );
      const local = running.models.findLocal(signal);
      const ofEndpoints = [...addresses].map(async (baseUrl) => {
        const apiKey = await secrets.modelKey(baseUrl);
        const listing = await running.models.list({ baseUrl, apiKey }, signal);
        return listing.ok ? listing.names.map((name) => option(baseUrl, name)) : [];
      });
      const offered = offeredModels().then((models) =>
        models.map((model) => ({
          ...option(vscodeModels, nameOf(model)),
          name: model.name,
          provider: `VS Code: ${vendorLabel(model.vendor)}`,
        })),
      );
      const found = [
        ...(await local).flatMap(({ baseUrl, names }) => names.map((name) => option(baseUrl, name))),
        ...(await Promise.all(ofEndpoints)).flat(),
        ...(await offered),
      ];
      // What is in use stands in the list even where its place does not answer just now.
      const inUse = modelUses.map((use) => catalogue.current(use)).filter((model) => model !== undefined);
      return [...new Map([...inUse, ...found].map((model) => [model.id, model])).values()];
    },
    current(use) {
      const choice = settings.model(use);
      return choice && option(choice.baseUrl, choice.name);
    },
    async choose(id, use) {
      if (id === null) return settings.chooseModel(undefined, use);
      const space = id.indexOf(" ");
      const choice = { baseUrl: id.slice(0, space), name: id.slice(space + 1) };
      await settings.chooseModel(choice, use);
      await catalogue.remember(choice.baseUrl);
    },
    known,
    async remember(baseUrl) {
      if (baseUrl === vscodeModels || known()[0] === baseUrl) return;
      const next = [baseUrl, ...known().filter((other) => other !== baseUrl)].slice(0, mostRemembered);
      await memento.update(memory, next);
    },
  };
  return catalogue;
}

function option(baseUrl: string, name: string): ModelOption {
  return { id: `${baseUrl} ${name}`, name, provider: providerOf(baseUrl, name) };
}

/** Where an endpoint is, for people. */
export function providerOf(baseUrl: string, name: string): string {
  if (baseUrl === vscodeModels) return `VS Code: ${name.split("/")[0]}`;
  const { host, hostname, port } = new URL(baseUrl);
  if (!/^(127\.|localhost$|\[::1\])/.test(hostname)) return host;
  const preset = presets.find((one) => new URL(one.baseUrl).port === port);
  return preset ? vscode.l10n.t("{0} on this computer", preset.label) : vscode.l10n.t("{0} on this computer", host);
}

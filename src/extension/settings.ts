/** The settings `hapa.*`, typed, with an event when one of them changes. */
import * as vscode from "vscode";
import type { ModelUse } from "../contract/model-use.ts";
import type { Language, ProgramLanguage } from "../contract/tasks.ts";

/** The address that stands for the models VS Code itself offers; their names are `vendor/id`. */
export const vscodeModels = "vscode";

export interface ModelChoice {
  /** With its version path, without a slash at the end; or `vscode`. */
  readonly baseUrl: string;
  readonly name: string;
  /** USD per million tokens; only where the person set both. */
  readonly prices?: { readonly prompt: number; readonly completion: number };
}

export interface Settings {
  /** For one use (for chat unless told): the one set for that, else the one for all. Undefined: offline. */
  model(use?: ModelUse): ModelChoice | undefined;
  /**
   * For all uses, or for one; undefined: offline, or for one use the same as for all. The prices of another model are
   * forgotten: they would be wrong.
   */
  chooseModel(choice: { readonly baseUrl: string; readonly name: string } | undefined, use?: ModelUse): Promise<void>;
  /** Whether a use has a model of its own. */
  hasOwnModel(use: ModelUse): boolean;
  /** In USD; undefined: none. */
  monthlyCapUsd(): number | undefined;
  port(): number;
  nodePath(): string | undefined;
  sandboxEngine(): "auto" | "isolated-vm" | "quickjs";
  /** What new programs are to be written in. */
  programLanguage(): ProgramLanguage;
  /** Where Python is fetched from: an address, or the path of a file; empty: npm's registry. */
  pythonSource(): string;
  /** Private addresses and networks that webhooks may reach. */
  webhookNetworks(): readonly string[];
  /** Whether documents in this language are checked when they are saved. */
  validatesOnSave(language: Language): boolean;
  /** Whether HAPA lays Python out. */
  formatsPython(): boolean;
  /** Whether the person is told of rollouts, and of what needs them. */
  tellsOfLearning(): boolean;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

export function createSettings(): Settings {
  const changed = new vscode.EventEmitter<void>();
  const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration("hapa")) changed.fire();
  });
  const read = () => vscode.workspace.getConfiguration("hapa");
  const text = (name: string): string => read().get<string>(name, "").trim();
  const overrides = (): Partial<Record<ModelUse, Entry>> => {
    const all = read().get<unknown>("model.perUse");
    return typeof all === "object" && all !== null ? all : {};
  };

  return {
    model(use = "chat") {
      const all: Entry = {
        baseUrl: read().get("model.baseUrl"),
        name: read().get("model.name"),
        promptPrice: read().get("model.promptPrice"),
        completionPrice: read().get("model.completionPrice"),
      };
      const own = overrides()[use];
      // An override without an address means another model of the same endpoint.
      return (own && choiceOf({ ...own, baseUrl: own.baseUrl || all.baseUrl })) ?? choiceOf(all);
    },
    async chooseModel(choice, use) {
      const settings = read();
      const set = (name: string, value: unknown) => settings.update(name, value, vscode.ConfigurationTarget.Global);
      if (use) {
        const { [use]: _, ...others } = overrides();
        const next = choice ? { ...others, [use]: choice } : others;
        return set("model.perUse", Object.keys(next).length > 0 ? next : undefined);
      }
      const same = choice?.baseUrl === text("model.baseUrl") && choice.name === text("model.name");
      if (choice && !same) {
        await set("model.promptPrice", undefined);
        await set("model.completionPrice", undefined);
      }
      await set("model.baseUrl", choice?.baseUrl);
      await set("model.name", choice?.name);
    },
    hasOwnModel: (use) => overrides()[use] !== undefined,
    monthlyCapUsd: () => amount(read().get("model.monthlyCapUsd")),
    port: () => read().get<number>("backend.port", 8000),
    nodePath: () => text("sandbox.nodePath") || undefined,
    sandboxEngine: () => {
      const engine = text("sandbox.engine");
      return engine === "isolated-vm" || engine === "quickjs" ? engine : "auto";
    },
    programLanguage: () => {
      const language = text("program.language");
      return language === "typescript" || language === "python" ? language : "javascript";
    },
    pythonSource: () => text("python.source"),
    webhookNetworks: () => {
      const networks = read().get<unknown>("webhooks.allowedNetworks");
      return Array.isArray(networks) ? networks.filter((network) => typeof network === "string") : [];
    },
    validatesOnSave: (language) => read().get<string[]>("validation.onSave", []).includes(language),
    formatsPython: () => read().get<boolean>("validation.formatPython", false),
    tellsOfLearning: () => read().get<boolean>("learning.notifications", true),
    onDidChange: changed.event,
    dispose: () => {
      subscription.dispose();
      changed.dispose();
    },
  };
}

/** A model as it stands in the settings: anything may stand there. */
interface Entry {
  readonly baseUrl?: unknown;
  readonly name?: unknown;
  readonly promptPrice?: unknown;
  readonly completionPrice?: unknown;
}

function choiceOf(entry: Entry): ModelChoice | undefined {
  const baseUrl = typeof entry.baseUrl === "string" ? entry.baseUrl.trim().replace(/\/+$/, "") : "";
  const name = typeof entry.name === "string" ? entry.name.trim() : "";
  const isAddress = baseUrl === vscodeModels || (/^https?:\/\//.test(baseUrl) && URL.canParse(baseUrl));
  if (!isAddress || name === "") return undefined;
  const [prompt, completion] = [amount(entry.promptPrice), amount(entry.completionPrice)];
  if (prompt === undefined || completion === undefined) return { baseUrl, name };
  return { baseUrl, name, prices: { prompt, completion } };
}

function amount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

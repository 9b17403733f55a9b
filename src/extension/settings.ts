/** The settings `hapa.*`, typed, with an event when one of them changes. */
import * as vscode from "vscode";
import type { Language, ProgramLanguage } from "../contract/tasks.ts";

export interface ModelChoice {
  /** With its version path, without a slash at the end. */
  readonly baseUrl: string;
  readonly name: string;
  /** USD per million tokens; only where the person set both. */
  readonly prices?: { readonly prompt: number; readonly completion: number };
}

export interface Settings {
  /** Undefined: offline. */
  model(): ModelChoice | undefined;
  chooseModel(choice: { readonly baseUrl: string; readonly name: string } | undefined): Promise<void>;
  port(): number;
  nodePath(): string | undefined;
  sandboxEngine(): "auto" | "isolated-vm" | "quickjs";
  /** What new programs are to be written in. */
  programLanguage(): ProgramLanguage;
  /** Where Python is fetched from: an address, or the path of a file; empty: npm's registry. */
  pythonSource(): string;
  /** Whether documents in this language are checked when they are saved. */
  validatesOnSave(language: Language): boolean;
  /** Whether HAPA lays Python out. */
  formatsPython(): boolean;
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
  const price = (name: string): number | undefined => read().get<number | null>(name, null) ?? undefined;

  return {
    model() {
      const baseUrl = text("model.baseUrl").replace(/\/+$/, "");
      const name = text("model.name");
      if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl) || name === "") return undefined;
      const [prompt, completion] = [price("model.promptPrice"), price("model.completionPrice")];
      if (prompt === undefined || completion === undefined) return { baseUrl, name };
      return { baseUrl, name, prices: { prompt, completion } };
    },
    async chooseModel(choice) {
      const settings = read();
      await settings.update("model.baseUrl", choice?.baseUrl, vscode.ConfigurationTarget.Global);
      await settings.update("model.name", choice?.name, vscode.ConfigurationTarget.Global);
    },
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
    validatesOnSave: (language) => read().get<string[]>("validation.onSave", []).includes(language),
    formatsPython: () => read().get<boolean>("validation.formatPython", false),
    onDidChange: changed.event,
    dispose: () => {
      subscription.dispose();
      changed.dispose();
    },
  };
}

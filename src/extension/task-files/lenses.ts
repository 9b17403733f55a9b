/** Above a task file: what runs of it, and Generate, Run, Improve. */
import * as vscode from "vscode";
import type { Artifact } from "../../contract/artifacts.ts";
import type { LazyBackend } from "../backend.ts";
import { isHapaError } from "../errors.ts";
import { inWords } from "../in-words.ts";
import { describeProof } from "../programs.ts";
import { type TaskFiles, taskFileSelector } from "./task-files.ts";

export function createLenses({ backend, files }: { backend: LazyBackend; files: TaskFiles }): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let endListening: (() => void) | undefined;
  const follow = (): void => {
    endListening ??= backend.running()?.onEvent(({ type, taskId }) => {
      if (type !== "metrics" && taskId !== null && files.fileOf(taskId)) changed.fire();
    });
  };
  follow();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      const range = new vscode.Range(firstLine(document), 0, firstLine(document), 0);
      const file = { file: document.uri.toString() };
      const lens = (title: string, tooltip: string, command: string, argument: unknown) =>
        new vscode.CodeLens(range, { title, tooltip, command, arguments: [argument] });
      const generate = lens(
        vscode.l10n.t("$(sparkle) Generate"),
        vscode.l10n.t("Learn a program from the examples, prove it on them, and let it run"),
        "hapa.taskFile.generate",
        file,
      );
      const known = (await files.list()).find(({ uri }) => uri.toString() === document.uri.toString());
      const active = known && (await activeOf(backend, known.taskId));
      // While the backend sleeps, it is not woken to know whether there is a program.
      if (active === null)
        return [lens(vscode.l10n.t("$(circle-large-outline) no program yet"), "", "", undefined), generate];
      const run = lens(
        vscode.l10n.t("$(play) Run…"),
        vscode.l10n.t("Run the program on a value or a file"),
        "hapa.taskFile.run",
        file,
      );
      const improve = lens(
        vscode.l10n.t("$(arrow-up) Improve"),
        vscode.l10n.t("Learn another version from the examples of now, and compare it before it runs"),
        "hapa.taskFile.improve",
        file,
      );
      const state =
        active &&
        lens(
          vscode.l10n.t(
            "$(pass-filled) version {0} runs: {1}",
            active.version,
            inWords(describeProof(active.verification)),
          ),
          vscode.l10n.t("Open its code"),
          "hapa.programs.open",
          { task: active.taskId, version: active.version },
        );
      return [...(state ? [state] : []), generate, run, improve];
    },
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(taskFileSelector, provider),
    files.onDidChange(() => changed.fire()),
    backend.onDidChange(({ state }) => {
      if (state !== "ready") return;
      follow();
      changed.fire();
    }),
  );
  return {
    dispose() {
      endListening?.();
      subscriptions.dispose();
    },
  };
}

/** Null: no version runs. Undefined: the backend does not run, so nobody knows. */
async function activeOf(backend: LazyBackend, taskId: string): Promise<Artifact | null | undefined> {
  if (!backend.running()) return undefined;
  const { client } = await backend.get();
  try {
    const { activeVersion } = await client.call("getTask", { params: { id: taskId } });
    if (activeVersion === null) return null;
    return await client.call("getArtifact", { params: { taskId, version: String(activeVersion) } });
  } catch (error) {
    if (isHapaError(error) && error.code === "not_found") return null; // It was not taken over yet.
    throw error;
  }
}

/** Below the comment at the top. */
function firstLine(document: vscode.TextDocument): number {
  for (let line = 0; line < document.lineCount; line++) if (/^[^#\s]/.test(document.lineAt(line).text)) return line;
  return 0;
}

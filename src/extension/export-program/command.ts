/** Export: a program and its tests as files in a folder the person chooses. */
import * as vscode from "vscode";
import type { Client } from "../../client/client.ts";
import type { Artifact } from "../../contract/artifacts.ts";
import { spoken } from "../../contract/say.ts";
import type { ProgramLanguage, Task } from "../../contract/tasks.ts";
import type { App } from "../app.ts";
import { readArguments } from "../commands/arguments.ts";
import { Notice } from "../errors.ts";
import { describeProof, runProgram } from "../programs.ts";
import { makeVersion } from "../programs-view/generate.ts";
import { targetOf, versionOf } from "../programs-view/target.ts";
import { withProgress } from "../progress.ts";
import { canonical } from "../task-files/canonical.ts";
import { canBecome, type ExportedProgram, standalone } from "./standalone.ts";

const names: Readonly<Record<ProgramLanguage, string>> = {
  javascript: "JavaScript",
  typescript: "TypeScript",
  python: "Python",
};

/**
 * Arguments, asked for where missing: `task`, `version`; `language`; `folder` (its path). Gives the paths written;
 * undefined where the person gave up. A language the version is not written in is made first, as another version.
 */
export async function run(app: App, args: unknown): Promise<readonly string[] | undefined> {
  const given = readArguments(args);
  const { client } = await app.backend.get();
  const { task, artifact } = await versionOf(client, targetOf(app, args));
  if (artifact.state === "rejected")
    throw new Notice(vscode.l10n.t("Version {0} did not pass its examples, so it is not exported.", artifact.version));
  const language = asLanguage(given.text("language")) ?? (await askLanguage(task, artifact));
  if (!language) return undefined;
  const folder = given.text("folder") ?? (await askFolder());
  if (folder === undefined) return undefined;
  const fitting = canBecome(artifact.language, language)
    ? artifact
    : await makeVersion(app, task, { activate: false, language });
  const files = standalone(await exported(client, task, fitting), language);
  const uris = files.map(({ name }) => vscode.Uri.joinPath(vscode.Uri.file(folder), name));
  if (given.text("folder") === undefined && !(await mayOverwrite(uris))) return undefined;
  for (const [at, uri] of uris.entries())
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(files[at]?.text ?? ""));
  const [program, test] = uris;
  if (test) await vscode.window.showTextDocument(test, { preview: false });
  if (program) await vscode.window.showTextDocument(program, { preview: false });
  return uris.map(({ fsPath }) => fsPath);
}

/** With each example, and whether the program gets it right. */
async function exported(client: Client, task: Task, artifact: Artifact): Promise<ExportedProgram> {
  const inputs = task.examples.map(({ input }) => input);
  const program = { taskId: task.id, version: artifact.version };
  const outcomes = await withProgress(vscode.l10n.t("running “{0}” on its examples", task.name), (signal) =>
    runProgram(client, program, inputs, { log: false, signal }),
  );
  const { version, language, code, generator, model, createdAt } = artifact;
  return {
    ...{ name: task.name, version, language, code, generator, model, createdAt },
    proof: spoken(describeProof(artifact.verification)),
    cases: task.examples.map(({ input, output }, at) => {
      const outcome = outcomes[at];
      return { input, output, knownWrong: !outcome?.ok || canonical(outcome.output) !== canonical(output) };
    }),
  };
}

async function askLanguage(task: Task, artifact: Artifact): Promise<ProgramLanguage | undefined> {
  const all = Object.keys(names) as ProgramLanguage[];
  const items = all
    // Only a model writes TypeScript; a program in JavaScript can be exported as TypeScript at once.
    .filter((language) => canBecome(artifact.language, language) || language !== "typescript")
    .map((language) => ({
      label: names[language],
      detail: canBecome(artifact.language, language)
        ? vscode.l10n.t("A file that exports “run”, and its examples as tests.")
        : vscode.l10n.t("Makes a version in {0} first, and proves it on the examples.", names[language]),
      language,
    }))
    .sort(
      (a, b) => Number(canBecome(artifact.language, b.language)) - Number(canBecome(artifact.language, a.language)),
    );
  const title = vscode.l10n.t("Export version {0} of “{1}” as…", artifact.version, task.name);
  return (await vscode.window.showQuickPick(items, { title }))?.language;
}

async function askFolder(): Promise<string | undefined> {
  const start = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t("Export Here"),
    title: vscode.l10n.t("Folder for the Program and Its Tests"),
    ...(start ? { defaultUri: start } : {}),
  });
  return chosen?.[0]?.fsPath;
}

async function mayOverwrite(uris: readonly vscode.Uri[]): Promise<boolean> {
  const there: string[] = [];
  for (const uri of uris)
    await vscode.workspace.fs.stat(uri).then(
      () => there.push(uri.path.slice(uri.path.lastIndexOf("/") + 1)),
      () => undefined, // It does not exist.
    );
  if (there.length === 0) return true;
  const replace = vscode.l10n.t("Replace");
  const question = vscode.l10n.t("{0} exists already.", there.join(", "));
  return (await vscode.window.showWarningMessage(question, { modal: true }, replace)) === replace;
}

function asLanguage(text: string | undefined): ProgramLanguage | undefined {
  return text !== undefined && Object.hasOwn(names, text) ? (text as ProgramLanguage) : undefined;
}

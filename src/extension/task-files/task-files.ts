/**
 * The task files of the window (`.hapa/*.task.yaml` in each of its folders), taken over into HAPA's database.
 *
 * Which task a file is: the one its `id` names, else one named after the file's path. What counts: the file, whenever
 * it changes, for the fields it names; where the task was changed in HAPA meanwhile, the person is told, once. While
 * the file stays as it is, what changes in HAPA stays, too. Deleting a file deletes no task. Nothing is ever generated
 * or run by reading; in Restricted Mode nothing is taken over either, before the person asks for it. What a file wants
 * to send, spend or keep unmasked beyond what the task allows counts when the person said so (`consent.ts`).
 */
import * as vscode from "vscode";
import type { Task } from "../../contract/tasks.ts";
import type { LazyBackend } from "../backend.ts";
import { Notice } from "../errors.ts";
import { inWords } from "../in-words.ts";
import type { Log } from "../log.ts";
import type { FileExample } from "./examples-file.ts";
import type { TaskFileText, TaskSpec } from "./read.ts";
import { createTakeOver, hash } from "./take-over.ts";

export interface TaskFile {
  readonly uri: vscode.Uri;
  readonly taskId: string;
  /** Of the task; of the file where it does not say. */
  readonly name: string;
  /** As it was saved. */
  readonly text: string;
  readonly content: TaskFileText;
}

export interface TaskFiles {
  /** As they were last saved, by their paths; of two with the same id, the first. */
  list(): Promise<readonly TaskFile[]>;
  /** Reads the folders anew, without waiting for what watches them. */
  look(): Promise<void>;
  fileOf(taskId: string): vscode.Uri | undefined;
  /** Examples in the file and in the one it names, in this order. @throws Notice where that one cannot be read */
  examplesOf(file: TaskFile): Promise<{ readonly spec: TaskSpec; readonly apart: readonly FileExample[] }>;
  /** The task as the file says; starts the backend. @throws Notice where something is wrong in the file. */
  bring(uri: vscode.Uri): Promise<Task>;
  /** Writes another name into the file of a task. False where no file specifies it. */
  rename(taskId: string, name: string): Promise<boolean>;
  readonly onDidChange: vscode.Event<undefined>;
  dispose(): void;
}

export const taskFileSelector: vscode.DocumentFilter = { pattern: "**/.hapa/*.task.yaml" };
const ending = ".task.yaml";
const settleMs = 200;

export function createTaskFiles(parts: { state: vscode.Memento; backend: LazyBackend; log: Log }): TaskFiles {
  const { state, backend, log } = parts;
  const changed = new vscode.EventEmitter<undefined>();
  let files: readonly TaskFile[] = [];
  let scanning: Promise<void> | undefined;
  let settling: NodeJS.Timeout | undefined;
  /** One after the other: two files must not make the same task. */
  let bringing: Promise<unknown> = Promise.resolve();

  const read = async (uri: vscode.Uri, text: string): Promise<TaskFile> => {
    const { readTaskFile } = await import("./yaml.ts");
    const fileName = uri.path.slice(uri.path.lastIndexOf("/") + 1, -ending.length);
    const content = readTaskFile(text, fileName);
    return { uri, text, content, taskId: content.id ?? idOfPath(uri), name: content.spec?.name ?? fileName };
  };
  const scan = async (): Promise<void> => {
    const uris = (await Promise.all((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => filesIn(uri)))).flat();
    const found = await Promise.all(uris.map(async (uri) => read(uri, await textOf(uri)).catch(() => undefined)));
    const seen = new Set<string>();
    const next = found.filter(
      (file) => file !== undefined && !seen.has(file.taskId) && seen.add(file.taskId) !== undefined,
    );
    const isNew = next.length !== files.length || next.some((file, at) => file?.text !== files[at]?.text);
    files = next.filter((file) => file !== undefined);
    if (isNew) changed.fire(undefined);
  };
  const scanned = (): Promise<void> => {
    scanning ??= scan();
    return scanning;
  };
  const takeOver = async (): Promise<void> => {
    await scanned();
    if (!backend.running() || !vscode.workspace.isTrusted) return;
    for (const file of files) {
      if (!file.content.spec) continue; // Its editor shows what is wrong.
      await inTurn(() => bring(file, false)).catch((error: unknown) =>
        log.warn(`${file.uri.path} was not taken over: ${error instanceof Error ? error.message : String(error)}`),
      );
    }
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = bringing.then(work);
    bringing = done.catch(() => undefined); // Whoever asked hears of it.
    return done;
  };

  const examplesOf = async (file: TaskFile) => {
    const { spec, examplesFile } = file.content;
    if (!spec) throw new Notice(wrongFile(file));
    if (!examplesFile) return { spec, apart: [] };
    if (file.uri.scheme !== "file")
      throw new Notice(vscode.l10n.t("Examples in a file of their own (examples_file) need a folder on disk."));
    const { readExamplesFile } = await import("./examples-file.ts");
    const beside = vscode.Uri.joinPath(file.uri, "..", examplesFile.path);
    const apart = await readExamplesFile(beside.fsPath, examplesFile.path);
    const examples = [...(spec.examples ?? []), ...apart.map(({ input, output }) => ({ input, output }))];
    return { spec: { ...spec, examples }, apart };
  };

  const takeIn = createTakeOver({ state, backend, log });
  const bring = async (file: TaskFile, asked: boolean) => takeIn(file, (await examplesOf(file)).spec, asked);

  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      scanning = undefined;
      const taken = takeOver();
      changed.fire(undefined); // Also where only the examples beside a file changed.
      taken.catch((error: unknown) => log.error("The task files cannot be read.", error));
    }, settleMs);
  };
  let watchers: vscode.Disposable = vscode.Disposable.from();
  const watch = (): void => {
    watchers.dispose();
    watchers = vscode.Disposable.from(
      ...(vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
        const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, ".hapa/**"));
        return [watcher, watcher.onDidChange(soon), watcher.onDidCreate(soon), watcher.onDidDelete(soon)];
      }),
    );
  };
  watch();
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      watch();
      soon();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(soon),
    backend.onDidChange(({ state: now }) => {
      if (now === "ready") soon();
    }),
  );

  return {
    async list() {
      await scanned();
      return files;
    },
    look() {
      scanning = scan();
      return scanning;
    },
    fileOf: (taskId) => files.find((file) => file.taskId === taskId)?.uri,
    examplesOf,
    bring: (uri) =>
      inTurn(async () => {
        const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
        if (open?.isDirty) await open.save();
        const task = await bring(await read(uri, await textOf(uri)), true);
        if (!task) throw new Notice(vscode.l10n.t("The task of this file was deleted."));
        return task;
      }),
    async rename(taskId, name) {
      const file = files.find((one) => one.taskId === taskId);
      if (!file) return false;
      const { writeName } = await import("./yaml.ts");
      const document = await vscode.workspace.openTextDocument(file.uri);
      const wasDirty = document.isDirty;
      const { content } = await read(file.uri, document.getText());
      const { start, end, text } = writeName(content.namePlace, name);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(file.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
      if (!(await vscode.workspace.applyEdit(edit)))
        throw new Notice(vscode.l10n.t("{0} cannot be changed.", vscode.workspace.asRelativePath(file.uri)));
      if (!wasDirty) await document.save();
      await inTurn(async () => bring(await read(file.uri, await textOf(file.uri)), true));
      return true;
    },
    onDidChange: changed.event,
    dispose() {
      clearTimeout(settling);
      watchers.dispose();
      subscriptions.dispose();
    },
  };
}

function wrongFile({ uri, text, content }: TaskFile): string {
  const problem = content.problems.find(({ severity }) => severity === "error");
  const line = text.slice(0, problem?.start ?? 0).split("\n").length;
  return vscode.l10n.t(
    "{0}, line {1}: {2}",
    vscode.workspace.asRelativePath(uri),
    line,
    problem ? inWords(problem.message) : "",
  );
}

async function filesIn(folder: vscode.Uri): Promise<vscode.Uri[]> {
  const place = vscode.Uri.joinPath(folder, ".hapa");
  const entries = await vscode.workspace.fs.readDirectory(place).then(
    (found) => found,
    () => [], // Most folders have none.
  );
  const names = entries.filter(([name, type]) => name.endsWith(ending) && (type & vscode.FileType.File) !== 0);
  return names
    .map(([name]) => name)
    .sort()
    .map((name) => vscode.Uri.joinPath(place, name));
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** The same for the same path in the same folder. */
function idOfPath(uri: vscode.Uri): string {
  return `task_f${hash(uri.toString()).slice(0, 24)}`;
}

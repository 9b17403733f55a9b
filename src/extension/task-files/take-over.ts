/** One task file taken over into HAPA's database: what counts where both changed stands in `task-files.ts`. */
import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { Task } from "../../contract/tasks.ts";
import type { LazyBackend } from "../backend.ts";
import { isHapaError } from "../errors.ts";
import { inWords } from "../in-words.ts";
import type { Log } from "../log.ts";
import { canonical } from "./canonical.ts";
import { beyond, freely, sentences, without } from "./consent.ts";
import type { TaskSpec } from "./read.ts";
import type { TaskFile } from "./task-files.ts";

/** What a file and its task were when they were last the same; kept by VS Code for the folder. */
interface Remembered {
  readonly file: string;
  readonly task: string;
  /** The wishes that the person was asked to allow: asked for once. */
  readonly wishes?: string;
}

const memory = "hapa.taskFiles";

/**
 * Gives the task; undefined where it was deleted and nobody asks for it. `spec` is with all examples; `asked`: by the
 * person, who thereby brings a deleted task back.
 */
export type TakeOver = (file: TaskFile, spec: TaskSpec, asked: boolean) => Promise<Task | undefined>;

export function createTakeOver(parts: { state: vscode.Memento; backend: LazyBackend; log: Log }): TakeOver {
  const { state, backend, log } = parts;
  const told = new Set<string>();
  /** Does not wait for the answer: other files are taken over meanwhile. */
  const askToAllow = async (task: Task, wishes: ReturnType<typeof beyond>, path: string): Promise<void> => {
    const allow = vscode.l10n.t("Allow");
    const asks = vscode.l10n.t("“{0}” asks in {1} for what only you can allow.", task.name, path);
    const message = [asks, ...sentences(wishes, task).map(inWords)].join(" ");
    if ((await vscode.window.showInformationMessage(message, allow)) !== allow) return;
    const { client } = await backend.get();
    await client.call("changeTask", { params: { id: task.id }, body: wishes });
  };

  return async (file, whole, asked): Promise<Task | undefined> => {
    const { client } = await backend.get();
    const { taskId: id } = file;
    const path = vscode.workspace.asRelativePath(file.uri);
    const all = state.get<Record<string, Remembered>>(memory, {});
    const before = all[file.uri.toString()];
    const fileMark = hash(JSON.stringify(whole));
    const task = await client.call("getTask", { params: { id } }).catch(notFound);
    // What goes beyond that waits for the person's word; all else counts.
    const spec = without(whole, beyond(whole, task));
    const remember = async (task: Task): Promise<Task> => {
      // A person who allows less than before is not asked, as long as the file stays as it is.
      const wishes = before?.file === fileMark ? {} : beyond(whole, task);
      const isWish = Object.keys(wishes).length > 0;
      const wished = isWish ? hash(JSON.stringify(wishes)) : before?.wishes;
      const taskMark = hash(JSON.stringify(namedBy(freely(whole), task)));
      const mark = { file: fileMark, task: taskMark, ...(wished === undefined ? {} : { wishes: wished }) };
      if (before?.file !== mark.file || before.task !== mark.task || before.wishes !== wished)
        await state.update(memory, { ...state.get(memory, {}), [file.uri.toString()]: mark });
      if (isWish && wished !== before?.wishes)
        askToAllow(task, wishes, path).catch((error: unknown) => log.error(`${path} was not allowed more.`, error));
      return task;
    };
    if (!task) {
      const body = { ...defaults, ...spec, examples: [...(spec.examples ?? [])], id };
      const made = await client.call("createTask", { params: {}, body }).catch(inTheWay);
      if (made) return remember(made);
      // It was deleted less than a day ago: it comes back when its file changes, or when the person asks.
      if (!asked && before?.file === fileMark) return undefined;
      return remember(await client.call("changeTask", { params: { id }, body: { ...changeOf(spec), deleted: false } }));
    }
    const differs = canonical(namedBy(spec, task) as never) !== canonical(namedBy(spec, spec) as never);
    if (!differs) return remember(task);
    if (before?.file === fileMark) return task; // Changed in HAPA only.
    const both = before !== undefined && before.task !== hash(JSON.stringify(namedBy(freely(whole), task)));
    if (both && !told.has(id)) {
      told.add(id);
      void vscode.window.showInformationMessage(
        vscode.l10n.t("“{0}” was changed in HAPA and in {1}. The file counts, and was taken over.", task.name, path),
      );
    }
    return remember(await client.call("changeTask", { params: { id }, body: changeOf(spec) }));
  };
}

const defaults = {
  description: "",
  language: "javascript",
  accuracyTarget: 0.9,
  latencyTargetMs: 10,
  samplingRate: 0.05,
} as const;

function changeOf(spec: TaskSpec) {
  const { examples, ...others } = spec;
  return examples ? { ...others, examples: [...examples] } : others;
}

/** Of a task, the fields that a specification names, in its order. */
function namedBy(spec: TaskSpec, task: Partial<Record<keyof TaskSpec, unknown>>): Record<string, unknown> {
  return Object.fromEntries((Object.keys(spec) as (keyof TaskSpec)[]).sort().map((key) => [key, task[key]]));
}

export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function notFound(error: unknown): undefined {
  if (isHapaError(error) && error.code === "not_found") return undefined;
  throw error;
}

function inTheWay(error: unknown): undefined {
  if (isHapaError(error) && error.code === "conflict") return undefined;
  throw error;
}

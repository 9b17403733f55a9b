/** The kept tasks with what runs of them, as the view shows them: read once, then kept up by the backend's events. */
import type { Client } from "../../client/client.ts";
import type { Artifact } from "../../contract/artifacts.ts";
import type { Task } from "../../contract/tasks.ts";
import { isHapaError } from "../errors.ts";

/** Without the examples, of which there may be many. */
export interface TaskEntry extends Omit<Task, "examples"> {
  readonly exampleCount: number;
  /** Undefined where no version runs. */
  readonly active: Artifact | undefined;
}

export interface ProgramList {
  /** By name. */
  entries(): readonly TaskEntry[];
  entry(taskId: string): TaskEntry | undefined;
  /** Newest first; asked for where it is not known. */
  versions(taskId: string): Promise<readonly Artifact[]>;
  /** Reads everything anew. */
  load(client: Client): Promise<void>;
  /** Reads one task anew; true where it is, or was, shown. Those asked for are read in turn: the last one counts. */
  update(taskId: string): Promise<boolean>;
}

const pageSize = 200;

export function createProgramList(): ProgramList {
  const entries = new Map<string, TaskEntry>();
  const versions = new Map<string, Promise<readonly Artifact[]>>();
  let client: Client | undefined;
  let updating: Promise<unknown> = Promise.resolve();

  const entryOf = async (from: Client, { examples, ...task }: Task): Promise<TaskEntry> => {
    const { id, activeVersion } = task;
    const params = { taskId: id, version: String(activeVersion) };
    const active = activeVersion === null ? undefined : await from.call("getArtifact", { params });
    return { ...task, exampleCount: examples.length, active };
  };
  const put = async (from: Client, task: Task): Promise<void> => {
    const entry = await entryOf(from, task).catch(gone);
    // Another window may have deleted it between the two calls.
    if (entry && from === client) entries.set(task.id, entry);
  };

  return {
    entries: () => [...entries.values()].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)),
    entry: (taskId) => entries.get(taskId),
    versions(taskId) {
      const known = versions.get(taskId);
      if (known) return known;
      const asked = client
        ? client.call("listArtifacts", { params: { taskId } }).then(
            ({ items }) => items,
            (error: unknown) => gone(error) ?? [],
          )
        : Promise.resolve([]);
      versions.set(taskId, asked);
      asked.catch(() => versions.delete(taskId)); // Whoever asked hears of it; the next one asks again.
      return asked;
    },
    async load(from) {
      client = from;
      versions.clear();
      const before = new Set(entries.keys());
      let cursor: string | undefined;
      do {
        const page = await from.call("listTasks", { params: {}, query: { limit: pageSize, cursor } });
        for (const { id } of page.items) before.delete(id);
        await Promise.all(page.items.map((task) => put(from, task)));
        cursor = page.cursor ?? undefined;
      } while (cursor);
      for (const id of before) entries.delete(id);
    },
    update(taskId) {
      versions.delete(taskId);
      const update = async (): Promise<boolean> => {
        const from = client;
        if (!from) return false;
        const task = await from.call("getTask", { params: { id: taskId } }).catch(gone);
        if (!task || task.draft) return entries.delete(taskId);
        await put(from, task);
        return true;
      };
      const updated = updating.then(update);
      updating = updated.catch(() => undefined); // Whoever asked hears of it.
      return updated;
    },
  };
}

/** Undefined for what does not exist any more. @throws any other error */
function gone(error: unknown): undefined {
  if (isHapaError(error) && error.code === "not_found") return undefined;
  throw error;
}

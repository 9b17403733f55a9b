/**
 * What happens to tasks and programs, told to whoever listens in this process (the extension's views; later
 * `GET /events`). It is the store that tells, so nothing that changes it can forget to.
 */
import type { Store } from "../store/store.ts";

export type BackendEvent =
  | { readonly type: "task.created" | "task.changed" | "task.deleted"; readonly taskId: string }
  | { readonly type: "artifact.created"; readonly taskId: string; readonly version: number }
  /** Null: no version runs any more. */
  | { readonly type: "artifact.activated"; readonly taskId: string; readonly version: number | null }
  /** How many since the last event of this kind for the task; at most one event a second. */
  | { readonly type: "executions.logged"; readonly taskId: string; readonly count: number };

export type BackendListener = (event: BackendEvent) => void;

export interface BackendEvents {
  emit(event: BackendEvent): void;
  /** Gives what ends it. Listeners are called in turn, at once; one that throws does not keep the others from hearing. */
  listen(listener: BackendListener): () => void;
  /** Adds to the count that the next `executions.logged` tells. */
  logged(taskId: string, count: number): void;
  /** Forgets counts that were not told yet, and all listeners. */
  close(): void;
}

const countEveryMs = 1_000;

/** @param onError told of what a listener threw */
export function createEvents(onError: (error: unknown) => void): BackendEvents {
  const listeners = new Set<BackendListener>();
  let counts = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  const emit = (event: BackendEvent): void => {
    for (const listener of [...listeners]) {
      try {
        listener(event);
      } catch (error) {
        onError(error);
      }
    }
  };
  return {
    emit,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logged(taskId, count) {
      if (listeners.size === 0 || count === 0) return;
      counts.set(taskId, (counts.get(taskId) ?? 0) + count);
      timer ??= setTimeout(() => {
        timer = undefined;
        const told = counts;
        counts = new Map();
        for (const [id, sum] of told) emit({ type: "executions.logged", taskId: id, count: sum });
      }, countEveryMs).unref();
    },
    close() {
      clearTimeout(timer);
      counts.clear();
      listeners.clear();
    },
  };
}

/** The same store, telling what is done through it. What clears itself (drafts, what was deleted a day ago) is not told. */
export function tellingStore(store: Store, events: BackendEvents): Store {
  const { tasks, artifacts, executions } = store;
  const { emit } = events;
  return {
    ...store,
    tasks: {
      ...tasks,
      async create(task, options) {
        const created = await tasks.create(task, options);
        emit({ type: "task.created", taskId: created.id });
        return created;
      },
      async change(id, change) {
        const changed = await tasks.change(id, change);
        if (changed) emit({ type: change.deleted === false ? "task.created" : "task.changed", taskId: id });
        return changed;
      },
      async delete(id) {
        const deleted = await tasks.delete(id);
        if (deleted) emit({ type: "task.deleted", taskId: id });
        return deleted;
      },
      async setAside(id) {
        const deleted = await tasks.setAside(id);
        if (deleted) emit({ type: "task.deleted", taskId: id });
        return deleted;
      },
      async setActiveVersion(id, version) {
        await tasks.setActiveVersion(id, version);
        emit({ type: "artifact.activated", taskId: id, version });
      },
    },
    artifacts: {
      ...artifacts,
      async create(fields) {
        const created = await artifacts.create(fields);
        const { taskId, version } = created;
        emit({ type: "artifact.created", taskId, version });
        if (created.state === "active") emit({ type: "artifact.activated", taskId, version });
        return created;
      },
    },
    executions: {
      ...executions,
      async insert(rows) {
        await executions.insert(rows);
        const [first] = rows;
        if (first) events.logged(first.task_id, rows.length);
      },
    },
  };
}

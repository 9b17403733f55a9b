/** What another version would do with the inputs that were recorded. */
import { isRight } from "../../contract/comparison.ts";
import { HapaError } from "../../contract/errors.ts";
import type { Replay } from "../../contract/rollouts.ts";
import { say } from "../../contract/say.ts";
import type { Task } from "../../contract/tasks.ts";
import type { JsonValue } from "../../contract/wire.ts";
import type { Sandbox, Verdict } from "../../sandbox/sandbox.ts";
import type { Store } from "../../store/store.ts";
import { programOf } from "./counting.ts";
import { canonicalText } from "./judging.ts";

/**
 * Runs a version, and the active one, on the newest distinct inputs that were recorded, and says where they differ.
 * Nothing of it counts as an execution.
 * @throws HapaError not_found, sandbox_unavailable, client_closed_request
 */
export type ReplayVersion = (
  task: Task,
  what: { readonly version: number; readonly limit: number },
  signal: AbortSignal,
) => Promise<Replay>;

const readAtOnce = 1_000;
/** Of recorded inputs so many are looked through, as a multiple of those wanted: most may be the same few. */
const readFactor = 10;
/** In characters. */
const inputsMost = 64_000_000;
const runAtOnce = 500;
const shownMost = 100;

export function createReplay({ store, sandbox }: { store: Store; sandbox: Sandbox }): ReplayVersion {
  const inputsOf = async (taskId: string, limit: number): Promise<string[]> => {
    const found = new Map<string, string>();
    let characters = 0;
    let before = "";
    for (let read = 0; read < limit * readFactor; read += readAtOnce) {
      const rows = await store.executions.inputs(taskId, before, readAtOnce);
      for (const { input } of rows) {
        if (found.size >= limit || characters > inputsMost) return [...found.values()];
        const key = canonicalText(input);
        if (found.has(key)) continue;
        found.set(key, input);
        characters += input.length;
      }
      const last = rows.at(-1);
      if (!last || rows.length < readAtOnce) break;
      before = last.id;
    }
    return [...found.values()];
  };

  return async (task, { version, limit }, signal) => {
    const { activeVersion, comparison, latencyTargetMs: budgetMs } = task;
    const candidate = await programOf(store, task.id, version);
    if (!candidate) throw new HapaError("not_found", say`Task ${task.id} has no version ${version}.`);
    const active = activeVersion === null ? undefined : await programOf(store, task.id, activeVersion);
    const inputs = await inputsOf(task.id, limit);
    const items: Replay["items"] = [];
    for (let from = 0; from < inputs.length; from += runAtOnce) {
      const some = inputs.slice(from, from + runAtOnce);
      const after = await sandbox.runBatch(candidate, some, { budgetMs, signal });
      const before = active ? await sandbox.runBatch(active, some, { budgetMs, signal }) : [];
      for (const [at, input] of some.entries()) {
        const [was, is] = [outputOf(before[at]), outputOf(after[at])];
        const same = was === undefined || is === undefined ? was === is : isRight(was, is, comparison);
        if (same) continue;
        const error = is === undefined ? { error: after[at]?.errorMessage ?? after[at]?.status ?? "crashed" } : {};
        items.push({ input: JSON.parse(input) as JsonValue, before: was ?? null, after: is ?? null, ...error });
      }
    }
    const [failing, others] = [items.filter(({ error }) => error !== undefined), items.filter(({ error }) => !error)];
    return {
      version,
      activeVersion,
      ran: inputs.length,
      changed: items.length,
      failing: failing.length,
      items: [...failing, ...others].slice(0, shownMost),
    };
  };
}

function outputOf(verdict: Verdict | undefined): JsonValue | undefined {
  if (verdict?.status !== "success" || verdict.output === null) return undefined;
  return JSON.parse(verdict.output) as JsonValue;
}

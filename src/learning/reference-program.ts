/**
 * Another program as the reference of a task: it is run, in a sandbox of its own, on inputs the task's program was given,
 * and its output is what should have come out. On an input on which it fails, or gives nothing (null), it says nothing.
 */
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { Task } from "../contract/tasks.ts";
import type { ReferenceInfo, ReferenceProgram, ReferenceState } from "../contract/validations.ts";
import type { Log } from "../observability/log.ts";
import type { Program, Sandbox, Verdict } from "../sandbox/sandbox.ts";
import type { Store } from "../store/store.ts";

export interface RunnableReference {
  /** So many inputs are to be run together: fewer of a slow one, that others have their turn. */
  readonly atOnce: number;
  /** Whether a version of the task is this very program: what it says of that is no news. */
  isItself(version: number): Promise<boolean>;
  /**
   * What should come out of at most `atOnce` inputs (JSON texts), as JSON, in their order; undefined where it does not say.
   * @returns undefined while it rests, or the server stops: nothing was run
   */
  outputs(inputs: readonly string[]): Promise<readonly (string | undefined)[] | undefined>;
}

export interface ReferencePrograms {
  /** @throws HapaError not_found (no such task or version), conflict (a rejected version, or the one that runs) */
  check(task: Task, program: ReferenceProgram): Promise<void>;
  /** A task's; undefined where it has none, or that is gone. */
  of(taskId: string): Promise<RunnableReference | undefined>;
  info(task: Task): Promise<ReferenceInfo["program"]>;
  /** It was chosen anew: whether it rested before does not matter. */
  anew(taskId: string): void;
}

export interface ReferenceProgramParts {
  readonly store: Store;
  /** Its own: nobody waits for what runs here. */
  readonly sandbox: Sandbox;
  readonly log: Log;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
}

const fewestAtOnce = 2;
const mostAtOnce = 500;
/** What is run together is to take about so long, in ms. */
const portionMs = 250;
/** One that was stopped on everything, more than once and for so long, in ms, rests for so long. */
const patienceMs = 2_000;
const restMs = 60_000;

/** How a program did lately. */
interface Pace {
  atOnce: number;
  /** So often, and for so long, it was stopped on everything it was given. */
  stopped: number;
  stoppedMs: number;
  restsUntil: number;
}

export function createReferencePrograms({ store, sandbox, log, stopping }: ReferenceProgramParts): ReferencePrograms {
  const { artifacts, references, tasks } = store;
  /** By the task whose reference it is. */
  const paces = new Map<string, Pace & { readonly key: string }>();

  const paceOf = (taskId: string, key: string): Pace => {
    const known = paces.get(taskId);
    if (known?.key === key) return known;
    const pace = { key, atOnce: fewestAtOnce, stopped: 0, stoppedMs: 0, restsUntil: 0 };
    paces.set(taskId, pace);
    return pace;
  };
  const rest = (pace: Pace, why: object, taskId: string): void => {
    pace.stopped = 0;
    pace.stoppedMs = 0;
    pace.restsUntil = Date.now() + restMs;
    log.warn({ ...why, taskId }, "the reference program cannot judge now; executions wait");
  };
  /** @returns undefined where it cannot run: it rests from then on */
  const run = async (
    taskId: string,
    pace: Pace,
    program: Program,
    inputs: readonly string[],
    budgetMs: number,
  ): Promise<Verdict[] | undefined> => {
    const begun = performance.now();
    let verdicts: Verdict[];
    try {
      verdicts = await sandbox.runBatch(program, inputs, { budgetMs, signal: stopping });
    } catch (error) {
      if (!stopping.aborted) rest(pace, { err: error }, taskId);
      return undefined;
    }
    // Calls under way end as crashed when the sandbox stops.
    if (stopping.aborted) return undefined;
    const tookMs = performance.now() - begun;
    const onlyStopped = verdicts.every(wasStopped);
    pace.stopped = onlyStopped ? pace.stopped + 1 : 0;
    pace.stoppedMs = onlyStopped ? pace.stoppedMs + tookMs : 0;
    pace.atOnce =
      onlyStopped || tookMs > portionMs
        ? Math.max(fewestAtOnce, Math.floor(pace.atOnce / 2))
        : Math.min(mostAtOnce, pace.atOnce * 2);
    if (pace.stopped > 1 && pace.stoppedMs > patienceMs) rest(pace, { status: verdicts.at(-1)?.status }, taskId);
    return verdicts;
  };

  const isSame = async (taskId: string, version: number, chosen: ReferenceProgram, program: Program) => {
    if (taskId === chosen.taskId && version === chosen.version) return true;
    const other = await artifacts.get(taskId, version);
    return other?.language === program.language && other.code === program.code;
  };

  return {
    async check(task, chosen) {
      const { taskId, version } = chosen;
      if (!(await tasks.getRunSettings(taskId))) throw new HapaError("not_found", say`There is no task ${taskId}.`);
      const found = await artifacts.get(taskId, version);
      if (!found) throw new HapaError("not_found", say`Task ${taskId} has no version ${version}.`);
      if (found.state === "rejected") {
        const message = say`Version ${version} did not pass verification and is not run. Use an active or verified one.`;
        throw new HapaError("conflict", message);
      }
      if (task.activeVersion !== null && (await isSame(task.id, task.activeVersion, chosen, toProgram(found)))) {
        const message = say`This is the program that runs: measured by itself, it would always be right. Choose another version, or another task's program.`;
        throw new HapaError("conflict", message);
      }
    },
    async of(taskId) {
      const chosen = await references.program(taskId);
      const found = chosen && (await artifacts.get(chosen.taskId, chosen.version));
      if (!found) {
        paces.delete(taskId);
        return undefined;
      }
      const program = toProgram(found);
      // One that is slower than this task allows is given the time it was proven in.
      const budgets = await Promise.all([taskId, chosen.taskId].map((id) => tasks.getRunSettings(id)));
      const budgetMs = Math.max(1, ...budgets.map((settings) => settings?.latencyTargetMs ?? 0));
      const pace = paceOf(taskId, program.key);
      const same = new Map<number, boolean>();
      return {
        get atOnce() {
          return pace.atOnce;
        },
        async isItself(version) {
          const known = same.get(version) ?? (await isSame(taskId, version, chosen, program));
          same.set(version, known);
          return known;
        },
        async outputs(inputs) {
          if (Date.now() < pace.restsUntil) return undefined;
          const distinct = [...new Set(inputs)];
          const said = new Map<string, string>();
          const late: string[] = [];
          // Once more where it took too long: a busy machine is not taken for a bad program.
          for (const some of [distinct, late]) {
            if (some.length === 0 || Date.now() < pace.restsUntil) break;
            const verdicts = await run(taskId, pace, program, some, budgetMs);
            if (!verdicts) return undefined;
            for (const [at, { status, output }] of verdicts.entries()) {
              const input = some[at] ?? "";
              if (status === "success" && output !== null && output !== "null") said.set(input, output);
              if (status === "timeout" && some === distinct) late.push(input);
            }
          }
          return inputs.map((input) => said.get(input));
        },
      };
    },
    async info(task) {
      const chosen = await references.program(task.id);
      if (!chosen) return null;
      const { taskId, version } = chosen;
      const found = await artifacts.get(taskId, version);
      const state = async (): Promise<ReferenceState> => {
        if (!found) return "missing";
        const program = toProgram(found);
        if (task.activeVersion !== null && (await isSame(task.id, task.activeVersion, chosen, program)))
          return "itself";
        return Date.now() < paceOf(task.id, program.key).restsUntil ? "resting" : "ready";
      };
      return { taskId, taskName: (await tasks.get(taskId))?.name ?? null, version, state: await state() };
    },
    anew: (taskId) => paces.delete(taskId),
  };
}

function wasStopped({ status }: Verdict): boolean {
  return status === "timeout" || status === "memory" || status === "crashed";
}

function toProgram({ id, code, language }: { id: string; code: string; language: Program["language"] }): Program {
  return { key: id, code, language };
}

/**
 * Has executions judged: by the person, by themselves where their inputs stand among a task's labelled rows, and by a
 * model where the person switched that on.
 */
import { rightIfKnown } from "../contract/comparison.ts";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { Example, Task } from "../contract/tasks.ts";
import type { NewValidation, Validation } from "../contract/validations.ts";
import type { JsonValue } from "../contract/wire.ts";
import { canonical } from "../generation/cases.ts";
import type { Endpoint } from "../models/endpoint.ts";
import type { Log } from "../observability/log.ts";
import type { Store } from "../store/store.ts";
import { type KeptValidation, toValidation, type Verdict } from "../store/validations.ts";
import { judgeByModel } from "./judge-by-model.ts";

export interface Judge {
  /**
   * Keeps what a person says of an execution.
   * @throws HapaError not_found (no such execution), invalid_request (it contradicts itself)
   */
  byPerson(task: Task, verdict: NewValidation): Promise<Validation>;
  /** Puts labelled rows in place of those before; executions that wait are judged by them. @returns how many rows */
  setReference(task: Task, rows: readonly Example[]): Promise<number>;
  /** There may be executions to judge. */
  wake(taskId: string): void;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

const executionsAtOnce = 500;
/** What is to be judged is gathered for so long, in ms: a busy program is not slowed by being looked after. */
const gatherMs = 500;

/** After a model failed it is left alone for so long, in ms, where it did not say how long. */
const modelRestMs = 60_000;

export interface JudgeParts {
  readonly store: Store;
  readonly log: Log;
  /** The model that judges; undefined: none is set up. */
  readonly endpoint: () => Promise<Endpoint | undefined>;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
  /** Told of each verdict that was kept. */
  readonly onJudged: (taskId: string, verdicts: readonly KeptValidation[]) => void;
  /** Told that a task has other labelled rows. */
  readonly onReference: (taskId: string) => void;
}

export function createJudge({ store, log, endpoint, stopping, onJudged, onReference }: JudgeParts): Judge {
  let modelRestsUntil = 0;
  /** The last execution of each task that was looked at. */
  const looked = new Map<string, string>();
  const woken = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();

  const keep = async (taskId: string, verdicts: readonly Verdict[]): Promise<KeptValidation[]> => {
    const kept = await store.validations.keep(taskId, verdicts);
    onJudged(taskId, kept);
    return kept;
  };

  const judgeWaiting = async (taskId: string): Promise<void> => {
    const settings = await store.tasks.getRunSettings(taskId);
    if (!settings) return;
    const byReference = await store.validations.hasReference(taskId);
    const byModel = settings.modelVerdictsPerDay > 0 && Date.now() >= modelRestsUntil;
    if (!byReference && !byModel) return;
    // Only now: its examples may be megabytes, and a busy task is looked after every half second.
    const task = await store.tasks.get(taskId);
    if (!task) return;
    if (byReference) await judgeByReference(task);
    const model = byModel ? await endpoint() : undefined;
    if (!model) return;
    try {
      await judgeByModel({ store, keep, endpoint: model, signal: stopping }, task);
    } catch (error) {
      if (stopping.aborted) return;
      const { details } = error as { details?: { retry_after_s?: unknown } };
      const seconds = Number(details?.retry_after_s);
      modelRestsUntil = Date.now() + (seconds > 0 ? seconds * 1_000 : modelRestMs);
      log.warn({ err: error, taskId }, "the model could not judge; executions wait");
    }
  };

  const judgeByReference = async (task: Task): Promise<void> => {
    const taskId = task.id;
    for (;;) {
      const waiting = await store.validations.unjudged(taskId, looked.get(taskId) ?? "", executionsAtOnce);
      const last = waiting.at(-1);
      if (!last) return;
      const inputs = waiting.map(({ input }) => canonical(input));
      const expected = await store.validations.reference(taskId, [...new Set(inputs)]);
      const verdicts = waiting.flatMap(({ executionId, version, status, output }, at): Verdict[] => {
        const text = expected.get(inputs[at] ?? "");
        if (text === undefined) return [];
        const expectedOutput = JSON.parse(text) as JsonValue;
        const correct = status === "success" && rightIfKnown(expectedOutput, output, task.comparison);
        // Other words, which may mean the same: a model or a person reads them.
        if (correct === undefined) return [];
        return [{ executionId, version, oracle: "reference", correct, expectedOutput }];
      });
      if (verdicts.length > 0) await keep(taskId, verdicts);
      looked.set(taskId, last.executionId);
    }
  };

  const judgeWoken = async (before: Promise<void>): Promise<void> => {
    await before;
    for (const taskId of woken) {
      woken.delete(taskId);
      try {
        if (!stopping.aborted) await judgeWaiting(taskId);
      } catch (error) {
        log.warn({ err: error, taskId }, "executions could not be judged");
      }
    }
  };

  const judge: Judge = {
    async byPerson(task, { executionId, correct, expectedOutput }) {
      const execution = await store.validations.execution(task.id, executionId);
      if (!execution) throw new HapaError("not_found", say`Task ${task.id} has no execution ${executionId}.`);
      const { version, status, output } = execution;
      const same =
        expectedOutput === undefined || status !== "success"
          ? false
          : rightIfKnown(expectedOutput, output, task.comparison);
      if (correct === true && (status !== "success" || (expectedOutput !== undefined && same === false))) {
        throw new HapaError(
          "invalid_request",
          say`The execution cannot be correct: it gave another output than the one expected, or none.`,
        );
      }
      if (correct === false && same) {
        throw new HapaError(
          "invalid_request",
          say`The execution cannot be wrong: it gave the output that is expected.`,
        );
      }
      const [kept] = await keep(task.id, [
        {
          executionId,
          version,
          oracle: "person",
          // Who writes what it should have been in other words corrects it, unless they say that it was right as well.
          correct: correct ?? same === true,
          ...(expectedOutput === undefined ? {} : { expectedOutput }),
        },
      ]);
      if (!kept) throw new HapaError("not_found", say`Task ${task.id} has no execution ${executionId}.`);
      return toValidation(kept);
    },
    async setReference(task, rows) {
      const pairs = rows.map(({ input, output }) => ({ input: canonical(input), output: JSON.stringify(output) }));
      const count = await store.validations.setReference(task.id, pairs);
      looked.delete(task.id);
      judge.wake(task.id);
      onReference(task.id);
      return count;
    },
    wake(taskId) {
      woken.add(taskId);
      timer ??= setTimeout(() => {
        timer = undefined;
        working = judgeWoken(working);
      }, gatherMs);
    },
    async settled() {
      clearTimeout(timer);
      await working;
    },
  };
  return judge;
}
